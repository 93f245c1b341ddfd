/** The lists of "this phone": what waits, came back, is unfinished, set aside, sent, or was sent by somebody else. */

import * as drafts from "../form/drafts.js";
import { addressOf, kindOf } from "../kinds/kinds.js";
import * as outbox from "../outbox/outbox.js";
import * as returns from "../outbox/returns.js";
import { list, row } from "../lib/templates.js";
import { hasText, moment, reasonText, text } from "../lib/texts.js";
import { named } from "../kinds/titles.js";

const FIRST = 20;
const TROUBLES = ["refused", "damaged"];

/** Fills every list -> how many rows could show a house number. `entries` = what the server said in this page, if it did. */
export async function showLists({ readable, everything, entries, photosAside, photosDamaged }) {
  const [records, returned, unfinished] = await Promise.all([outbox.list(), returns.list(), drafts.list()]);
  const reasons = new Map(entries.map(({ id, reason }) => [id, reason]));
  const replaced = new Set(records.map(({ replaces }) => replaces));
  const entryRow = (record) => oneEntry(record, { readable, reason: reasons.get(record.id), isReplaced: replaced.has(record.id) });
  const of = (...states) => records.filter((record) => states.includes(record.state));
  const sent = of("sent");
  await put("waiting", of("queued", "kept").map(entryRow));
  const stuck = records.filter(({ state, blobs }) => state === "aside" || blobs.refused || blobs.damaged);
  await put("aside", [...stuck.map(async (record) => withRetry(await oneAside(record, readable), record)), ...foreign({ refused: photosAside, damaged: photosDamaged }, stuck)]);
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
  const payload = await payloadOf(record, readable);
  const proof = record.receipts.at(-1);
  const note = proof
    ? text("receipt", { number: proof.number, time: moment(Date.parse(proof.received_at)) })
    : text("recorded", { time: moment(record.saved) });
  const values = { title: text("numbered", { what: named(payload, record.kind), seq: record.seq }), note, more: more(record, reason) };
  const made = row("link", { ...values, href: `/saved#${record.id}` });
  return withChip(made, isReplaced ? "replaced" : record.state === "sent" ? (record.status?.state ?? "received") : record.state);
}

/** One that cannot go, itself or its pictures: which house it is, and why. */
async function oneAside(record, readable) {
  const { state, why, seq, saved, blobs } = record;
  const ofPhotos = TROUBLES.filter((trouble) => blobs[trouble]).map((trouble) => text(`photos-${trouble}`, { n: blobs[trouble], all: blobs.all }));
  const reason = state !== "aside" ? ofPhotos.join(" ") : text(hasText(`aside-${why}`) ? `aside-${why}` : "aside-other");
  const title = text("numbered", { what: named(await payloadOf(record, readable), record.kind), seq });
  return withChip(row("plain", { title, note: text("recorded", { time: moment(saved) }), more: reason }), "aside");
}

/** Pictures set aside that no entry here names: they came from another phone. */
function foreign(found, stuck) {
  const rest = (trouble) => found[trouble] - stuck.reduce((sum, { blobs }) => sum + blobs[trouble], 0);
  const said = (trouble) => ({ title: text("kind-other"), note: text("from-another"), more: text(`photos-${trouble}-only`, { n: rest(trouble) }) });
  return TROUBLES.filter((trouble) => rest(trouble) > 0).map((trouble) => withChip(row("plain", said(trouble)), "aside"));
}

const payloadOf = ({ id }, readable) => (readable ? outbox.copy(id).then((plain) => plain.payload, () => null) : null);

/** The second line of a row: pictures under way, or the checker's reason. */
function more({ blobs, carried, status }, reason) {
  if (blobs.waiting) return text("photos-waiting", { n: blobs.waiting, all: blobs.all });
  if (carried) return text("from-another");
  if (status?.state === "quarantined") return reasonText(status.reason ?? reason);
  return reason && !/^[a-z_]+$/.test(reason) ? reason : null;
}

async function oneReturned({ id, at, kind, answered }, readable) {
  const whole = readable ? await returns.open(id).catch(() => null) : null;
  const note = answered ? text("answered") : text("came-back", { time: moment(at) });
  const values = { title: named(whole?.plaintext.payload, kind), note, more: whole?.reason || null };
  const made = answered ? row("plain", values) : row("link", { ...values, href: addressOf(kind, "returned", id) });
  return withChip(made, "returned");
}

async function oneDraft({ id, form, saved }, readable) {
  const payload = readable ? await drafts.open(id).catch(() => null) : null;
  const title = named(payload, kindOf(form));
  const note = text("recorded", { time: moment(saved) });
  return withChip(row("link", { href: addressOf(kindOf(form), "draft", id), title, note }), "draft");
}

const oneCarried = ({ number, state, reason }) => {
  const more = state === "quarantined" ? reasonText(reason) : null;
  return withChip(row("plain", { title: text("kind-other"), note: text("receipt-number", { number }), more }), state);
};

function withChip(made, state) {
  const template = document.querySelector(`template[data-row="chip-${state}"]`);
  if (template) made.querySelector(".row__main").append(template.content.firstElementChild.cloneNode(true));
  return made;
}

/** A damaged line is sealed again from the own copy, no tap mends a damaged picture; anything else is tried as it is. */
function withRetry(made, { id, state, why, blobs }) {
  if (state !== "aside" && !blobs.refused) return made;
  const isDamaged = state === "aside" && why === "damaged";
  const button = row(isDamaged ? "seal-again" : "again", {});
  button.dataset[isDamaged ? "sealAgain" : "again"] = id;
  made.querySelector(".row__main").append(button);
  return made;
}
