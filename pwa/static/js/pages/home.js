/** The volunteer's home, filled from this phone alone: greeting, what waits, what came back, what is unfinished. */

import { ready } from "../frame/boot.js";
import * as drafts from "../form/drafts.js";
import { me, unlocked } from "../account/keys.js";
import { onUnlock } from "../account/unlocking.js";
import { addressOf, kindOf } from "../kinds/kinds.js";
import { status } from "../kit/kit-life.js";
import * as outbox from "../outbox/outbox.js";
import * as returns from "../outbox/returns.js";
import { fill, inTurn, list, row } from "../lib/templates.js";
import { brief, hasText, moment, text } from "../lib/texts.js";
import { named } from "../kinds/titles.js";

const late = document.querySelectorAll("[data-late]");
const field = document.querySelector("[data-field-work]");
const unlocker = document.querySelector("[data-unlock]");
const show = inTurn(render);

if (field) {
  addEventListener("kit-changed", show);
  new BroadcastChannel("outbox").addEventListener("message", show);
  addEventListener("outbox-saved", show);
  onUnlock(show);
}
await ready;
await greet();
for (const section of late) bring(section).catch(() => {});
if (field) await show();

/** The name comes from the page of a signed-in person, or from what this phone remembers; no line breaks in it while it fits. */
async function greet() {
  const name = document.documentElement.dataset.name ?? (await me())?.name;
  if (!name) return;
  const unit = Object.assign(document.createElement("span"), { className: "unit", textContent: name });
  const [before, after] = text("greeting", { name: "\n" }).split("\n");
  document.querySelector("h1").replaceChildren(before, unit, after);
}

/** A kept page has no counts, and figures take a moment: they come after the page, if there is a network. Anybody else's answer holds no such part. */
async function bring(section) {
  const answer = await fetch(section.dataset.late, { headers: { "HX-Request": "true" }, cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(`#${section.id}`);
  if (fresh) section.replaceWith(fresh);
}

async function render() {
  const [counts, returned, unfinished] = await Promise.all([outbox.counts(), returns.list(), drafts.list()]);
  const open = returned.filter((entry) => !entry.answered);
  const waiting = counts.waiting + counts.kept + counts.aside;
  fill(field, {
    waiting,
    since: counts.since ? text("since", { time: brief(counts.since) }) : text("nothing-waits"),
    sent: counts.sent,
    "sent-note": text(counts.sent ? "all-sent" : "none-sent"),
    returned: open.length,
    "returned-note": text(open.length ? "to-mend" : "none-returned"),
  });
  const nothing = waiting + counts.sent + open.length + unfinished.length === 0;
  field.hidden = nothing && "quiet" in field.dataset;
  await offerCollecting();
  await tellClaims();
  document.querySelector("[data-first-time]").hidden = !nothing || "quiet" in field.dataset;
  const readable = open.length + unfinished.length > 0 && (await unlocked().catch(() => false));
  unlocker.hidden = readable;
  list("returned", await Promise.all(open.map((entry) => returnedRow(entry, readable))));
  list("drafts", await Promise.all(unfinished.map((draft) => draftRow(draft, readable))));
}

/** What the fund did about claims that were recorded here; nothing where none was, so that most homes load no more than before. */
async function tellClaims() {
  if (!(await outbox.list()).some(({ kind }) => kind === "claim")) return;
  const { news, read } = await import("../kit/claim-news.js");
  const rows = (await news()).filter(({ state }) => hasText(`claim-${state}`));
  list("claim-news", rows.map(({ id, name, state }) => row("claim-news", { href: `/saved#${id}`, name: name ?? text("kind-claim"), note: text(`claim-${state}`) })));
  document.querySelector("[data-news-read]").onclick = () => read().then(show);
}

/** Who holds a kit to collect with goes on from here. */
async function offerCollecting() {
  const offer = field.querySelector("[data-collects]");
  if (offer) offer.hidden = !(await status())?.assignment?.collects;
}

async function returnedRow({ id, at, kind }, readable) {
  const whole = readable ? await returns.open(id).catch(() => null) : null;
  const comments = Object.keys(whole?.comments ?? {}).length;
  const note = comments ? text("comments", { n: comments }) : whole?.reason || text("came-back", { time: moment(at) });
  const title = named(whole?.plaintext.payload, kind);
  return row("returned", { href: addressOf(kind, "returned", id), title, note });
}

async function draftRow({ id, form, saved }, readable) {
  const payload = readable ? await drafts.open(id).catch(() => null) : null;
  return row("draft", { href: addressOf(kindOf(form), "draft", id), title: named(payload, kindOf(form)), note: text("draft-kept", { time: moment(saved) }) });
}
