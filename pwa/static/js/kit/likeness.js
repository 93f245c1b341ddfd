/**
 * Who may be the same person: the rules and points of pwa/domain/register/duplicates.py, held to it by a golden file.
 * Suggestions with their reasons, never a decision.
 */

import { alike, traits } from "./traits.js";

const ENOUGH = 60;
const FOR = {
  ...{ id: 100, swapped: 60, first: 40, first_sound: 36, first_near: 32, first_close: 22, first_far: 18 },
  ...{ nickname_as_name: 40, nickname: 20, only_nickname: 40 },
  ...{ last: 30, last_sound: 28, last_near: 26, last_close: 18, last_far: 16, old_last: 28, house: 20 },
  ...{ birth_date: 38, birth_year: 18, birth_slip: 14, birth_mixed: 14, birth_near: 8 },
};
const AGAINST = { id: 35, sex: 30, birth: 30, first: 15, last: 15, nickname: 8, house: 2 };
const YEARS_APART = 2;
const cache = new WeakMap();

/**
 * People of kit and queue who may be the one being typed, the likeliest first -> [{person, household, reasons, score}];
 * `household` is an id, reasons are codes with the strongest first. A person, and what is typed, may have: id, name {title,
 * first_name, last_name} or the three by themselves, nickname, old_last_names, sex, born or birth_date, house (number), place, id_index.
 */
export function likeness(people, typed, enough = ENOUGH) {
  const mine = traits(typed);
  const found = [];
  for (const person of people) {
    if (typed.id != null && typed.id === person.id) continue;
    const theirs = cache.get(person) ?? remember(person);
    const link = linkOf(mine, theirs);
    if (!link.length) continue;
    const reasons = [...link, ...lastOf(mine, theirs, link), ...around(mine, theirs)].sort((one, other) => FOR[other] - FOR[one]);
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

/** What ties the two by ID number, first name or nickname; nothing = not the same. */
function linkOf(mine, theirs) {
  const reasons = mine.id && mine.id === theirs.id ? ["id"] : [];
  const sameNickname = mine.nickname.key && mine.nickname.key === theirs.nickname.key;
  if (mine.first.key && theirs.first.key) {
    const called = alike("first", mine.first, theirs.first);
    reasons.push(...(called.length || !isSwapped(mine, theirs) ? called : ["swapped"]));
    if (sameNickname) reasons.push("nickname");
  } else if (sameNickname) {
    reasons.push("only_nickname");
  }
  const crossed = [[mine.nickname.key, theirs.first.key], [theirs.nickname.key, mine.first.key]];
  if (!reasons.some((name) => name !== "id") && crossed.some(([nickname, first]) => nickname && nickname === first)) reasons.push("nickname_as_name");
  return reasons;
}

function isSwapped({ first, last }, other) {
  return Boolean(first.sound && last.sound) && first.sound === other.last.sound && last.sound === other.first.sound;
}

function lastOf(mine, theirs, link) {
  if (link.includes("swapped")) return [];
  const reasons = alike("last", mine.last, theirs.last);
  if (reasons.length) return reasons;
  const was = ({ last }, { oldLasts }) => last.key && oldLasts.some((old) => old.sound === last.sound);
  return was(mine, theirs) || was(theirs, mine) ? ["old_last"] : [];
}

/** House and birth. Where it is not sure in which of two years a birth fell, either is as good. */
function around(mine, theirs) {
  const reasons = mine.house && mine.house === theirs.house ? ["house"] : [];
  const [[year, ...day], [theirYear, ...theirDay]] = [mine.birth, theirs.birth];
  if (!year || !theirYear) return reasons;
  const isSameYear = year === theirYear || (year + 1 === theirYear && mine.unsure) || (year === theirYear + 1 && theirs.unsure);
  const isWhole = [day, theirDay].every((parts) => parts.length === 2 && parts.every(Boolean));
  const isSameDay = isWhole && day[0] === theirDay[0] && day[1] === theirDay[1];
  const isMixed = day[0] === theirDay[0] || day[1] === theirDay[1] || (day[0] === theirDay[1] && day[1] === theirDay[0]);
  if (isSameDay) reasons.push(isSameYear ? "birth_date" : "birth_slip");
  else if (isSameYear && !isWhole) reasons.push("birth_year");
  else if (isSameYear && isMixed) reasons.push("birth_mixed");
  else if (Math.abs(year - theirYear) <= YEARS_APART) reasons.push("birth_near");
  return reasons;
}

function against(mine, theirs, reasons) {
  const has = (part) => reasons.some((name) => name.includes(part));
  const swapped = has("swapped");
  const differ = {
    id: mine.id && theirs.id && mine.id !== theirs.id,
    sex: mine.sex && theirs.sex && mine.sex !== theirs.sex,
    birth: mine.birth[0] && theirs.birth[0] && !has("birth"),
    first: mine.first.key && theirs.first.key && !has("first") && !has("_as_") && !swapped,
    last: mine.last.key && theirs.last.key && !has("last") && !swapped && !mine.ordained && !theirs.ordained,
    nickname: mine.nickname.key && theirs.nickname.key && mine.nickname.key !== theirs.nickname.key,
    house: mine.house && theirs.house && mine.house !== theirs.house,
  };
  return Object.keys(differ).reduce((sum, name) => sum + (differ[name] ? AGAINST[name] : 0), 0);
}
