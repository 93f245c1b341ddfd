/** One saved entry, named by the fragment: where it is now, told only from what this phone knows for certain. */

import { ready } from "./boot.js";
import * as outbox from "./outbox.js";
import { fill } from "./rows.js";
import { hasText, moment, text } from "./texts.js";

const DONE = { approved: ["kept", "sent", "checked", "registered"] };
const header = document.querySelector("[data-entry]");

await ready;
await show();
new BroadcastChannel("outbox").addEventListener("message", show);
addEventListener("hashchange", show);

async function show() {
  const id = location.hash.slice(1);
  const record = (await outbox.list()).find((entry) => entry.id === id);
  document.querySelector("[data-part]").hidden = !record;
  document.querySelector("[data-missing]").hidden = Boolean(record) || !id;
  if (record) showEntry(record);
  const { waiting, since } = await outbox.counts();
  const sentence = waiting ? text("waiting-since", { n: waiting, time: moment(since) }) : text("none-waits");
  document.querySelector("[data-waiting]").textContent = sentence;
}

function showEntry(record) {
  const kind = text(hasText(`kind-${record.kind}`) ? `kind-${record.kind}` : "kind-other");
  const title = text("saved");
  fill(header, { title, seq: text("seq", { seq: record.seq }), when: `${kind} · ${moment(record.saved)}` });
  const proof = record.receipts.at(-1);
  const state = record.status?.state;
  const done = DONE[state] ?? (proof ? ["kept", "sent"] : ["kept"]);
  for (const step of document.querySelectorAll("[data-step]")) {
    step.classList.toggle("timeline__item--done", done.includes(step.dataset.step));
  }
  if (proof) note("sent", text("receipt", { number: proof.number, time: moment(Date.parse(proof.received_at)) }));
  if (state && hasText(`state-${state}`)) note("checked", text(`state-${state}`));
}

function note(step, sentence) {
  fill(document.querySelector(`[data-step="${step}"]`), { note: sentence });
}
