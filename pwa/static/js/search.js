/** Finds people and houses in the open kit by any part of what they are called, as the volunteer types. */

import { clean, digits, letters, searchKey } from "./thai.js";

export { likeness } from "./likeness.js";

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;
const MOST = 30;
const known = new WeakMap();

/** Prepares everybody once; `find` does it by itself where it was not done. */
export function index(kit) {
  const houses = new Map(kit.households.map((household) => [household.id, { household, ...houseKeys(household) }]));
  const people = kit.people.map((person) => ({ person, at: houses.get(person.household), ...personKeys(person) }));
  const made = { houses: [...houses.values()], people };
  known.set(kit, made);
  return made;
}

/**
 * Who and which houses fit -> [{household, person?, why: name|nickname|house|passbook|code}], the best first. Every word typed
 * must be part of a name, nickname, house number, landmark or passbook number; the text of a QR code names one person.
 */
export function find(kit, text, { limit = MOST } = {}) {
  const { houses, people } = known.get(kit) ?? index(kit);
  const typed = clean(text);
  const coded = scanned(typed);
  if (coded) return people.filter(({ ref }) => ref && coded.startsWith(ref)).map((one) => result(one, "code"));
  const whole = searchKey(typed);
  const number = digits(typed.toLowerCase()).replaceAll(" ", "");
  const words = typed.split(" ").map(word).filter((one) => one.key);
  if (!words.length) return [];
  const found = [];
  for (const one of people) {
    const rank = rankOf(one, whole, number, words);
    if (rank) found.push([...rank, result(one, rank[1])]);
  }
  for (const one of houses) {
    const rank = houseRank(one, number, words);
    if (rank !== null) found.push([rank, "house", { household: one.household, why: "house" }]);
  }
  return found
    .sort(([rank, , one], [other, , two]) => rank - other || (one.household.order < two.household.order ? -1 : 1))
    .slice(0, limit)
    .map(([, , one]) => one);
}

/** The start of a person's own code from the text of a QR code, or null. */
function scanned(text) {
  const [uuid] = text.match(UUID) ?? [];
  return uuid ? uuid.replaceAll("-", "").toLowerCase() : null;
}

const result = ({ person, at }, why) => ({ household: at.household, person, why });

const word = (text) => ({ key: letters(text), number: digits(text.toLowerCase()) });

const houseKeys = ({ house }) => ({
  number: digits(clean(house.number ?? "").toLowerCase()).replaceAll(" ", ""),
  about: letters(`${house.description ?? ""}${house.lane ?? ""}`),
});

const personKeys = ({ name, nickname, passbook, ref }) => ({
  name: searchKey(`${name.title ?? ""} ${name.first_name ?? ""} ${name.last_name ?? ""}`),
  nickname: searchKey(nickname ?? ""),
  passbook: letters(passbook ?? ""),
  ref,
});

/** [rank, why] of a person, the smaller the better; null for one who does not fit. */
function rankOf(one, whole, number, words) {
  if (one.passbook && one.passbook === words.map(({ key }) => key).join("")) return [0, "passbook"];
  if (whole && one.nickname === whole) return [1, "nickname"];
  if (whole && one.name.startsWith(whole)) return [2, "name"];
  if (whole && one.name.includes(whole)) return [4, "name"];
  if (whole && one.nickname.includes(whole)) return [5, "nickname"];
  if (one.passbook && words.length === 1 && words[0].key.length > 2 && one.passbook.includes(words[0].key)) return [6, "passbook"];
  if (words.length === 1 || !words.every((part) => fits(one, part))) return null;
  return [7, "name"];
}

const fits = ({ name, nickname, passbook, at }, { key, number }) =>
  name.includes(key) || nickname.includes(key) || passbook.includes(key) || at.number.includes(number);

function houseRank({ number, about }, typed, words) {
  if (!/\d/.test(typed)) return words.every(({ key }) => about.includes(key)) ? 6 : null;
  if (number === typed) return 0;
  if (number.startsWith(`${typed}/`)) return 1;
  if (number.startsWith(typed)) return 3;
  return number.includes(typed) || about.includes(words.map(({ key }) => key).join("")) ? 6 : null;
}
