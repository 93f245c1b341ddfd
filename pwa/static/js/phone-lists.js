/** The lists of "this phone": what waits, came back, is unfinished, set aside, sent, or was sent by somebody else. */

import * as drafts from "./drafts.js";
import * as outbox from "./outbox.js";
import * as returns from "./returns.js";
import { list, row } from "./rows.js";
import { hasText, moment, text } from "./texts.js";

const FIRST = 20;

/** Fills every list -> how many rows could show a house number. `entries` = what the server said in this page, if it did. */
export async function showLists({ readable, everything, entries }) {
  const [records, returned, unfinished] = await Promise.all([outbox.list(), returns.list(), drafts.list()]);
  const reasons = new Map(entries.map(({ id, reason }) => [id, reason]));
  const replaced = new Set(records.map(({ replaces }) => replaces));
  const entryRow = (record) => oneEntry(record, { readable, reason: reasons.get(record.id), isReplaced: replaced.has(record.id) });
  const of = (...states) => records.filter((record) => states.includes(record.state));
  const sent = of("sent");
  await put("waiting", of("queued", "kept").map(entryRow));
  await put("aside", of("aside").map(async (record) => withRetry(await entryRow(record), record)));
  await put("sent", sent.slice(0, everything ? Infinity : FIRST).map(entryRow));
  await put("returned", returned.map((entry) => oneReturned(entry, readable)));
  await put("drafts", unfinished.map((draft) => oneDraft(draft, readable)));
  await put("carried", entries.filter((entry) => entry.carried).map(oneCarried));
  document.querySelector("[data-more]").hidden = everything || sent.length <= FIRST;
  return records.length + returned.length + unfinished.length;
}

const put = async (name, rows) => list(name, await Promise.all(rows));

/** An entry opens its own page, where it can be corrected; one whose correction is on this phone says so. */
async function oneEntry(record, { readable, reason, isReplaced }) {
  const payload = readable ? await outbox.copy(record.id).then((plain) => plain.payload, () => null) : null;
  const proof = record.receipts.at(-1);
  const note = proof
    ? text("receipt", { number: proof.number, time: moment(Date.parse(proof.received_at)) })
    : text("recorded", { time: moment(record.saved) });
  const values = { title: text("numbered", { what: named(payload, record.kind), seq: record.seq }), note, more: more(record, reason) };
  if (record.state === "aside") return withChip(row("plain", values), "aside");
  const made = row("link", { ...values, href: `/saved#${record.id}` });
  return withChip(made, isReplaced ? "replaced" : record.state === "sent" ? (record.status?.state ?? "received") : record.state);
}

/** The second line of a row: pictures under way, why it was set aside, or the checker's reason. */
function more({ state, why, blobs, carried }, reason) {
  if (state === "aside") return text(why === "413" ? "aside-413" : "aside-other");
  if (blobs.waiting) return text("photos-waiting", { n: blobs.waiting, all: blobs.all });
  if (carried) return text("from-another");
  return reason && !/^[a-z_]+$/.test(reason) ? reason : null;
}

async function oneReturned({ id, at, answered }, readable) {
  const whole = readable ? await returns.open(id).catch(() => null) : null;
  const note = answered ? text("answered") : text("came-back", { time: moment(at) });
  const values = { title: named(whole?.plaintext.payload, "household"), note, more: whole?.reason || null };
  const made = answered ? row("plain", values) : row("link", { ...values, href: `/households/new#returned=${id}` });
  return withChip(made, "returned");
}

async function oneDraft({ id, form, saved }, readable) {
  const payload = readable ? await drafts.open(id).catch(() => null) : null;
  const title = named(payload, form.split("@")[0]);
  const note = text("recorded", { time: moment(saved) });
  return withChip(row("link", { href: `/households/new#draft=${id}`, title, note }), "draft");
}

const oneCarried = ({ number, state }) =>
  withChip(row("plain", { title: text("kind-other"), note: text("receipt-number", { number }) }), state);

function withChip(made, state) {
  const template = document.querySelector(`template[data-row="chip-${state}"]`);
  if (template) made.append(template.content.firstElementChild.cloneNode(true));
  return made;
}

function withRetry(made, { id }) {
  const button = row("again", {});
  button.dataset.again = id;
  made.querySelector(".row__main").append(button);
  return made;
}

function named(payload, kind) {
  const house = payload?.house;
  if (house?.number) return text("house", { number: house.number });
  return house?.description ?? text(hasText(`kind-${kind}`) ? `kind-${kind}` : "kind-other");
}
