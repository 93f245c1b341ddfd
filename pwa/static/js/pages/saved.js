/** One saved entry, named by the fragment: where it is now, told only from what this phone knows for certain. */

import { ready } from "../frame/boot.js";
import { RECORD, addressOf, againOf, isMended, isOfRecord, isOnlyNewest } from "../kinds/kinds.js";
import { me } from "../account/person.js";
import * as outbox from "../outbox/outbox.js";
import { dayOf } from "../lib/clock.js";
import { fill, inTurn, list, row } from "../lib/templates.js";
import { hasText, moment, reasonText, text } from "../lib/texts.js";

const LIVES = ["birth", "delivery", "death", "funeral"];
const DONE = { approved: ["kept", "sent", "checked", "registered"] };
const header = document.querySelector("[data-entry]");
const show = inTurn(render);

new BroadcastChannel("outbox").addEventListener("message", show);
addEventListener("hashchange", show);
await ready;
await show();

async function render() {
  const id = location.hash.slice(1);
  const records = await outbox.list();
  const record = records.find((entry) => entry.id === id);
  document.querySelector("[data-part]").hidden = !record;
  document.querySelector("[data-missing]").hidden = Boolean(record) || !id;
  if (record) {
    showEntry(record, records);
    await showWork(record, records);
    await showLife(record);
  }
  const { waiting, since } = await outbox.counts();
  const sentence = waiting ? text("waiting-since", { n: waiting, time: moment(since) }) : text("none-waits");
  document.querySelector("[data-waiting]").textContent = sentence;
}

function showEntry(record, records) {
  const kind = text(hasText(`kind-${record.kind}`) ? `kind-${record.kind}` : "kind-other");
  const title = text(newerThan(record, records) ? "title-replaced" : "saved");
  const before = record.replaces && records.find(({ id }) => id === record.replaces);
  const corrects = before ? text("corrects", { seq: before.seq }) : null;
  fill(header, { title, seq: text("seq", { seq: record.seq }), when: `${kind} · ${moment(record.saved)}`, corrects });
  const proof = record.receipts.at(-1);
  const state = record.status?.state;
  const done = DONE[state] ?? (proof ? ["kept", "sent"] : ["kept"]);
  for (const step of document.querySelectorAll("[data-step]")) {
    step.classList.toggle("timeline__item--done", done.includes(step.dataset.step));
  }
  if (proof) note("sent", text("receipt", { number: proof.number, time: moment(Date.parse(proof.received_at)) }));
  if (state === "quarantined") note("checked", reasonText(record.status.reason));
  if (state && hasText(`state-${state}`)) note("checked", text(`state-${state}`));
}

/** The person's own entries about houses can be corrected, the newest of a house only, and a house can be visited again. */
async function showWork(record, records) {
  const newer = newerThan(record, records);
  const own = document.querySelector("[data-own]");
  const banner = document.querySelector("[data-newer]");
  banner.hidden = !newer;
  if (newer) banner.querySelector("a").href = `/saved#${newer.id}`;
  own.hidden = Boolean(newer) || record.author !== (await me())?.account;
  const state = record.state === "sent" ? (record.status?.state ?? "received") : record.state;
  const correct = own.querySelector("[data-correct]");
  correct.hidden = !isMended(record.kind, state) || isOlderVisit(record, records);
  correct.href = addressOf(record.kind, state === "returned" ? "returned" : "correct", record.id);
  const again = own.querySelector("[data-again]");
  const address = againOf(record.kind, record.subject);
  if (address) again.href = address;
  again.hidden = !address;
  own.hidden ||= correct.hidden && again.hidden;
}

/** What was told here is not typed once more: a visit's birth or death may be claimed, a claim's goes into the visit of the house. */
async function showLife(record) {
  const event = new URLSearchParams(location.search).get("event");
  const claims = isOfRecord(record) ? await eventsOf(record) : [];
  const isOfClaim = !isOfRecord(record) && LIVES.includes(event);
  const rows = [
    ...claims.map(({ id, event: what }) => row("life", { href: addressOf("claim", "told", `${record.subject}_${record.id}_${id}`), title: text(`life-claim-${what}`) })),
    ...(isOfClaim ? [row("life", { href: addressOf(RECORD, "life", `${record.subject}_${record.id}_${event}`), title: text("life-visit") })] : []),
  ];
  list("life", rows);
}

/** Locked, nothing is offered: the round tells it too. */
async function eventsOf({ id }) {
  const [{ eventsIn }, said] = await Promise.all([import("../kinds/life-events.js"), outbox.copy(id).catch(() => null)]);
  return said ? eventsIn(said.payload, dayOf()) : [];
}

/** The last of those that took this one's place, or nothing. */
function newerThan({ id }, records) {
  const next = records.find(({ replaces }) => replaces === id);
  return next && (newerThan(next, records) ?? next);
}

/** Whether the same house was visited again: then that visit is the one to correct. */
function isOlderVisit({ kind, subject, seq, device }, records) {
  return isOnlyNewest(kind) && records.some((one) => one.kind === kind && one.subject === subject && one.device === device && one.seq > seq);
}

function note(step, sentence) {
  fill(document.querySelector(`[data-step="${step}"]`), { note: sentence });
}
