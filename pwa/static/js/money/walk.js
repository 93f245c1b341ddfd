/** The walk: a tap on a house takes what is due as usual, a receipt a fund; a second tap takes it back until the receipt was shown. */

import { baht } from "../lib/money.js";
import { fill, list, row } from "../lib/templates.js";
import { day, text } from "../lib/texts.js";
import { named } from "./receipts.js";
import { annul, take } from "./receiving.js";

const FIRST = 60;
const part = (name) => document.querySelector(`[data-${name}]`);
const fresh = new Map();
const busy = new Set();
const rows = new Map();
let tools = null;
let isWhole = false;
let folded = null;

export function begin(given) {
  tools = given;
  part("more").addEventListener("click", () => {
    isWhole = true;
    tools.changed();
  });
}

export const clear = () => rows.clear();

/** The houses that were paid when this page was opened are folded away; later ones stay where they are, under the thumb. */
export function show(world) {
  const houses = world.houses.filter(({ isPaying, taken }) => isPaying || taken.length);
  folded ??= new Set(houses.filter(({ taken }) => taken.length).map(({ id }) => id));
  const before = houses.filter(({ id, taken }) => folded.has(id) && taken.length);
  const after = houses.filter(({ id, taken }) => !(folded.has(id) && taken.length));
  part("no-kit").hidden = Object.keys(world.funds).length > 0;
  part("nobody").hidden = houses.length > 0 || Object.keys(world.funds).length === 0;
  list("before", before.map(oneHouse));
  list("houses", after.slice(0, isWhole ? Infinity : FIRST).map(oneHouse));
  part("more").hidden = isWhole || after.length <= FIRST;
  const satang = before.flatMap(({ taken }) => taken).reduce((sum, { payload }) => sum + payload.total_satang, 0);
  document.querySelector('[data-slot="before"]').textContent = text("before", { n: before.length, baht: baht(satang) });
}

/** How a house is called in a list: its number and who is its head. */
export function called({ house, persons }) {
  const number = house?.number || house?.description || text("household");
  return [number, persons[0]?.name].filter(Boolean).join(" · ");
}

function oneHouse(house) {
  const isTapped = house.taken.length > 0 || Object.keys(house.dues).length > 0 || fresh.has(house.id);
  const kind = isTapped ? "house" : "idle";
  if (rows.get(house.id)?.dataset.kind !== kind) rows.set(house.id, isTapped ? tappable(house.id) : row("idle", { href: `#other=${house.id}` }));
  const made = rows.get(house.id);
  made.dataset.kind = kind;
  if (isTapped) write(made, house);
  else fill(made, { name: called(house), note: idleNote(house) });
  return made;
}

function tappable(id) {
  const made = row("house", {});
  const box = made.querySelector("input");
  box.addEventListener("change", () => {
    const house = tools.world()?.houses.find((one) => one.id === id);
    if (house) tap(house, box, made);
  });
  made.querySelector("[data-dots]").href = `#other=${id}`;
  return made;
}

function write(made, house) {
  const due = Object.values(house.dues).flat();
  const paid = house.taken.reduce((sum, { payload }) => sum + payload.total_satang, 0);
  const satang = house.taken.length ? paid : due.reduce((sum, member) => sum + member.due.satang, 0);
  fill(made, { name: called(house), baht: baht(satang), ...noteOf(house, due) });
  if (!busy.has(house.id)) made.querySelector("input").checked = house.taken.length > 0;
  made.querySelector("[data-dots]").setAttribute("aria-label", text("others", { house: called(house) }));
}

function idleNote({ members, persons }) {
  const taken = members.find(({ waits }) => waits);
  if (taken) return text("waits", { name: taken.waits.name });
  const through = members.map((member) => member.through).filter(Boolean).sort()[0];
  if (through) return text("not-due", { date: day(Date.parse(through)) });
  return text(members.length && persons.length ? "no-plan" : "no-member");
}

/** What stands below the name: the receipts, or how far behind the one furthest behind is, or through when it is paid. */
function noteOf({ id, taken, dues }, due) {
  const back = fresh.get(id)?.back;
  if (taken.length) return { note: text("receipts", { names: taken.map(({ name }) => name).join(" · ") }), late: null };
  if (back) return { note: text("taken-back", { names: back }), late: null };
  const behind = due.filter((member) => member.due.late).sort((one, other) => other.due.late - one.due.late)[0];
  const funds = Object.keys(dues).length;
  const note = funds > 1 ? text("two-funds", { n: funds }) : behind ? "" : throughOf(due);
  return { note, late: behind ? lateness(behind) : null };
}

function throughOf(due) {
  if (due.every(({ number }) => number === null)) return text("applied");
  const through = due.map((member) => member.through).filter(Boolean).sort()[0];
  return through ? text("through", { date: day(Date.parse(through)) }) : text("unknown");
}

/** So many months behind, in the plan's own unit. */
export function lateness({ plans, due }) {
  const [, , n, unit] = plans.at(-1);
  return text(`late-${unit}`, { n: due.late * n });
}

/**
 * The box says at once what was tapped; the receipts follow in the order of the taps. The house stays busy until it was shown anew: what
 * was read before its receipt was written would show it as unpaid, and the next tap would take the money twice.
 */
async function tap(house, box, made) {
  if (busy.has(house.id)) return void (box.checked = !box.checked);
  const isUndone = !box.checked;
  const known = fresh.get(house.id);
  if (isUndone && !known?.made) {
    box.checked = true;
    return tools.go(`receipt=${house.taken[0].id}`);
  }
  busy.add(house.id);
  made.setAttribute("aria-busy", "true");
  const done = [];
  try {
    await (isUndone ? takeBack(known.made, done) : takeAll(house, done));
    fresh.set(house.id, isUndone ? { back: done.join(" · ") } : { made: done });
  } catch (error) {
    box.checked = isUndone;
    tools.refuse(isUndone || done.length ? { code: isUndone ? "not-back" : "partly" } : error);
    if (done.length) fresh.set(house.id, {});
  } finally {
    await tools.changed().catch(() => {});
    busy.delete(house.id);
    made.removeAttribute("aria-busy");
  }
  box.checked = tools.world()?.houses.find(({ id }) => id === house.id)?.taken.length > 0;
}

/** A receipt a fund; `done` says how far it came. */
async function takeAll(house, done) {
  for (const [fund, members] of Object.entries(house.dues)) {
    const lines = members.map(({ person, due }) => ({ person, ...due }));
    done.push(await take(fund, { subject: house.id, lines, payer: payerOf(house, members) }));
  }
}

/** One member pays for themselves, more are the household's, by its head. */
export function payerOf({ persons }, members) {
  const { person, name } = members.length === 1 ? members[0] : persons[0];
  return { type: members.length === 1 ? "self" : "household", person, ...(name && { name }) };
}

async function takeBack(made, done) {
  for (const { payload } of made) {
    await annul(payload, { reason: text("by-mistake"), never_paid: true });
    done.push(named(payload));
  }
}

/** A receipt that somebody has looked at is taken back by its own page alone. */
export function wasShown(id) {
  for (const [house, { made }] of fresh) if (made?.some((one) => one.id === id)) fresh.set(house, {});
}
