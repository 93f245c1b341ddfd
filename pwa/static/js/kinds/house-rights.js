/** At the door the form of a house tells what its members would get, as far as the kit on this phone knows it and is open. */

import { known } from "../kit/houses.js";
import { rightsRow } from "../kit/rights-row.js";
import { addressOf } from "./kinds.js";
import { row } from "../lib/templates.js";

const CLOSED = ["locked", "signed-out"];

/** Shows it above the form; nothing where nobody of the house is in a fund. */
export async function show(subject) {
  const { people } = await known(subject).catch((error) => {
    if (!CLOSED.includes(error.code)) throw error;
    return { people: [] };
  });
  const made = rightsRow(people.filter(({ household }) => household === subject));
  document.querySelector("[data-house-rights]").replaceChildren(...(made ? [made, row("claim-here", { href: addressOf("claim", "house", subject) })] : []));
}
