/** Finds people and houses in the open kit by any part of what they are called, as the volunteer types. */

import { oneApart, numberKey } from "./traits.js";
import { clean, letters, searchKey, sound, stripTitle } from "../lib/thai.js";

export { likeness } from "./likeness.js";

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;
const MOST = 30;
const [LEAST, SHORTEST] = [3, 5];
const NO_WORDS = ["เลขที่", "บ้านเลขที่", "บ้าน"];
const LATER = 7;
const SLICE = 12;
const known = new WeakMap();
const beginning = new WeakMap();
const [keyOf, lettersOf, hear] = [searchKey, letters, sound].map(once);
const bare = once((name) => letters(stripTitle(name)[1]));

/** Prepares everybody at once, which takes ten thousand people a second or two on a slow phone; `find` does it where it was not done. */
export function index(kit) {
  for (const work = preparing(kit); !work.next().done; );
  return known.get(kit);
}

/** The same a few at a time, so that nobody who types meanwhile is kept waiting; once for a kit. */
export function prepare(kit) {
  if (!beginning.has(kit)) beginning.set(kit, inSlices(preparing(kit)));
  return beginning.get(kit);
}

async function inSlices(work) {
  for (let ends = performance.now() + SLICE; !work.next().done; ) {
    if (performance.now() < ends) continue;
    await new Promise((goOn) => setTimeout(goOn));
    ends = performance.now() + SLICE;
  }
}

/** Step by step; what people are heard as comes last, it is needed only where nobody is written so. */
function* preparing(kit) {
  const places = new Map((kit.places ?? []).map(({ code, name }) => [code, name.toLowerCase()]));
  const [houses, people] = [new Map(), []];
  for (const household of kit.households) yield houses.set(household.id, { household, place: places.get(household.place) ?? "", ...houseKeys(household) });
  for (const person of kit.people) yield people.push({ person, at: houses.get(person.household), ...personKeys(person) });
  for (const one of people) yield soundsOf(one);
  known.set(kit, { houses: [...houses.values()], people });
}

/**
 * Who and which houses fit -> [{household, person?, why: name|nickname|house|passbook|code}], the best first. Every word typed,
 * in any order, must be part of a name, nickname, house number, landmark, place or passbook number of one person. Where nothing
 * fits a word may sound alike, and where nothing does, one letter of it may be wrong: as pwa/domain/register/searches.py finds,
 * held to it by tests/golden/searches.json. The text of a QR code names one person.
 */
export function find(kit, text, { limit = MOST } = {}) {
  const { houses, people } = known.get(kit) ?? index(kit);
  const typed = clean(text);
  const coded = scanned(typed);
  if (coded) return people.filter(({ ref }) => ref && coded.startsWith(ref)).map((one) => result(one, "code"));
  const words = wordsOf(typed);
  if (!words.length) return [];
  let found = written(houses, people, searchKey(typed), words);
  for (const fits of [sounds, isMistyped]) {
    if (!found.length) found = people.filter((one) => words.every((word) => called(one, word) || around(one.at, word) || fits(one, word))).map((one) => [LATER, "name", result(one, "name")]);
  }
  return found
    .sort(([rank, , one], [other, , two]) => rank - other || (one.household.order < two.household.order ? -1 : 1))
    .slice(0, limit)
    .map(([, , one]) => one);
}

function written(houses, people, whole, words) {
  const found = [];
  for (const one of people) {
    const rank = rankOf(one, whole, words);
    if (rank) found.push([...rank, result(one, rank[1])]);
  }
  for (const one of houses) {
    const rank = houseRank(one, words);
    if (rank !== null) found.push([rank, "house", { household: one.household, why: "house" }]);
  }
  return found;
}

/** The start of a person's own code from the text of a QR code, or null. */
function scanned(text) {
  const [uuid] = text.match(UUID) ?? [];
  return uuid ? uuid.replaceAll("-", "").toLowerCase() : null;
}

const result = ({ person, at }, why) => ({ household: at.household, person, why });

/** Words as they are looked for; titles and "เลขที่" are none, unless nothing else was typed. */
function wordsOf(typed) {
  const parts = stripTitle(typed)[1].split(" ");
  const isTitle = (part) => stripTitle(`${part} ก`)[1] === "ก";
  const named = parts.filter((part) => !NO_WORDS.includes(part) && !isTitle(part)).map((part) => (isNumber(part) ? part : stripTitle(part)[1]));
  return (named.length ? named : parts).map(word).filter(({ key }) => key);
}

function word(text) {
  const key = letters(text);
  const number = isNumber(text) ? numberKey(text) : "";
  return { shown: text.toLowerCase(), key, number, sound: key.length >= LEAST && !number ? sound(key) : "" };
}

const isNumber = (text) => /\p{Nd}/u.test(text);

const houseKeys = ({ house }) => {
  const number = numberKey(house.number ?? "");
  const about = [letters(house.description ?? ""), letters(house.lane ?? "")].filter(Boolean).join(" ");
  return { number, about, search: `${number} ${about}` };
};

const personKeys = ({ name, nickname, passbook, ref }) => ({
  name: keyOf(`${name.first_name ?? ""} ${name.last_name ?? ""}`),
  nickname: keyOf(nickname ?? ""),
  passbook: letters(passbook ?? ""),
  ref,
});

/** [rank, why] of a person, the smaller the better; null for one who does not fit. */
function rankOf(one, whole, words) {
  if (one.passbook && one.passbook === words.map(({ key }) => key).join("")) return [0, "passbook"];
  if (whole && one.nickname === whole) return [1, "nickname"];
  if (whole && one.name.startsWith(whole)) return [2, "name"];
  if (whole && one.name.includes(whole)) return [4, "name"];
  if (whole && one.nickname.includes(whole)) return [5, "nickname"];
  if (one.passbook && words.length === 1 && words[0].key.length > 2 && one.passbook.includes(words[0].key)) return [6, "passbook"];
  if (words.length === 1) return one.name.includes(words[0].key) || one.nickname.includes(words[0].key) ? [LATER, "name"] : null;
  if (!words.some((part) => called(one, part)) || !words.every((part) => called(one, part) || around(one.at, part))) return null;
  return [LATER, "name"];
}

const called = ({ name, nickname, passbook }, { key }) => name.includes(key) || nickname.includes(key) || passbook.includes(key);

const around = ({ search, place }, { key, number, shown }) => search.includes(number || key) || place.includes(shown);

function houseRank(one, words) {
  const typed = words.length === 1 ? words[0].number : "";
  if (typed && one.number === typed) return 0;
  if (typed && one.number.startsWith(`${typed}/`)) return 1;
  if (typed && one.number.startsWith(typed)) return 3;
  return words.every((part) => around(one, part)) ? 6 : null;
}

/** The names of somebody as they are heard and compared letter by letter, made when first needed. */
function names(one) {
  const { first_name: first = "", last_name: last = "" } = one.person.name;
  return (one.names ??= [bare(first ?? ""), lettersOf(last ?? ""), bare(one.person.nickname ?? "")].filter(Boolean));
}

const soundsOf = (one) => (one.sounds ??= names(one).map(hear).join(" "));

const sounds = (one, { sound: wanted }) => wanted !== "" && soundsOf(one).includes(wanted);

/** One letter of the word is wrong, however much of the name it is meant for. Most names are those of several people. */
function isMistyped(one, word) {
  if (word.key.length < SHORTEST) return false;
  word.near ??= once((name) => oneApart(word.key, name) || oneApart(word.key, name.slice(0, word.key.length)));
  return names(one).some(word.near);
}

/** A function that answers the same text only once; the texts are the names of one community. */
function once(work) {
  const told = new Map();
  return (text) => {
    if (!told.has(text)) told.set(text, work(text));
    return told.get(text);
  };
}
