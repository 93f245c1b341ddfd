/** Taking money: a receipt a fund, each with the next number of its book, what answers a question about one, and the word that one is void. */

import { dayOf } from "../lib/clock.js";
import { add } from "../outbox/outbox.js";

const LIKE = { channel: "cash" };

/**
 * Saves a receipt -> {id, payload}; one of a paper book brings `book` and `no` itself. `lines` are {person, kind, satang, from, to}; `more` is what is not as usual: payer, channel,
 * bank_account, note, evidence, and the photos (`blobs`). Rejects as outbox.add does.
 */
export async function take(fund, { subject, lines, payer, blobs = [], ...more }) {
  const payload = {
    fund,
    paid_on: dayOf(),
    ...LIKE,
    ...more,
    payer,
    lines: lines.map(line),
    total_satang: lines.reduce((sum, { satang }) => sum + satang, 0),
  };
  return add({ kind: "contribution", form: "contribution@1", subject: subject ?? crypto.randomUUID(), payload, blobs, numberOf: more.book ? undefined : fund });
}

/** Answers what the fund asks about a receipt: its remark and pictures may be others, its money stays. */
export function answer(id, { kind, form, subject, place, base, payload }, { note, pictures }) {
  const kept = (payload.evidence ?? []).filter(({ blob }) => pictures.some(({ sha256 }) => sha256 === blob));
  const fresh = pictures.filter(({ sha256 }) => !kept.some(({ blob }) => blob === sha256));
  const evidence = [...kept, ...fresh.map(({ sha256, role }) => ({ blob: sha256, role }))];
  const said = { ...payload, note: note || undefined, evidence: evidence.length ? evidence : undefined };
  return add({ kind, form, subject, place, base, replaces: id, payload: said, blobs: pictures });
}

/** Says that a receipt is void: `how` holds the reason, and never_paid, or given_back with its signature. */
export function annul({ fund, book, no }, { blobs = [], ...how }) {
  const payload = { fund, book, no, ...how };
  return add({ kind: "receipt_void", form: "receipt_void@1", subject: crypto.randomUUID(), payload, blobs });
}

const line = ({ person, kind = "contribution", satang, from, to }) => ({
  ...(person && { person }),
  kind,
  amount_satang: satang,
  ...(from && to && { covers_from: from, covers_to: to }),
});
