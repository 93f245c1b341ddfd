/** What a list calls a record or a draft: its house where it says one, else its kind. */

import { hasText, text } from "../lib/texts.js";

/** `payload` is null while it is locked. */
export function named(payload, kind) {
  const house = payload?.house;
  if (house?.number) return text("house", { number: house.number });
  return house?.description || text(hasText(`kind-${kind}`) ? `kind-${kind}` : "kind-other");
}
