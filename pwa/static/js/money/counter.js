/** The table: a member number typed or scanned, or a name; paid as usual by one tap; the last receipt within reach, and the next number. */

import { baht } from "../lib/money.js";
import { find } from "../kit/search.js";
import { fill, list, row } from "../lib/templates.js";
import { day, text } from "../lib/texts.js";
import { clean, digits } from "../lib/thai.js";
import { take } from "./receiving.js";
import { called, lateness, payerOf } from "./walk.js";

const MOST = 8;
const PAUSE = 400;
const part = (name) => document.querySelector(`[data-${name}]`);
const input = document.querySelector("[data-counter] input");
let tools = null;
let chosen = null;
let last = null;
let asking;

export function begin(given) {
  tools = given;
  input.addEventListener("input", () => {
    choose(null);
    clearTimeout(asking);
    if (input.value.trim() && part("who").hidden) asking = setTimeout(() => tools.ask(input.value), PAUSE);
  });
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    receive();
  });
  part("take").addEventListener("click", receive);
}

export function clear() {
  input.value = "";
  chosen = last = null;
}

export function show(world) {
  if (!input.value && document.activeElement === document.body) input.focus();
  choose(chosen);
  list("last", last ? [lastRow(world)] : []);
}

/** Who has this number in any of the funds; else whoever the words fit. */
function fitting(world) {
  const typed = clean(digits(input.value));
  if (!typed) return [];
  const everybody = world.houses.flatMap((house) => house.persons.map((one) => ({ house, one })));
  const numbered = everybody.filter(({ house, one }) => house.members.some(({ person, number }) => number === typed && person === one.person));
  if (numbered.length) return numbered;
  const named = find(world.kept, input.value, { limit: MOST }).filter(({ person }) => person);
  return named.map(({ household, person }) => everybody.find(({ house, one }) => house.id === household.id && one.id === person.id)).filter(Boolean);
}

function choose(person) {
  const world = tools.world();
  const found = world ? fitting(world) : [];
  chosen = found.find(({ one }) => one.person === person) ? person : found.length === 1 ? found[0].one.person : null;
  const about = found.find(({ one }) => one.person === chosen);
  part("nobody-found").hidden = !input.value.trim() || found.length > 0;
  list("found", about ? [] : found.map(foundRow));
  part("who").hidden = !about;
  part("take").hidden = true;
  if (about) present(about, world);
}

function foundRow({ house, one }) {
  const numbers = house.members.filter(({ person }) => person === one.person).map(({ number }) => number ?? text("applied"));
  const made = row("found", { name: one.name || text("nameless"), note: [called(house), ...numbers].join(" · ") });
  made.addEventListener("click", () => choose(one.person));
  return made;
}

function present({ house, one }, world) {
  const mine = house.members.filter(({ person }) => person === one.person);
  fill(part("who"), { who: one.name || text("nameless"), where: [house.house.number ? text("house", { number: house.house.number }) : called(house), ...mine.map(({ number }) => number).filter(Boolean)].join(" · ") });
  part("otherwise").href = `#other=${house.id}`;
  list("owed", mine.length ? mine.map((member) => owedRow(member, world)) : [row("owed", { what: text("no-member"), baht: null, until: null })]);
  const satang = mine.reduce((sum, { due }) => sum + (due?.satang ?? 0), 0);
  part("take").hidden = satang === 0;
  part("take").textContent = text("take", { baht: baht(satang) });
}

function owedRow(member, { funds }) {
  const { fund, through, due } = member;
  const known = through ? text(due ? "through" : "not-due", { date: day(Date.parse(through)) }) : text(due ? "unknown" : "no-plan");
  const isOnly = Object.keys(funds).length === 1;
  const what = [isOnly ? text("kind-contribution") : text("contribution-of", { fund: funds[fund].name }), due?.late ? lateness(member) : known].join(" · ");
  const until = due?.to ? ` · ${text("until", { date: day(Date.parse(due.to)) })}` : null;
  return row("owed", { what, baht: due ? text("baht", { baht: baht(due.satang) }) : null, until });
}

/** A receipt a fund, and the field is ready for the next number. */
async function receive() {
  const world = tools.world();
  const house = world?.houses.find(({ persons }) => persons.some(({ person }) => person === chosen));
  const due = house?.members.filter(({ person, due }) => person === chosen && due) ?? [];
  if (!due.length || part("take").disabled) return;
  part("take").disabled = true;
  try {
    for (const member of due) {
      const made = await take(member.fund, { subject: house.id, lines: [{ person: chosen, ...member.due }], payer: payerOf(house, [member]) });
      last = { id: made.id, name: member.name };
    }
    input.value = "";
    chosen = null;
  } catch (error) {
    tools.refuse(error);
  } finally {
    await tools.changed().catch(() => {}); // until then the same person would still seem to owe it
    part("take").disabled = false;
  }
  input.focus();
}

function lastRow({ receipts }) {
  const one = receipts.find(({ id }) => id === last.id);
  return row("last", {
    href: `#receipt=${last.id}`,
    name: text("before-this", { name: last.name || text("nameless") }),
    baht: baht(one?.payload.total_satang ?? 0),
    note: text("last-note", { receipt: one?.name ?? "" }),
  });
}
