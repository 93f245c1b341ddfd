/**
 * What happened is told once: a claim's birth or death goes into the house's visit, and a visit's into a claim; each is an entry of
 * its own. Who moved away, or married, has nothing to claim by it; told where a claim begins, it goes into the visit as well.
 */

import { uuid5 } from "../lib/uuid5.js";
import { copy } from "../outbox/outbox.js";
import { opening as revisit } from "./revisits.js";

const LATELY = 400 * 86_400_000;
const BY_ITSELF = { moved: { gone: "moved" }, married: { marital: "married" } };

/** The house's visit with what a claim of this phone told, as `house_entry_event` names it, or `house_member_event`. Rejects: locked, missing. */
export async function opening(key) {
  const [subject, entry, event] = key.split("_");
  if (BY_ITSELF[event]) return ofMember(subject, entry, BY_ITSELF[event]);
  const [opened, { payload: claim }] = await Promise.all([revisit(subject), copy(entry)]);
  const payload = structuredClone(opened.payload);
  if (["birth", "delivery"].includes(event)) payload.people.push(born(claim));
  else died(payload, subject, claim);
  return { ...opened, payload };
}

/** -> [{id, event}] of a visit's payload: who was born lately, and who died, with the id of the person. */
export function eventsIn({ people = [] }, today) {
  const isBorn = ({ birth_date: born = "", relation, gone }) => !gone && born.length === 10 && ["child", "grandchild"].includes(relation) && Date.parse(today) - Date.parse(born) < LATELY;
  const isDead = ({ gone, gone_on: on = "" }) => gone === "died" && on.length === 10;
  return people.flatMap((one) => (isDead(one) ? [{ id: one.id, event: "death" }] : isBorn(one) ? [{ id: one.id, event: "birth" }] : []));
}

/** A visit in which something is said of somebody, by the id that the register has. */
async function ofMember(subject, member, said) {
  const opened = await revisit(subject);
  const people = opened.payload.people.map((person) => (uuid5(subject, person.id) === member ? { ...person, ...said } : person));
  return { ...opened, payload: { ...opened.payload, people } };
}

function born({ event_on: on, subject: { name = "" } }) {
  const [first, ...last] = name.split(" ");
  return { id: crypto.randomUUID(), ...(first && { first_name: first }), ...(last.length && { last_name: last.join(" ") }), relation: "child", birth_date: on, living_here: true };
}

/** Whoever died is named by the register, or by the name that the register has; else the form opens as it is. */
function died(payload, subject, { member, subject: whom, event_on: on }) {
  const id = whom.type === "member" ? member : whom.person;
  for (const person of payload.people) {
    const isThem = id ? uuid5(subject, person.id) === id : whom.name && [person.first_name, person.last_name].filter(Boolean).join(" ") === whom.name;
    if (isThem) Object.assign(person, { gone: "died", gone_on: on });
  }
}
