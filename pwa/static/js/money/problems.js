/** What is wrong with a field stands beside it, and what was typed stays. */

import { row } from "../lib/templates.js";

/** Takes away what was said before. */
export function whole(form) {
  for (const said of form.querySelectorAll("[data-message]")) said.remove();
  for (const field of form.querySelectorAll(".field--problem")) field.classList.remove("field--problem");
}

/** Says it at the field of this name, and goes there. */
export function complain(form, name, sentence) {
  const field = form.querySelector(`[data-field="${name}"]`);
  field.classList.add("field--problem");
  field.closest("details")?.setAttribute("open", "");
  field.append(row("message", { text: sentence }));
  (field.querySelector("input:not([type=hidden]), select, textarea") ?? field).focus();
  field.scrollIntoView({ block: "center" });
}
