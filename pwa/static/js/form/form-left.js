/** How far the form is: a chip on each card. */

import { text } from "../lib/texts.js";

const pieces = document.querySelector("template[data-icons]").content;

/** A chip on each card: how many fields must still be filled in. */
export function showLeft(form, problems) {
  const open = problems.map(({ field }) => field.closest("details[data-path]"));
  for (const place of form.querySelectorAll("[data-left]")) {
    const card = place.closest("details[data-path]");
    const n = open.filter((one) => one === card).length;
    const chip = n || "card" in card.dataset ? pieces.querySelector(n ? "[data-chip-wait]" : "[data-chip-done]").firstElementChild.cloneNode(true) : "";
    if (n) chip.append(text("left", { n }));
    if (place.textContent !== (chip && chip.textContent)) place.replaceChildren(chip);
  }
}
