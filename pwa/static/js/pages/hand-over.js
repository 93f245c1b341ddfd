/**
 * Cash from phone to phone, without a signal: what is in hand, counted and offered by codes; the other phone reads, counts and answers.
 * Which face is shown says the fragment.
 */

import { ready } from "../frame/boot.js";
import { unlock as unlockOwn, unlocked } from "../account/keys.js";
import { fill, inTurn, list, row } from "../lib/templates.js";
import { baht } from "../lib/money.js";
import { hasText, moment, text } from "../lib/texts.js";
import { ask, load, summed } from "../money/hand.js";
import { hear } from "../money/handing.js";
import * as codes from "../money/hand-codes.js";
import * as count from "../money/hand-count.js";
import * as scan from "../money/hand-scan.js";
import { forget } from "../money/receipts.js";

const CLOSED = 5;
const part = (name) => document.querySelector(`[data-${name}]`);
const show = inTurn(render);
const FACES = {
  hand: ["hand", (world) => hand(world)],
  count: ["count", count.showCount],
  take: ["count", () => (offered ? count.showTake(offered) : go("scan"))],
  offer: ["shown", codes.showOffer],
  answer: ["shown", codes.showAnswer],
  scan: ["scan", scan.show],
};
let offered = null;

const go = (hash) => (location.hash = hash);
const tools = { refuse, understood, replace: (hash) => location.replace(`#${hash}`) };
for (const one of [codes, count, scan]) one.begin(tools);
new BroadcastChannel("outbox").addEventListener("message", show);
for (const kind of ["change", "submit", "hashchange"]) addEventListener(kind, () => (part("refused").hidden = true), { capture: true });
addEventListener("hashchange", () => show().then(() => scrollTo(0, 0)));
document.querySelector("[data-unlock]").addEventListener("click", unlock);
await ready;
await show();
document.querySelector("main").dataset.ready = "";
ask().then(show, () => {});

async function render() {
  const world = await opened();
  const [name, about] = where();
  const [shown, present] = FACES[name];
  part("locked").hidden = Boolean(world);
  part("open").hidden = !world;
  for (const face of document.querySelectorAll("[data-face]")) face.hidden = face.dataset.face !== shown;
  for (const dock of document.querySelectorAll("[data-dock]")) dock.hidden = !world || !dock.dataset.dock.split(" ").includes(name);
  if (shown !== "shown" || !world) codes.leave();
  if (shown !== "scan" || !world) scan.leave();
  const title = name === "take" && offered ? text("title-take", { name: offered.clear.giver }) : text(`title-${name}`);
  document.querySelector("[data-title]").textContent = title;
  for (const back of document.querySelectorAll("[data-back]")) back.hidden = (back.dataset.back === "home") !== (name === "hand");
  if (world) await present(world, about);
  else forget();
}

async function opened() {
  try {
    return (await unlocked()) ? await load() : null;
  } catch (error) {
    if (!["locked", "signed-out"].includes(error.code)) throw error;
    return null;
  }
}

function where() {
  const [, name, about] = location.hash.match(/^#([a-z]+)(?:=(.+))?$/) ?? [];
  return [name in FACES ? name : "hand", about ? decodeURIComponent(about) : null];
}

/** What is in hand, fund by fund; what was offered and nobody answered; and what is done. */
function hand({ hands, offers, takings }) {
  list("hands", hands.map(handRow));
  const [open, closed] = [offers.filter(isOpen), [...offers.filter((one) => !isOpen(one) && !one.isOver).map(doneRow), ...takings.map(takingRow)]];
  list("open-offers", open.map(openRow));
  list("done", closed.slice(0, CLOSED));
  part("nothing").hidden = hands.length + open.length > 0;
}

function isOpen({ answer, isTaken, isOver }) {
  return !answer && !isTaken && !isOver;
}

function handRow({ fund, name, satang, receipts, parts }) {
  const note = [receipts.length && text("n-receipts", { n: receipts.length }), parts.length && text("n-parts", { n: parts.length })];
  return row("hand", { href: `#count=${encodeURIComponent(fund)}`, name, baht: inBaht(satang), note: note.filter(Boolean).join(" · ") });
}

function openRow({ id, payload, saved }) {
  return row("offer", { href: `#offer=${id}`, baht: inBaht(summed(payload.counted)), note: moment(saved) });
}

function doneRow({ id, answer, payload, saved }) {
  const name = answer ? text("taken-by", { name: answer.taker }) : text("taken");
  return row("done", { href: `#offer=${id}`, name, baht: inBaht(answer?.counted_satang ?? summed(payload.counted)), note: moment(saved) });
}

function takingRow({ id, payload, saved }) {
  return row("done", { href: `#answer=${id}`, name: text("i-took"), baht: inBaht(summed(payload.counted)), note: moment(saved) });
}

function inBaht(satang) {
  return text("baht", { baht: baht(satang) });
}

/** What the other phone showed: an offer to be counted, or the answer to one of ours. */
async function understood(said) {
  const world = await load();
  if (said.kind === "offer") {
    const before = world.takings.find(({ payload }) => payload.handover === said.line.id);
    if (world.offers.some(({ id }) => id === said.line.id)) return refuse({ code: "own-offer" });
    offered = said;
    return go(before ? `answer=${before.id}` : "take");
  }
  if (!world.offers.some(({ id }) => id === said.clear.handover)) return refuse({ code: "not-mine" });
  await hear(said);
  return go(`offer=${said.clear.handover}`);
}

/** Says what could not be done; nothing was saved then. */
function refuse(error) {
  const name = `error-${error?.code}`;
  fill(part("refused"), { refused: text(hasText(name) ? name : "error-other") });
  part("refused").hidden = false;
  part("refused").scrollIntoView({ block: "center" });
}

async function unlock() {
  try {
    await unlockOwn();
    part("unlock-refused").hidden = true;
    await show();
  } catch {
    part("unlock-refused").hidden = false;
  }
}
