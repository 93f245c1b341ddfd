/** Payments that nobody signed for, as the kit or the server told them, and what was said of them on this phone. */

import { known } from "../kit/houses.js";
import { add } from "../outbox/outbox.js";
import { askJson } from "../outbox/server.js";
import { written } from "./receipts.js";

const KIND = "payout_receipt";
let told = [];

/** Asks the server for what the office of this account may have signed; whoever holds none, or has no signal, gets nothing. */
export async function ask() {
  told = (await askJson("/payouts/new/told").catch(() => null))?.payments ?? told;
}

/** -> {unsigned, lately}: payments {id, fund, name, satang, on, n}, and what was said here {id, payload, saved, payment or null}. Rejects: locked. */
export async function load() {
  const [{ households }, ours] = await Promise.all([known(), written([KIND])]);
  const rows = [...households.flatMap(({ paid = [] }) => paid), ...told];
  const every = new Map(rows.map(([id, fund, name, satang, on, n]) => [id, { id, fund, name, satang, on, n }]));
  const isHere = ({ record }) => record.status?.state !== "rejected";
  const lately = ours.filter(isHere).reverse().map(({ record, payload }) => ({ id: record.id, payload, saved: record.saved, payment: every.get(payload.payment) ?? null }));
  const latest = new Map([...lately].reverse().map((one) => [one.payload.payment, one.payload]));
  return { unsigned: [...every.values()].filter(({ id, satang }) => !isSettled(latest.get(id), satang)), lately };
}

/** Keeps what the payee says: `blob` is what was signed. Rejects as outbox.add does. */
export function save({ id, satang }, { received, reason, how, blob, witness }) {
  const signature = blob && { signature: { blob: blob.sha256, kind: how, ...(witness && { witness }) } };
  const payload = { payment: id, ...signature, ...(received && received !== satang && { received_satang: received }), ...(reason && { not_given: reason }) };
  return add({ kind: KIND, form: `${KIND}@1`, subject: crypto.randomUUID(), payload, blobs: blob ? [blob] : [] });
}

/** Whoever signed for the whole sum is asked no more; of another sum, or none, the payee may sign again. */
const isSettled = (said, satang) => Boolean(said) && !said.not_given && (said.received_satang ?? satang) === satang;
