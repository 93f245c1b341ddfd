/** The lines of a paper page: whose each one is, for which days of whom, and what as usual is by the day of the page. */

import { find } from "../kit/search.js";
import { clean, digits } from "../lib/thai.js";
import { bought, periods, usual } from "./dues.js";
import { called, payerOf } from "./walk.js";

const CONTRIBUTION = "contribution";

/** The houses of which something is due by that day and that stand on no line yet, in walking order -> [line]. */
export function expected({ houses }, fund, day, lines) {
  const written = new Set(lines.map(({ subject }) => subject));
  return houses.filter(({ id }) => !written.has(id)).map((house) => asUsual(house, fund, day)).filter(Boolean);
}

/** Whoever was typed: a member number, else a name or a house -> line, or null where nobody fits. */
export function typed(world, fund, day, words) {
  const said = clean(digits(words));
  for (const house of world.houses) {
    const member = house.members.find((one) => one.fund === fund && one.number === said);
    if (member) return ofMember(house, member, day);
  }
  const [hit] = find(world.kept, words, { limit: 1 });
  const house = hit && world.houses.find(({ id }) => id === hit.household.id);
  if (!house) return null;
  const one = hit.person && house.persons.find(({ id }) => id === hit.person.id);
  if (!one) return asUsual(house, fund, day) ?? nothingDue(house, house.persons[0], fund, day);
  return nothingDue(house, one, fund, day);
}

/** The same for another sum or another kind of money; null where nobody could say whose it is. */
export function otherwise(line, { kind, satang }) {
  if (line.members.length !== 1) return null;
  const [{ person, through, plans }] = line.members;
  const days = kind === CONTRIBUTION ? bought(through, plans, satang) : {};
  return { ...line, lines: [{ person, kind, satang, ...days }], satang };
}

function asUsual(house, fund, day) {
  const owing = house.members.filter((one) => one.fund === fund).map((one) => ({ ...one, due: usual(one.through, one.plans, day) }));
  const members = owing.filter(({ due }) => due);
  return members.length ? written(house, members) : null;
}

/** One period ahead for who owes nothing; without days or sum for who is no member of the fund. */
function nothingDue(house, one, fund, day) {
  const member = house.members.find((it) => it.fund === fund && it.person === one?.person);
  if (member) return ofMember(house, member, day);
  return one ? written(house, [{ ...one, through: null, plans: [], due: { satang: 0, from: null, to: null } }]) : null;
}

const ofMember = (house, member, day) =>
  written(house, [{ ...member, due: usual(member.through, member.plans, day) ?? periods(member.through, member.plans, 1, day) ?? { satang: 0 } }]);

function written(house, members) {
  const lines = members.map(({ person, due: { satang, from, to } }) => ({ person, kind: CONTRIBUTION, satang, from, to }));
  const who = members.length === 1 ? [house.house?.number, members[0].name].filter(Boolean).join(" · ") : called(house);
  const known = members.map(({ person, name, through, plans }) => ({ person, name, through, plans }));
  return { subject: house.id, who, members: known, payer: payerOf(house, members), lines, satang: lines.reduce((sum, one) => sum + one.satang, 0) };
}
