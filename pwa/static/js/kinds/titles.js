/** What a list calls a record or a draft: the house or the receipt that it speaks of, else its kind. */

import { hasText, text } from "../lib/texts.js";

/** `payload` is null while it is locked. */
export function named(payload, kind) {
  if (payload?.book && payload.no) return text("receipt-named", { name: `${payload.book}/${payload.no}` });
  const house = payload?.house;
  if (house?.number) return text("house", { number: house.number });
  return house?.description || text(hasText(`kind-${kind}`) ? `kind-${kind}` : "kind-other");
}
