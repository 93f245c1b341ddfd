/** What the household form needs only once somebody types, taps or takes a picture. */

import "../form/address-search.js";
import "../form/signature.js";

import { showPosition } from "./house-location.js";
import { MOST_PEOPLE } from "./household-checks.js";

export { ofPayload } from "./household-checks.js";
export { summarise, withNotice as finished } from "./household-summary.js";

export function attend({ form, entry, fail }) {
  const cards = form.querySelectorAll("[data-card]");
  if (cards.length === 1) cards[0].open = true;
  showPosition();
  if (entry.subject) import("./house-rights.js").then(({ show }) => show(entry.subject)).catch(fail);
  form.addEventListener("focusin", () => import("./alike.js").then(({ watch }) => watch(form, entry.subject)).catch(fail), { once: true });
}

/** Who answered was there -> whether that is news. */
export function settled(form, target) {
  if (!target.matches("[data-people]")) return false;
  const present = form.querySelector(`[name="people.${CSS.escape(target.value)}.present"]`);
  if (present) present.checked = true;
  return true;
}

/** Why a list takes no further item, or nothing. */
export const refusal = (list, count) => list === "people" && count >= MOST_PEOPLE && "crowd";
