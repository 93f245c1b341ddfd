/**
 * Collecting, from this phone alone: the walk, the table, what is not as usual, and the receipts. Which of them is shown says the
 * fragment; each face is told when it is shown and when something changed.
 */

import { ready } from "../frame/boot.js";
import { unlock as unlockOwn, unlocked } from "../account/keys.js";
import * as kits from "../kit/kit.js";
import { askJson } from "../outbox/server.js";
import { refresh, left } from "../outbox/books.js";
import { baht } from "../lib/money.js";
import { fill, inTurn } from "../lib/templates.js";
import { hasText, text } from "../lib/texts.js";
import * as answering from "../money/answering.js";
import * as annulling from "../money/annulling.js";
import * as counter from "../money/counter.js";
import * as other from "../money/other.js";
import { forget as forgetHouses, load, total } from "../money/payers.js";
import * as page from "../money/page.js";
import * as receipt from "../money/receipt.js";
import { forget } from "../money/receipts.js";
import * as walk from "../money/walk.js";

const FACES = { walk, counter, other, instead: other.instead, page, receipt, returned: answering, void: annulling };
const SHOWN_AS = { instead: "other" };
const FIRST = ["walk", "counter", "page"];
const CALM = 250;
const part = (name) => document.querySelector(`[data-${name}]`);
const show = inTurn(render);
let world = null;
let found = null;
let soon = 0;

const tools = { ask, refuse, changed: () => show(), go: (hash) => (location.hash = hash), world: () => world };
for (const face of Object.values(FACES)) face.begin(tools);
new BroadcastChannel("outbox").addEventListener("message", hear);
addEventListener("kit-changed", show);
for (const kind of ["change", "submit", "hashchange"]) addEventListener(kind, () => (part("refused").hidden = true), { capture: true });
addEventListener("hashchange", () => show().then(() => scrollTo(0, 0)));
document.querySelector("[data-unlock]").addEventListener("click", unlock);
await ready;
await show();
document.querySelector("main").dataset.ready = "";
performance.mark("collect-ready");
refresh().then(show, () => {});

async function render() {
  world = await opened();
  part("locked").hidden = Boolean(world);
  part("open").hidden = !world;
  if (!world) wipe();
  const [name, id] = where();
  for (const face of document.querySelectorAll("[data-face]")) face.hidden = face.dataset.face !== (SHOWN_AS[name] ?? name);
  for (const tab of document.querySelectorAll("[data-tab]")) tab.toggleAttribute("aria-current", tab.dataset.tab === name);
  part("tabs").hidden = !FIRST.includes(name);
  document.querySelector("[data-title]").textContent = text(hasText(`title-${name}`) ? `title-${name}` : "title-walk");
  for (const back of document.querySelectorAll("[data-back]")) back.hidden = (back.dataset.back === "walk") === part("tabs").hidden;
  if (world) await FACES[name].show(world, id);
  showTotal(name);
  await warn();
}

/** What is said of the outbox comes in bursts, also after each of our own receipts, which are shown already: thumbs go before. */
function hear() {
  soon ||= setTimeout(() => {
    soon = 0;
    show();
  }, CALM);
}

/** Everything that this phone can show, or null while it is locked. */
async function opened() {
  try {
    const [isOpen, told] = await Promise.all([unlocked(), load(found)]);
    return isOpen ? told : null;
  } catch (error) {
    if (!["locked", "signed-out"].includes(error.code)) throw error;
    return null;
  }
}

/** Who takes money by office, and holds no kit to collect with, asks the server for a member number; nothing where it does not answer. */
async function ask(number) {
  if ((await kits.status())?.assignment?.collects) return;
  const told = await askJson(`/collections/new/members?number=${encodeURIComponent(number)}`).catch(() => null);
  if (told) found = joined(found, told);
  await show();
}

/** What was asked before stays: a page of the paper book names many. */
function joined(before, { collects, households, people }) {
  const isNew = ({ id }) => !households.some((one) => one.id === id);
  const kept = (before?.households ?? []).filter(isNew);
  const living = (before?.people ?? []).filter(({ household }) => isNew({ id: household }));
  return { collects, households: [...kept, ...households], people: [...living, ...people] };
}

/** Nobody's name stays in a page that is locked. */
function wipe() {
  forget();
  forgetHouses();
  found = null;
  for (const face of Object.values(FACES)) face.clear?.();
  for (const one of document.querySelectorAll("[data-open] [data-list]")) one.replaceChildren();
  for (const one of document.querySelectorAll("[data-open] [data-slot]")) one.textContent = "";
}

/** The face that the fragment names, and what it is about. */
function where() {
  const [, name, id] = location.hash.match(/^#([a-z]+)(?:=([0-9a-f-]+))?$/) ?? [];
  return [name in FACES ? name : "walk", id ?? null];
}

function showTotal(name) {
  const isFirst = FIRST.includes(name);
  part("total").hidden = !world || !isFirst;
  part("next").hidden = !world || name !== "receipt";
  part("kept").hidden = !world?.receipts.length;
  if (!world) return;
  if (name !== "counter") part("take").hidden = true;
  const { satang, count } = name === "page" ? page.sum() : total(world);
  const houses = world.houses.filter(({ isPaying }) => isPaying);
  const paid = houses.filter(({ taken }) => taken.length).length;
  const said = name === "walk" ? text("count", { n: paid, all: houses.length }) : text(name === "page" ? "count-page" : "count-receipts", { n: count });
  fill(part("total"), { sum: text("baht", { baht: baht(satang) }), count: said });
  fill(part("kept"), { kept: text("kept", { n: world.receipts.length }) });
}

/** A book that runs out says so while there is still time. */
async function warn() {
  const low = [];
  for (const fund of Object.keys(world?.funds ?? {})) {
    const book = await left(fund);
    if (!book) low.push(text("error-no-book"));
    else if (book.isLow) low.push(text(book.spare ? "low" : "low-last", book));
  }
  part("low").hidden = !low.length;
  fill(part("low"), { low: low.join(" ") });
}

/** Says what a face could not do; nothing was saved then. */
function refuse(error) {
  const name = `error-${error?.code}`;
  fill(part("refused"), { refused: text(hasText(name) ? name : "error-other") });
  part("refused").hidden = false;
  part("refused").scrollIntoView({ block: "center" });
}

async function unlock() {
  try {
    await kits.unlock();
    if (!(await unlocked())) await unlockOwn();
    part("unlock-refused").hidden = true;
    await show();
  } catch {
    part("unlock-refused").hidden = false;
  }
}
