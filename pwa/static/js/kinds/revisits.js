/**
 * Another visit to a house that this phone knows, filled in without a network. A house of the kit begins from the kit's version
 * and says in its base what could be shown; one that was recorded here and is in no kit yet begins from version 0 and waits for
 * the entry before it (protocol §3). Correcting an entry is no visit: it replaces.
 */

import { known } from "../kit/houses.js";
import { PhoneError } from "../store/store.js";

const ANEW = ["present", "id_number", "consent", "health"];
const VAGUE = "birth_date";

/** What the form opens with. Rejects: locked, missing. */
export async function opening(subject) {
  const { households } = await known(subject);
  const house = households.find(({ id }) => id === subject);
  if (!house) throw new PhoneError("missing");
  const began = house.own.at(-1)?.says.base;
  const isOfKit = house.kit && house.kit.version >= (began?.version ?? 0);
  const record = isOfKit ? ofKit(house.kit) : { house: {}, people: [] };
  for (const { says } of house.own) lay(record, says.payload);
  const base = isOfKit ? { version: house.kit.version, shown: shownOf(record) } : (began?.version ? began : { version: 0 });
  const payload = { house: record.house, people: record.people.map(({ vague, ...person }) => person) };
  return { entry: { subject, base, replaces: null, ...(base.shown && { record: payload }) }, place: house.place, payload, known: ids(payload) };
}

/** An own entry that began from a kit -> {record, whole}: the record around it, and that with the entry's own words. */
export async function around({ subject, payload }) {
  const { households } = await known(subject);
  const house = households.find(({ id, kit }) => id === subject && kit);
  if (!house) return { whole: payload };
  const { people: before } = ofKit(house.kit);
  const record = { people: before.map(({ vague, ...person }) => person) };
  const spoken = new Map((payload.people ?? []).map((person) => [person.id, person]));
  const own = record.people.map((person) => (spoken.has(person.id) ? { [VAGUE]: person[VAGUE], ...spoken.get(person.id) } : person));
  const fresh = (payload.people ?? []).filter(({ id }) => !record.people.some((person) => person.id === id));
  return { record, whole: { ...payload, people: [...own, ...fresh] } };
}

/**
 * What a form filled in from a kit means: people whom nobody touched are left out, and a year of birth that only stood there
 * is no answer. Gives the work on {payload, blobs}.
 */
export const meant = ({ base, record }) => {
  const before = new Map(record.people.map((person) => [person.id, person]));
  const isTouched = (person, { respondent }) => !isSame(person, before.get(person.id)) || respondent?.person === person.id;
  return ({ payload, blobs }) => {
    const people = (payload.people ?? []).filter((person) => isTouched(person, payload));
    return { payload: { ...payload, people: people.map((person) => exact(person, before.get(person.id), base.shown)) }, blobs };
  };
};

/** An applicant's form must say when they were born; there the server itself sees that the year is no news. */
function exact(person, before, shown) {
  const { [VAGUE]: born, ...rest } = person;
  const isOld = born && born === before?.[VAGUE] && !shown.includes(`people.${person.id}.${VAGUE}`);
  return isOld && person.membership !== "apply" ? rest : person;
}

function ofKit({ house, people }) {
  const record = { house: said(house), people: [] };
  for (const { id, name, nickname, born, relation, lives_here: livesHere } of people) {
    const called = said({ ...name, nickname });
    const about = { ...(Object.keys(called).length ? called : { name_unknown: true }), ...said({ relation }) };
    const where = typeof livesHere === "boolean" ? { living_here: livesHere } : {};
    record.people.push({ id, ...about, ...where, ...(born && { [VAGUE]: String(born), vague: true }) });
  }
  return record;
}

/** An earlier own visit over the record: its word about the house, and about each person whom it names. */
function lay(record, { house, people = [] }) {
  record.house = house;
  for (const person of people) {
    const own = Object.fromEntries(Object.entries(person).filter(([name]) => !ANEW.includes(name)));
    const at = record.people.findIndex(({ id }) => id === person.id);
    const before = record.people[at];
    const vague = before?.vague && !own[VAGUE] ? { [VAGUE]: before[VAGUE], vague: true } : {};
    if (at < 0) record.people.push(own);
    else record.people[at] = { ...vague, ...own };
  }
  record.people = record.people.filter(({ gone }) => !gone);
}

/** The paths of everything exact: only about these the form's silence says something. */
function shownOf({ house, people }) {
  const paths = [];
  const walk = (value, path) => {
    if (Array.isArray(value) && value.every((one) => one?.id)) for (const { id, ...rest } of value) walk(rest, `${path}.${id}`);
    else if (value && typeof value === "object" && !Array.isArray(value) && path !== "house.location") {
      for (const [name, part] of Object.entries(value)) walk(part, path ? `${path}.${name}` : name);
    } else if (value !== undefined) paths.push(path);
  };
  const exactly = ({ vague, [VAGUE]: born, ...rest }) => (vague || !born ? rest : { ...rest, [VAGUE]: born });
  walk({ house, people: people.map(exactly) }, "");
  return paths;
}

const said = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

const ids = ({ people }) => people.map(({ id }) => id);

const isSame = (one, other) => other !== undefined && ordered(one) === ordered(other);

const ordered = (value) => JSON.stringify(value, (_, part) => (part && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part));
