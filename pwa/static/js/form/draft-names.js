/** What tells unfinished forms apart before one is opened: the house and the kind of visit, where the person's key is open. */

import * as drafts from "./drafts.js";
import { unlocked } from "../account/keys.js";
import { hasText, text } from "../lib/texts.js";

export { unlock } from "../account/keys.js";

/** -> [the name of each in words], or null while they are locked. */
export async function names(kept) {
  if (!(await unlocked().catch(() => false))) return null;
  return Promise.all(kept.map(({ id }) => drafts.open(id).then(inWords, () => "")));
}

function inWords({ house, entry }) {
  const kind = entry?.replaces ? "title-correct" : entry?.base ? "title-revisit" : "title-new";
  const name = house?.number ? text("house", { number: house.number }) : (house?.description ?? "");
  return [name, hasText(kind) ? text(kind) : ""].filter(Boolean).join(" · ");
}
