/**
 * The houses that this phone knows: those of its kit, and laid over them what the person recorded here and the kit does not
 * show yet, from its saving on. Reading needs an unlock.
 */

import { dayRecorded } from "../lib/clock.js";
import * as kits from "./kit.js";
import { me, unlocked } from "../account/keys.js";
import { isOfRecord } from "../kinds/kinds.js";
import * as outbox from "../outbox/outbox.js";
import { PhoneError } from "../store/store.js";
import { clean, digits } from "../lib/thai.js";

const AWAY = ["refused", "absent"];

/**
 * -> {at, households, people} shaped like the kit's; `at` is null without a kit. A household also has `kit` (what the kit says:
 * {version, house, people}, or null) and `own` ([{record, says}], oldest first). `subject` limits the own entries to one house.
 * Rejects: locked.
 */
export async function known(subject) {
  const [kit, mine] = await Promise.all([kits.open().catch(unless("missing")), current()]);
  return together(kit, subject ? mine.filter((record) => record.subject === subject) : mine);
}

/** The same of a kit that is open, or null, and of entries as `current` gives them. Rejects: locked. */
export async function together(kit, mine) {
  const entries = await opened(mine.filter((record) => !isIn(kit, record)));
  const people = new Map((kit?.households ?? []).map(({ id }) => [id, []]));
  for (const person of kit?.people ?? []) people.get(person.household).push(person);
  const houses = new Map((kit?.households ?? []).map((one) => [one.id, { ...one, kit: { ...one, people: people.get(one.id) }, own: [] }]));
  for (const entry of entries) lay(entry, houses, people);
  const households = ordered([...houses.values()]);
  return { at: kit?.at ?? null, households, people: households.flatMap(({ id }) => people.get(id)) };
}

/** The person's own entries about houses that none here or elsewhere took the place of, newest first, unopened. */
export async function current() {
  const account = (await me())?.account;
  const mine = (await outbox.list()).filter((record) => record.author === account && isOfRecord(record));
  const replaced = new Set(mine.map((record) => record.replaces));
  return mine.filter((record) => !replaced.has(record.id) && record.status?.state !== "replaced");
}

/** Somebody's name in full, with the nickname; empty where nobody knows one. */
export const fullName = ({ name, nickname }) =>
  [`${name.title}${name.first_name}`, name.last_name, nickname && `(${nickname})`].filter(Boolean).join(" ");

/** Houses as one walks; those without an order come last, by their number. */
export function ordered(households) {
  const keyed = households.map((house) => [house.order ?? `999|${walking(house.house)}`, house]);
  return keyed.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, house]) => house);
}

/** Opened; what lies under the key of an earlier passkey is passed over. */
async function opened(mine) {
  const entries = mine.reverse();
  if (entries.length && !(await unlocked())) throw new PhoneError("locked");
  const says = await Promise.all(entries.map(({ id }) => outbox.copy(id).catch(unless("missing", "locked"))));
  return entries.map((record, at) => ({ record, says: says[at] })).filter((entry) => entry.says);
}

/** What was approved before the kit came is in it. */
const isIn = (kit, { saved, status, subject }) =>
  status?.state === "approved" && saved < (kit?.at ?? 0) && kit.households.some(({ id }) => id === subject);

function lay({ record, says }, houses, people) {
  const { subject, place, payload } = says;
  const before = houses.get(subject) ?? { id: subject, version: 0, people: [], kit: null, own: [] };
  const house = { number: "", moo: "", lane: "", description: "", ...payload.house };
  const { outcome, revisit_on: revisitOn = null } = payload.visit;
  const visit = { on: dayRecorded(says), outcome, revisit_on: revisitOn };
  const said = AWAY.includes(outcome) ? [] : (payload.people ?? []);
  const here = living(people.get(subject) ?? [], said, subject);
  for (const person of here) Object.assign(person, { house: house.number, place: place ?? before.place });
  const own = [...before.own, { record, says }];
  const order = before.kit ? before.order : `${rank(place, houses)}|${walking(house)}`;
  houses.set(subject, { ...before, place: place ?? before.place, house, order, visit, people: here.map(({ id }) => id), own });
  people.set(subject, here);
}

/** Who was there before and who the form names; the form's word about a person counts. */
function living(before, said, household) {
  const spoken = new Map(said.map((person) => [person.id, person]));
  const shaped = (person, held) => ({
    ...held,
    id: person.id,
    household,
    name: { title: person.title ?? "", first_name: person.first_name ?? "", last_name: person.last_name ?? "" },
    nickname: person.nickname ?? "",
    old_last_names: person.old_last_names ?? held?.old_last_names ?? [],
    born: person.birth_date ? Number(person.birth_date.slice(0, 4)) : (held?.born ?? null),
    relation: person.relation ?? held?.relation ?? "",
    standing: held?.standing ?? "none",
    last4: person.id_number?.slice(-4) ?? held?.last4 ?? "",
    passbook: person.passbook?.number ?? held?.passbook ?? null,
  });
  const kept = before.map((person) => (spoken.has(person.id) ? shaped(spoken.get(person.id), person) : { ...person }));
  const fresh = said.filter(({ id }) => !before.some((person) => person.id === id)).map((person) => shaped(person));
  return [...kept, ...fresh].filter(({ id }) => !spoken.get(id)?.gone);
}

/** Where a place comes in the walk, as its houses in the kit say. */
const rank = (place, houses) => [...houses.values()].find((house) => house.kit && house.place === place)?.order.split("|")[0] ?? "999";

/** The order of kits.order on the server: 2 before 10, 45 before 45/2, houses without a number last. */
function walking({ number, moo, description = "" }) {
  if (!number) return `~${description}`;
  const parts = digits(clean(`${moo || 0}/${number}`)).match(/\d+|[^\d/]+/g) ?? [];
  return parts.map((part) => (/^\d/.test(part) ? part.padStart(6, "0") : part.trim())).join("/");
}

/** What passes over errors of these codes, with nothing in their place. */
export const unless = (...codes) => (error) => {
  if (!codes.includes(error.code)) throw error;
  return null;
};
