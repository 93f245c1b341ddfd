/** Who is to pay what today: the houses of the kit with their members, and laid over it what was taken and registered on this phone. */

import { dayOf } from "../lib/clock.js";
import { current, fullName, together as laidOver, unless } from "../kit/houses.js";
import * as kits from "../kit/kit.js";
import { named, own } from "./receipts.js";
import { holds, usual } from "./dues.js";
import { uuid5 } from "../lib/uuid5.js";

const ids = new Map();
let kept = { mark: null };

/**
 * -> {today, funds, houses, receipts, kept}. `funds` {code: {fund, name, plans, banks}}; a house has `isPaying`, `members` [{person, name, fund, number,
 * through, plans, due, waits}] (a person of two funds twice; who applied today without number or days; `waits` {name, on, to} is a receipt
 * of another phone or book that is not checked yet), `dues` {fund: [member]} of those who owe, and
 * `taken`, today's receipts that stand. `kept` is what js/kit/search.js finds in. `found` is what the server told of a member number, shaped as a kit.
 * Rejects: locked.
 */
export async function load(found) {
  const [here, receipts, status] = await Promise.all([atHand(), own(), kits.status()]);
  const collects = [...(found?.collects ?? []), ...(status?.assignment?.collects ?? [])];
  const funds = Object.fromEntries(collects.map((one) => [one.fund, one]));
  const { households, people } = found ? together(here, found) : here;
  const [today, mine] = [dayOf(), new Set(receipts.map(({ payload }) => numberOf(payload)))];
  const about = { today, funds, receipts, covered: furthest(receipts), taken: standing(receipts, today), mine };
  const living = new Map(households.map(({ id }) => [id, []]));
  for (const person of people) living.get(person.household).push(person);
  const houses = households.map((house) => new House(house, living.get(house.id), about));
  return { ...about, houses, kept: { households, people, places: status?.assignment?.places ?? [] } };
}

/** What is known of houses, opened anew only where the kit or a visit of ours is another one. Rejects: locked. */
async function atHand() {
  const [kit, mine] = await Promise.all([kits.open().catch(unless("missing")), current()]);
  const visits = mine.map(({ id, status }) => [id, status?.state]);
  const mark = JSON.stringify([kit?.at, kit?.households.length, visits]);
  if (kept.mark !== mark) kept = { mark, ...(await laidOver(kit, mine)) };
  return kept;
}

/** What was opened goes. */
export function forget() {
  kept = { mark: null };
}

/** Those of the kit, and who lives in houses that it does not know. */
function together({ households, people }, found) {
  const isNew = ({ id }) => !households.some((one) => one.id === id);
  const fresh = found.households.filter(isNew).map((one) => ({ ...one, own: [], kit: null }));
  return { households: [...households, ...fresh], people: [...people, ...found.people.filter(({ household }) => isNew({ id: household }))] };
}

/** The receipts of today that stand -> {satang, count}, cash alone; what another holds, of whom a page was typed, is theirs. */
export function total({ receipts, today }) {
  const counted = receipts.filter(({ isVoid, on }) => !isVoid && on === today);
  const cash = counted.filter(({ payload }) => payload.channel === "cash" && !payload.collector);
  return { satang: cash.reduce((sum, { payload }) => sum + payload.total_satang, 0), count: counted.length };
}

/** A house of the kit. Whose days are paid and what is due is worked out when somebody asks: a walk shows few of many houses at once. */
class House {
  #people;
  #about;

  constructor(house, people, about) {
    Object.assign(this, house, { taken: about.taken.get(house.id) ?? [] });
    this.#people = people;
    this.#about = about;
  }

  /** Whether somebody here is a member, or applied. */
  get isPaying() {
    return this.#keep("isPaying", this.#people.some((one) => paidTo(one, this.#about).length > 0 || Boolean(appliedTo(one, this, this.#about))));
  }

  get persons() {
    return this.#keep("persons", this.#people.map((one) => ({ ...one, person: idOf(this.id, one.id), name: fullName(one) })));
  }

  get members() {
    return this.#keep("members", this.persons.flatMap((one) => [...paying(one, this.#about), ...applying(one, this, this.#about)]));
  }

  get dues() {
    const dues = {};
    for (const member of this.members) if (member.due) (dues[member.fund] ??= []).push(member);
    return this.#keep("dues", dues);
  }

  #keep(name, value) {
    Object.defineProperty(this, name, { value });
    return value;
  }
}

/** The register's id of somebody, worked out once. */
function idOf(house, one) {
  const key = `${house} ${one}`;
  if (!ids.has(key)) ids.set(key, uuid5(house, one));
  return ids.get(key);
}

const paidTo = ({ pays = [] }, { funds }) => pays.filter(([fund]) => funds[fund]);

function paying(one, about) {
  const { person, name } = one;
  return paidTo(one, about).map(([fund, number, told, chosen, taken]) => {
    const [plans, waits] = [chosen ?? about.funds[fund].plans, elsewhere(fund, taken, about)];
    const through = told && [told, about.covered.get(`${fund} ${person}`), waits?.to].filter(Boolean).sort().at(-1);
    return { person, name, fund, number, through, plans, waits, due: owed({ fund, person, through, plans, waits }, about) };
  });
}

const numberOf = ({ fund, book, no }) => `${fund} ${book} ${no}`;

/** A receipt that somebody else took, or this account with another phone; what was done with ours since is known better here. */
function elsewhere(fund, taken, { mine }) {
  const [book, no, on, to] = taken ?? [];
  return taken && !mine.has(numberOf({ fund, book, no })) ? { name: named({ book, no }), on, to } : null;
}

/** Who applied in an entry of ours that the kit does not show yet pays the first period; which days it covers the admission will say. */
function applying(one, house, about) {
  const fund = appliedTo(one, house, about);
  if (!fund) return [];
  const [{ person, name }, { plans }] = [one, about.funds[fund]];
  return [{ person, name, fund, number: null, through: null, plans, waits: null, due: owed({ fund, person, through: null, plans }, about) }];
}

/** The fund that somebody applied to at the latest visit of ours, and does not pay yet; or nothing. */
function appliedTo({ id, pays = [] }, { own }, { funds }) {
  const said = own.at(-1)?.says.payload.people?.find((one) => one.id === id);
  const fund = said?.membership === "apply" && said.application?.fund;
  return funds[fund] && !pays.some(([one]) => one === fund) ? fund : null;
}

/** Where nobody knows through when it is paid, what was taken holds for its period. */
function owed({ fund, person, through, plans, waits = null }, { today, covered }) {
  const isPaid = !through && [covered.get(`${fund} ${person} on`), waits?.on].some((on) => holds(on, plans, today));
  return isPaid ? null : usual(through, plans, today);
}

/** The receipts of a day that stand, by what they are about. */
function standing(receipts, day) {
  const found = new Map();
  for (const one of receipts) if (one.on === day && !one.isVoid) found.set(one.subject, [...(found.get(one.subject) ?? []), one]);
  return found;
}

/** Through when our standing receipts reach, by fund and person; and on which day somebody paid last. */
function furthest(receipts) {
  const found = new Map();
  for (const { isVoid, payload, on } of receipts) {
    for (const { person, kind, covers_to: to } of isVoid ? [] : payload.lines) {
      const key = `${payload.fund} ${person}`;
      if (kind !== "contribution" || !person) continue;
      found.set(`${key} on`, on);
      if (to && !(found.get(key) > to)) found.set(key, to);
    }
  }
  return found;
}
