/**
 * Who may be the same person: the rules and points of pwa/domain/registry/duplicates.py, held to it by a golden file.
 * Suggestions with their reasons, never a decision.
 */

import { searchKey, soundKey, stripTitle } from "./thai.js";

const ENOUGH = 60;
const FOR = {
  ...{ id: 100, first: 40, first_sound: 34, first_near: 30, first_close: 22, nickname_as_name: 40, nickname: 20, only_nickname: 40 },
  ...{ last: 30, last_sound: 26, last_near: 22, last_close: 18, old_last: 28, house: 20 },
  ...{ birth_date: 36, birth_year: 18, birth_slip: 14, birth_near: 8 },
};
const AGAINST = { id: 35, sex: 30, birth: 30, first: 15, last: 15, nickname: 8, house: 5 };
const YEARS_APART = 2;
const SHORTEST = 5;
const LONG = 6;
const MALE = ["นาย", "เด็กชาย", "พระ", "พระมหา", "สามเณร", "Mr."];
const FEMALE = ["นาง", "นางสาว", "เด็กหญิง", "แม่ชี", "Mrs.", "Miss", "Ms."];
const SEX_OF_TITLE = { ...Object.fromEntries(MALE.map((title) => [title, "male"])), ...Object.fromEntries(FEMALE.map((title) => [title, "female"])) };
const MARK = /^\p{Mn}*$/u;
const cache = new WeakMap();

/**
 * People of kit and queue who may be the one being typed, the likeliest first -> [{person, household, reasons, score}];
 * `household` is an id, reasons are codes with the strongest first. A person, and what is typed, may have: id, name {title,
 * first_name, last_name} or the three by themselves, nickname, old_last_names, sex, born or birth_date, house (number), place.
 */
export function likeness(people, typed, enough = ENOUGH) {
  const mine = traits(typed);
  const found = [];
  for (const person of people) {
    if (typed.id != null && typed.id === person.id) continue;
    const theirs = cache.get(person) ?? remember(person);
    const link = linkOf(mine, theirs);
    if (!link.length) continue;
    const reasons = [...link, ...lastOf(mine, theirs), ...around(mine, theirs)].sort((one, other) => FOR[other] - FOR[one]);
    const score = reasons.reduce((sum, name) => sum + FOR[name], 0) - against(mine, theirs, reasons);
    if (score >= enough) found.push({ person, household: person.household, reasons, score });
  }
  return found.sort((one, other) => other.score - one.score);
}

function remember(person) {
  const made = traits(person);
  cache.set(person, made);
  return made;
}

function traits(person) {
  const { title, first_name, last_name } = { ...person, ...person.name };
  const [called, first] = stripTitle(`${title ?? ""} ${first_name ?? ""}`);
  const [year, month, day] = (person.birth_date || String(person.born || 0)).split("-").map(Number);
  const isNewYear = month === 1 && day === 1;
  return {
    first: named(first in SEX_OF_TITLE ? "" : first),
    nickname: named(person.nickname ?? ""),
    last: named(last_name ?? ""),
    oldLasts: (person.old_last_names ?? []).map((name) => named(name)),
    sex: ["male", "female"].includes(person.sex) ? person.sex : SEX_OF_TITLE[called],
    birth: isNewYear ? [year] : [year, month, day],
    house: person.house ? `${person.place ?? ""}|${person.house}` : "",
    id: person.id_index ?? null,
  };
}

function named(text) {
  const key = searchKey(text);
  return { key, sound: soundKey(key) };
}

/** What ties the two by ID number, first name or nickname; nothing = not the same. */
function linkOf(mine, theirs) {
  const reasons = mine.id && mine.id === theirs.id ? ["id"] : [];
  const sameNickname = mine.nickname.key && mine.nickname.key === theirs.nickname.key;
  if (mine.first.key && theirs.first.key) {
    reasons.push(...alike("first", mine.first, theirs.first));
    if (sameNickname) reasons.push("nickname");
  } else if (sameNickname) {
    reasons.push("only_nickname");
  }
  const swapped = [[mine.nickname.key, theirs.first.key], [theirs.nickname.key, mine.first.key]];
  if (!reasons.some((name) => name !== "id") && swapped.some(([nickname, first]) => nickname && nickname === first)) reasons.push("nickname_as_name");
  return reasons;
}

function lastOf(mine, theirs) {
  const reasons = alike("last", mine.last, theirs.last);
  if (reasons.length) return reasons;
  const was = ({ last }, { oldLasts }) => last.key && oldLasts.some((old) => old.sound === last.sound);
  return was(mine, theirs) || was(theirs, mine) ? ["old_last"] : [];
}

/** House and birth. */
function around(mine, theirs) {
  const reasons = mine.house && mine.house === theirs.house ? ["house"] : [];
  const [[year, ...day], [theirYear, ...theirDay]] = [mine.birth, theirs.birth];
  if (!year || !theirYear) return reasons;
  const isWhole = (parts) => parts.length === 2 && parts.every(Boolean);
  const equal = day[0] === theirDay[0] && day[1] === theirDay[1];
  const isSameDay = isWhole(day) && equal;
  const isOtherDay = isWhole(day) && isWhole(theirDay) && !equal;
  if (isSameDay) reasons.push(year === theirYear ? "birth_date" : "birth_slip");
  else if (year === theirYear && !isOtherDay) reasons.push("birth_year");
  else if (Math.abs(year - theirYear) <= YEARS_APART) reasons.push("birth_near");
  return reasons;
}

function against(mine, theirs, reasons) {
  const has = (part) => reasons.some((name) => name.includes(part));
  const differ = {
    id: mine.id && theirs.id && mine.id !== theirs.id,
    sex: mine.sex && theirs.sex && mine.sex !== theirs.sex,
    birth: mine.birth[0] && theirs.birth[0] && !has("birth"),
    first: mine.first.key && theirs.first.key && !has("first") && !has("_as_"),
    last: mine.last.key && theirs.last.key && !has("last"),
    nickname: mine.nickname.key && theirs.nickname.key && mine.nickname.key !== theirs.nickname.key,
    house: mine.house && theirs.house && mine.house !== theirs.house,
  };
  return Object.keys(differ).reduce((sum, name) => sum + (differ[name] ? AGAINST[name] : 0), 0);
}

function alike(kind, mine, theirs) {
  if (!mine.key || !theirs.key) return [];
  if (mine.key === theirs.key) return [kind];
  if (mine.sound === theirs.sound) return [`${kind}_sound`];
  for (const [one, other] of [[mine.key, theirs.key], [mine.sound, theirs.sound]]) {
    if (oneApart(one, other)) return [Math.max(one.length, other.length) >= LONG ? `${kind}_near` : `${kind}_close`];
  }
  return [];
}

/** One letter more, less, changed or swapped; in words of less than five letters only a vowel or tone mark. */
function oneApart(first, second) {
  const [one, other] = first.length <= second.length ? [first, second] : [second, first];
  if (other.length - one.length > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [rest, longer] = [one.slice(start), other.slice(start)];
  let changed;
  if (longer && (rest.slice(1) === longer.slice(1) || rest === longer.slice(1))) changed = longer[0] + (one.length === other.length ? rest.slice(0, 1) : "");
  else if (rest.length > 1 && rest[0] === longer[1] && rest[1] === longer[0] && rest.slice(2) === longer.slice(2)) changed = rest.slice(0, 2);
  else return false;
  return one.length >= SHORTEST || MARK.test(changed);
}
