// How one person is compared with another: the same rules as pwa/domain/register/traits.py, held to it by golden files.

import { laterYear } from "../lib/dates.js";
import { clean, digits, letters, saysNoName, sound, stripTitle } from "../lib/thai.js";

const [SHORTEST, LONG, LONGEST] = [5, 6, 8];
const MALE = ["นาย", "เด็กชาย", "พระ", "พระมหา", "สามเณร", "Mr."];
const FEMALE = ["นาง", "นางสาว", "เด็กหญิง", "แม่ชี", "Mrs.", "Miss", "Ms."];
const SEX_OF_TITLE = { ...Object.fromEntries(MALE.map((title) => [title, "male"])), ...Object.fromEntries(FEMALE.map((title) => [title, "female"])) };
const ORDAINED = /^(?:พระ|หลวง|สามเณร|แม่ชี)/;
const MARK = /^\p{Mn}*$/u;

/** The traits of a person, or of what is typed, as `likeness` takes them. */
export function traits(person) {
  const [title, first, last] = parted({ ...person, ...person.name });
  const [year, month, day] = (person.birth_date || String(person.born || 0)).split("-").map(Number);
  return {
    first: named(first in SEX_OF_TITLE ? "" : first),
    last: named(last),
    nickname: named(stripTitle(person.nickname ?? "")[1]),
    oldLasts: (person.old_last_names ?? []).map((name) => named(name)),
    sex: ["male", "female"].includes(person.sex) ? person.sex : SEX_OF_TITLE[title],
    ordained: ORDAINED.test(title),
    birth: month === 1 && day === 1 ? [year] : [year, month, day],
    unsure: laterYear(person.birth_date || String(person.born || 0)) !== null,
    house: houseKey(person.place, person.house),
    id: person.id_index || null,
  };
}

/** A house number as it is compared and found: "เลขที่ ๔๕ / ๒" is 45/2. */
export function numberKey(number) {
  const plain = digits(clean(number)).toLowerCase().replaceAll(" ", "");
  return plain.replace(/^(?:บ้าน)?เลขที่|^บ้าน(?=[0-9])/, "").replace(/[^0-9a-zก-ฮ/-]/g, "");
}

/** Names that are the same, of one sound, or one letter apart (two in long ones) -> [code]. */
export function alike(kind, mine, theirs) {
  if (!mine.key || !theirs.key) return [];
  if (mine.key === theirs.key) return [kind];
  if (mine.sound === theirs.sound) return [`${kind}_sound`];
  for (const [one, other] of [[mine.key, theirs.key], [mine.sound, theirs.sound]]) {
    if (oneApart(one, other)) return [Math.max(one.length, other.length) >= LONG ? `${kind}_near` : `${kind}_close`];
  }
  return twoApart(mine.sound, theirs.sound) ? [`${kind}_far`] : [];
}

/** One letter more, less, changed or swapped; in words of less than five letters only a vowel or tone mark. */
export function oneApart(first, second) {
  const [one, other] = byLength(first, second);
  if (other.length - one.length > 1) return false;
  const start = common(one, other);
  if (start < one.length - 2 && one[one.length - 1] !== other[other.length - 1]) return false;
  const [rest, longer] = [one.slice(start), other.slice(start)];
  let changed;
  if (longer && (rest.slice(1) === longer.slice(1) || rest === longer.slice(1))) changed = longer[0] + (one.length === other.length ? rest.slice(0, 1) : "");
  else if (rest.length > 1 && rest[0] === longer[1] && rest[1] === longer[0] && rest.slice(2) === longer.slice(2)) changed = rest.slice(0, 2);
  else return false;
  return one.length >= SHORTEST || MARK.test(changed);
}

/** Two letters more, less or changed in words that begin alike and have eight letters or more. */
export function twoApart(first, second) {
  let [one, other] = byLength(first, second);
  if (one.length < LONGEST - 1 || other.length < LONGEST || other.length - one.length > 2 || one[0] !== other[0]) return false;
  const front = common(one, other);
  [one, other] = [one.slice(front), other.slice(front)];
  const back = commonEnd(one, other);
  [one, other] = [one.slice(0, one.length - back), other.slice(0, other.length - back)];
  return other.length <= 2 || isOneStep(one, other);
}

/** After a change at the front of what differs, only one more is left; `one` is the shorter. */
function isOneStep(one, other) {
  const isOne = (first, second) => {
    const [short, long] = byLength(first, second);
    const front = common(short, long);
    const [rest, longer] = [short.slice(front), long.slice(front)];
    return rest === longer || rest.slice(1) === longer.slice(1) || rest === longer.slice(1);
  };
  return isOne(one.slice(1), other.slice(1)) || isOne(one, other.slice(1)) || (one.length === other.length && isOne(one.slice(1), other));
}

/** A name of which nothing is stripped: พระทอง is a last name. Three people called ไม่ทราบ have no name in common. */
function named(text) {
  const written = letters(text);
  const key = saysNoName(written) ? "" : written;
  return { key, sound: sound(key) };
}

/** [title, first, last]: what stands in one field is parted. */
function parted({ title: before, first_name: called, last_name: family }) {
  let [title, first] = stripTitle(`${before ?? ""} ${called ?? ""}`);
  let last = clean(family ?? "");
  if (last && !first && last.includes(" ")) {
    const [found, rest] = stripTitle(last);
    title ||= found;
    [first, last] = cut(rest);
  } else if (first && !last) {
    [first, last] = cut(first);
  } else if (last && first.endsWith(` ${last}`)) {
    first = first.slice(0, -last.length - 1);
  }
  return [title, first, last];
}

function cut(text) {
  const at = text.indexOf(" ");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function houseKey(place, number) {
  const key = numberKey(String(number ?? ""));
  return key && `${place ?? ""}|${key}`;
}

const byLength = (first, second) => (first.length <= second.length ? [first, second] : [second, first]);

function common(one, other) {
  const most = Math.min(one.length, other.length);
  for (let at = 0; at < most; at += 1) if (one[at] !== other[at]) return at;
  return most;
}

function commonEnd(one, other) {
  const most = Math.min(one.length, other.length);
  for (let at = 1; at <= most; at += 1) if (one[one.length - at] !== other[other.length - at]) return at - 1;
  return most;
}
