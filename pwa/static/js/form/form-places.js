/** The communities to choose from, brought up to date while the form is open: the phone has just kept another page of it. */

import { doubt } from "./form-problems.js";
import { unknown } from "./form-state.js";
import { text } from "../lib/texts.js";

/** What was chosen stays; where it may not be chosen any more, the form says so and asks. */
export function watchPlaces(form) {
  const select = form.querySelector("select[name=_place]");
  if (!select) return;
  new BroadcastChannel("outbox").addEventListener("message", ({ data }) => data.type === "places" && renew(select).catch(console.warn));
  tell(select);
}

async function renew(select) {
  const page = await caches.match(location.pathname);
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("select[name=_place]");
  const chosen = select.value;
  select.replaceChildren(new Option("", ""), ...[...(fresh?.options ?? [])].filter(({ value }) => value));
  if (chosen && ![...select.options].some(({ value }) => value === chosen)) select.add(unknown(select, chosen));
  select.value = chosen;
  select.dispatchEvent(new Event("input", { bubbles: true }));
  tell(select);
}

function tell(select) {
  if ("gone" in select.dataset) doubt(select.closest("[data-field]"), text("problem-place-gone"));
  select.addEventListener("change", () => delete select.dataset.gone, { once: true });
}
