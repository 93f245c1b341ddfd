/** What the server gives for a line or a photo, and whether it is really its own: only that takes anything from the queue. */

import { fetchKeys, isProof, knowsReceiptKey } from "./server.js";

export async function isReceipt(receipt, round) {
  const { id, sha256, number, received_at, outcome } = receipt;
  if (!["received", "replayed", "quarantined"].includes(outcome) || !Number.isSafeInteger(number)) return false;
  return proves(`${id}|${sha256}|${number}|${received_at}`, receipt, round);
}

/** Verifies a proof; an unknown receipt key is asked for once a flush. */
export async function proves(signed, proof, round) {
  if (!(await knowsReceiptKey(proof.kid))) {
    round.keys ??= fetchKeys().catch(() => {});
    await round.keys;
  }
  return isProof(signed, proof);
}

/** A line with its receipt; an earlier receipt with another number or key is kept beside the new one. */
export function witnessed(record, { number, received_at, outcome, kid, sig, keep }) {
  const others = record.receipts.filter((receipt) => receipt.kid !== kid || receipt.number !== number);
  const receipts = [...others, { number, received_at, outcome, kid, sig }];
  return { ...record, state: keep ? "kept" : "sent", why: null, tries: 0, sent: Date.now(), receipts };
}
