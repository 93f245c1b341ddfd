/** The receipts that the person wrote on this phone, as their own copies say, and how far each has come. Reading needs an unlock. */

import { me } from "../account/person.js";
import * as outbox from "../outbox/outbox.js";

const KINDS = ["contribution", "receipt_void"];
const opened = new Map();

/**
 * -> [{id, record, on (the day on which it was paid), subject, payload, blobs, name, step, isVoid, successor}], oldest first. `name` is "M7/25"; `step` is here, reached,
 * asked, booked or rejected; what a void of ours names, was not accepted, or gave its money to its `successor` counts no more (`isVoid`).
 * A receipt that was asked about is shown as it was answered. Rejects: locked.
 */
export async function own() {
  const known = await written(KINDS);
  const voided = new Set(known.filter(({ record }) => record.kind === "receipt_void" && stepOf(record) !== "rejected").map(nameOf));
  const standing = latest(known.filter(({ record }) => record.kind === "contribution")).map((one) => shaped(one, voided));
  return standing.map((one) => takenOver(one, standing));
}

/** What the person wrote of these kinds -> [{record, on, subject, payload}], oldest first. Rejects: locked. */
export async function written(kinds) {
  const account = (await me())?.account;
  const records = (await outbox.list()).filter(({ kind, author }) => kinds.includes(kind) && author === account).reverse();
  const said = await Promise.all(records.map(({ id }) => copyOf(id)));
  return records.map((record, at) => ({ record, ...said[at] })).filter(({ payload }) => payload);
}

/** What is opened here goes, as the kit does. */
export const forget = () => opened.clear();

/** How a receipt is called in its fund: book and number. */
export const named = ({ book, no }) => `${book}/${no}`;

async function copyOf(id) {
  if (!opened.has(id)) {
    const copy = await outbox.copy(id).catch((error) => (error.code === "missing" ? null : Promise.reject(error)));
    opened.set(id, copy && { subject: copy.subject, payload: copy.payload, blobs: copy.blobs });
  }
  return opened.get(id);
}

/** An answered receipt stands where it was written, as its answer says it. */
function latest(told) {
  const [first, found] = [new Map(), new Map()];
  for (const one of told) {
    const { id, replaces } = one.record;
    const origin = first.get(replaces) ?? id;
    first.set(id, origin);
    found.set(origin, one);
  }
  return [...found.values()];
}

const nameOf = ({ payload }) => `${payload.fund} ${named(payload)}`;

function shaped({ record, ...said }, voided) {
  const step = stepOf(record);
  return { id: record.id, record, ...said, on: said.payload.paid_on, name: named(said.payload), step, isVoid: step === "rejected" || voided.has(nameOf(said)) };
}

/** The same with the receipt that stands in its place, if one does. */
function takenOver(one, standing) {
  const isAfter = ({ isVoid, payload }) => !isVoid && payload.fund === one.payload.fund && payload.instead_of && named(payload.instead_of) === one.name;
  const successor = one.isVoid ? null : (standing.find(isAfter) ?? null);
  return { ...one, successor, isVoid: one.isVoid || Boolean(successor) };
}

/** On this phone, at the fund, asked about, in the books: each only when it is so. */
function stepOf({ receipts, status }) {
  if (status?.state === "rejected") return "rejected";
  if (status?.state === "approved") return "booked";
  if (status?.state === "returned" || status?.state === "quarantined") return "asked";
  return receipts.length ? "reached" : "here";
}
