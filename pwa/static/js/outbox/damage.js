/** Bytes that are not those that were kept any more, because a disk or a hand changed them: they are no line and are not sent. */

import { sha256, utf8 } from "../lib/bytes.js";
import { setAside } from "./outbox.js";

/** Sets aside the lines of a batch that lack their hash -> those. js/outbox/repair.js seals them again from the own copy. */
export async function setApart(batch) {
  const hashes = await Promise.all(batch.map(({ line }) => sha256(utf8(line))));
  const damaged = batch.filter((record, at) => record.sha256 !== hashes[at]);
  for (const { id } of damaged) await setAside(id, "damaged");
  return damaged;
}
