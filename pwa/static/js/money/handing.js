/**
 * A hand-over from phone to phone: what the giver offers and the taker answers are entries of their own, and each goes to the other
 * phone as its sealed line, with what a person must read in clear. Either phone brings both to the server.
 */

import { me } from "../account/person.js";
import { split } from "../lib/frames.js";
import { add } from "../outbox/outbox.js";
import { lineOf, takeIn } from "../outbox/queue-file.js";
import { locked } from "../store/page-cache.js";
import { get } from "../store/store.js";
import { named, summed } from "./hand.js";
import { written } from "./receipts.js";

const PAID = "ใบสำคัญ";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Offers all that is in a hand, as it was counted -> its id. Rejects as outbox.add does. */
export async function offer(hand, counted, reason) {
  const payload = {
    fund: hand.fund,
    receipts: named(hand.receipts),
    handovers: hand.parts.map(({ handover }) => handover),
    ...(hand.paid && { paid_out: [{ what: PAID, amount_satang: hand.paid }] }),
    expected_satang: Math.max(hand.satang, 0),
    counted,
    ...(reason && { reason }),
  };
  const { id } = await write("handover", payload);
  return id;
}

/** Takes what was offered in `said`, as it was counted, once on this phone -> the id of the taking. Rejects as outbox.add does. */
export const take = (said, counted, reason) =>
  locked("handing", async () => {
    const before = (await written(["handover_receipt"])).find(({ payload }) => payload.handover === said.line.id);
    if (before) return before.record.id;
    await takeIn({ lines: [{ ...said.line, clear: said.clear }], photos: [] });
    const { id } = await write("handover_receipt", { handover: said.line.id, counted, ...(reason && { reason }) });
    return id;
  });

/** Keeps the answer of whoever took an offer of ours. */
export const hear = ({ line, clear }) => takeIn({ lines: [{ ...line, clear }], photos: [] });

/** The frames of an offer of this phone. */
export const framesOfOffer = async ({ id, payload }) => {
  const n = payload.receipts.flatMap(({ ranges }) => ranges).reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const { fund, expected_satang, receipts: ranges } = payload;
  return split({ giver: (await me()).name, fund, n, expected_satang, ranges, line: await lineHere(id) });
};

/** The frames of a taking of this phone, for the giver. */
export const framesOfTaking = async ({ id, payload }) =>
  split({ taker: (await me()).name, handover: payload.handover, counted_satang: summed(payload.counted), line: await lineHere(id) });

/** What another phone showed -> {kind: "offer" | "answer", clear, line}, or null when it is neither. */
export async function understood(value) {
  const { line: row, ...clear } = value ?? {};
  const line = typeof row === "string" ? await lineOf(row) : null;
  if (!line) return null;
  if (isSum(clear.expected_satang) && isWord(clear.giver) && isWord(clear.fund)) return { kind: "offer", clear, line };
  if (isSum(clear.counted_satang) && isWord(clear.taker) && UUID.test(clear.handover)) return { kind: "answer", clear, line };
  return null;
}

const isSum = (said) => Number.isSafeInteger(said) && said >= 0;
const isWord = (said) => typeof said === "string" && said.length > 0 && said.length <= 200;

const lineHere = async (id) => (await get("outbox", id)).line;

const write = (kind, payload) => add({ kind, form: `${kind}@1`, subject: crypto.randomUUID(), payload });
