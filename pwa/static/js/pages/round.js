/** Today's round, from this phone alone: which houses wait, which are to be visited again, which are done; one tap opens one. */

import { ready } from "../frame/boot.js";
import { dayOf } from "../lib/clock.js";
import * as drafts from "../form/drafts.js";
import { fullName, known, ordered } from "../kit/houses.js";
import { unlock as unlockOwn, unlocked } from "../account/keys.js";
import { RECORD, isOfRecord, kindOf } from "../kinds/kinds.js";
import * as kits from "../kit/kit.js";
import * as returns from "../outbox/returns.js";
import { rightsRow } from "../kit/rights-row.js";
import { grouped } from "../kit/round-groups.js";
import { unclaimedRows } from "../kit/unclaimed-row.js";
import { inTurn, list, row } from "../lib/templates.js";
import { find, prepare } from "../kit/search.js";
import { day, text } from "../lib/texts.js";
import { written } from "../money/receipts.js";

const FIRST = 40;
const GROUPS = ["fresh", "again", "done", "rest"];
const part = (name) => document.querySelector(`[data-${name}]`);
const search = document.querySelector("[data-search] input");
const show = inTurn(render);
const all = new Set();
let open = null;

new BroadcastChannel("outbox").addEventListener("message", show);
addEventListener("kit-changed", show);
search.addEventListener("input", answer);
document.querySelector("[data-unlock]").addEventListener("click", unlock);
for (const button of document.querySelectorAll("[data-more]")) button.addEventListener("click", () => showAll(button.dataset.more));
search.closest("form").addEventListener("submit", (event) => event.preventDefault());
await ready;
await show();
document.querySelector("main").dataset.ready = "";

async function render() {
  part("no-kit").hidden = Boolean(await kits.status());
  open = await opened();
  part("locked").hidden = Boolean(open);
  part("round").hidden = !open;
  if (!open) search.value = "";
  for (const name of GROUPS) showGroup(name);
  list("unclaimed", open ? unclaimedRows(open.households, open.told) : []);
  part("nothing").hidden = !open || open.households.length > 0;
  if (open) prepare(open);
  answer();
}

/** Everything that this phone can show, or null while it is locked. */
async function opened() {
  try {
    if (!(await unlocked())) return null;
    const [{ households, people }, begun, returned, claims] = await Promise.all([known(), unfinished(), cameBack(), written(["claim"])]);
    const others = new Map([...begun, ...returned.values()].map(({ house }) => [house.id, house]));
    for (const { id } of households) others.delete(id);
    const places = (await kits.status())?.assignment?.places ?? [];
    const kept = { households: ordered([...households, ...others.values()]), people, places };
    const groups = grouped(kept, { drafts: new Set(begun.map(({ house }) => house.id)), returned, today: dayOf(), dayOf });
    const rows = new Map(Object.values(groups).flat().map((about) => [about.house.id, about]));
    return { ...kept, groups, rows, told: claims.map(({ payload }) => payload) };
  } catch (error) {
    if (!["locked", "signed-out"].includes(error.code)) throw error;
    return null;
  }
}

async function unfinished() {
  const mine = (await drafts.list()).filter(({ form }) => kindOf(form) === RECORD);
  const payloads = await Promise.all(mine.map(({ id }) => drafts.open(id).catch(() => null)));
  return mine.map(({ id }, at) => ({ house: unlisted(id, payloads[at]?.house) }));
}

/** A house that only a draft or a returned entry speaks of. */
function unlisted(id, house = {}) {
  return { id, house, version: 0, visit: null, people: [], kit: null, own: [] };
}

async function cameBack() {
  const mine = (await returns.list()).filter(({ answered }) => !answered);
  const whole = await Promise.all(mine.map(({ id }) => returns.open(id).then((one) => ({ ...one, id }), () => null)));
  const visits = whole.filter((one) => one && isOfRecord(one.plaintext));
  const about = ({ id, reason, plaintext: { subject, payload } }) => [subject, { id, reason, house: unlisted(subject, payload.house) }];
  return new Map(visits.map(about));
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

function showGroup(name) {
  const abouts = open?.groups[name] ?? [];
  const most = all.has(name) ? Infinity : FIRST;
  list(name, abouts.slice(0, most).flatMap((about) => [oneRow(about), ...told(about.people)]));
  for (const slot of document.querySelectorAll(`[data-slot="${name}"]`)) slot.textContent = abouts.length;
  document.querySelector(`[data-more="${name}"]`).hidden = abouts.length <= most;
}

function showAll(name) {
  all.add(name);
  showGroup(name);
}

/** What fits the words typed; without any the round itself. */
async function answer() {
  const [kept, typed] = [open, open ? search.value.trim() : ""];
  if (typed) await prepare(kept);
  if (kept !== open || typed !== (open ? search.value.trim() : "")) return;
  const found = typed ? find(open, typed, { limit: FIRST }) : [];
  part("groups").hidden = Boolean(typed);
  list("found", found.flatMap(({ household, person }) => oneFound(open.rows.get(household.id), person)));
  part("none-found").hidden = !typed || found.length > 0;
}

function oneFound(about, person) {
  return [oneRow(about, person), ...told(person ? [person] : about.people)];
}

function oneRow({ house, people, why, href, reason }, person) {
  const head = person ?? people[0];
  const about = reason || [people.length && text("people", { n: people.length }), lastVisit(house)].filter(Boolean).join(" · ");
  const made = row("house", { href, title: houseName(house), note: head ? called(head) : null, more: about || null });
  made.querySelector(".row__main").append(row(`chip-${why}`, {}));
  return made;
}

/** What they would get, folded below their house; nothing where nobody is in a fund. */
function told(people) {
  const made = rightsRow(people);
  return made ? [made] : [];
}

function lastVisit({ visit }) {
  return visit?.on ? text("visited-on", { date: day(Date.parse(visit.on)) }) : null;
}

function houseName({ house }) {
  return house?.number ? text("house", { number: house.number }) : house?.description || text(`kind-${RECORD}`);
}

function called(person) {
  return fullName(person) || text("nameless");
}
