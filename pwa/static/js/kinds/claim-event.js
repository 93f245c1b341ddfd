/** What a claim's form begins with, and what it means: the members of the house as the kit knows them, and own claims that may be the same. */

import { values } from "../form/form-parts.js";
import { fullName, known } from "../kit/houses.js";
import { rightsOf, rowsIn } from "../kit/kit-rights.js";
import { isClaimed } from "../kit/unclaimed.js";
import { dayOf } from "../lib/clock.js";
import { digits } from "../lib/thai.js";
import { uuid5 } from "../lib/uuid5.js";
import { written } from "../money/receipts.js";
import { copy } from "../outbox/outbox.js";
import { askJson } from "../outbox/server.js";
import { PhoneError } from "../store/store.js";

const form = document.querySelector("form[data-form]");
const [scales, papers] = [form.dataset.scales, form.dataset.papers].map(JSON.parse);
let people = new Map();
let told = [];
let home = null;
let asked = null;
let dead = null;

/** What a new claim of a house opens with; `id` may go on with the number of an event of that house that nobody has claimed. Rejects: locked, missing. */
export async function opening(id) {
  const [subject, at] = id.split("_");
  const { households } = await known(subject);
  const house = households.find((one) => one.id === subject);
  if (!house) throw new PhoneError("missing");
  return begun(house, at && house.unclaimed?.[at]);
}

/** What happened to somebody in a visit of this phone, as `house_entry_person` names it. Rejects: locked, missing. */
export async function openingOfVisit(key) {
  const [subject, entry, id] = key.split("_");
  const { households } = await known(subject);
  const house = households.find((one) => one.id === subject);
  const { payload } = await copy(entry);
  const person = payload.people?.find((one) => one.id === id);
  if (!house || !person) throw new PhoneError("missing");
  const isDeath = person.gone === "died";
  const code = form.querySelector(`[name="_what"][data-event="${isDeath ? "death" : "birth"}"]`)?.value ?? ".";
  const called = calledIn(person);
  dead = isDeath ? { id: uuid5(subject, id), called } : null;
  return begun(house, [code, "", dead?.id, called, isDeath ? person.gone_on : person.birth_date, "", isDeath ? "" : called]);
}

const calledIn = ({ title = "", first_name: first = "", last_name: last = "", nickname = "" }) => [`${title}${first}`, last].filter(Boolean).join(" ") || nickname;

/** The same for somebody of whom this phone knows nothing, while there is a signal: a member by id, or oneself. Rejects: missing, offline. */
export async function ask(who) {
  asked = await askJson(`/claims/new/told?member=${encodeURIComponent(who)}`).catch((error) => {
    throw new PhoneError([403, 404].includes(error.status) ? "missing" : "offline");
  });
  const opened = begun(asked.household, null);
  return { ...opened, payload: { ...opened.payload, member: asked.member } };
}

/** Filled in with what is known; of a birthday the kit knows the month alone, so its day is asked. */
function begun({ id: subject, place }, event) {
  const [code = ".", , member, called, on = "", , name] = event ?? [];
  const [fund, benefit] = code.split(".");
  const payee = { id: crypto.randomUUID(), type: "member", share: 100, how: "cash", ...(event && member && { name: called }) };
  const said = event ? { ...(benefit && { fund, benefit }), ...(member && { member }), ...(on.length === 10 && { event_on: on }), ...(name && { subject: { name } }) } : {};
  return { entry: { subject, base: null, replaces: null }, place, payload: { ...said, payees: [payee] } };
}

/** Who lives there is offered, and what this phone recorded before is at hand -> what a filled-in form means. Rejects: locked. */
export async function about({ subject, replaces }) {
  const { households, people: everybody } = await known(subject);
  const isAsked = asked?.household.id === subject;
  home = households.find(({ id }) => id === subject) ?? (isAsked ? asked.household : null);
  const living = isAsked ? asked.people.map(withRights) : everybody.filter(({ household }) => household === subject);
  people = new Map(living.map((one) => [uuid5(subject, one.id), one]));
  const others = [...(home?.unclaimed ?? []), ...(dead ? [["", "", dead.id, dead.called]] : [])];
  for (const [, , id, called] of others) if (!people.has(id)) people.set(id, { name: { title: "", first_name: called, last_name: "" }, nickname: "" });
  form.elements.member.append(...[...people].map(([id, one]) => choice(id, one)));
  const gone = new Set([replaces]);
  for (const { record } of await written(["claim"])) gone.add(record.replaces);
  told = (await written(["claim"])).filter(({ record }) => !gone.has(record.id) && record.status?.state !== "rejected");
  return meaning;
}

/** The person whose right it is, as the kit has them. */
export const member = () => people.get(values("member")[0]);

/** A claim of this phone about the same event, or about a stay with nights in common; or nothing. */
export const twin = (payload) => told.find((one) => isSame(one.payload, payload))?.payload;

/** Whether the kit tells that another phone claimed the same already. */
export const isElsewhere = (payload) => isClaimed(home ?? undefined, payload);

/** Somebody as the server told them, with their rights as a kit has them. */
const withRights = ({ rights, ...person }) => ({ ...person, rights: rights === undefined ? [] : rowsIn(asked.told)[rights] });

/** What was sent, with the items of its lists as the form knows them. */
export function asTyped({ evidence = [], facts = [], payees = [], ...said }) {
  const idOf = (name) => uuid5(form.dataset.items, name);
  const isNamed = ({ paper }) => papers.includes(paper);
  const typed = facts.map((one) => ({ ...one, id: idOf(one.name), ...(one.number !== undefined && { number: one.number / (scales[one.name] ?? 1) }) }));
  return {
    ...said,
    payees: payees.map((one) => ({ ...one, id: crypto.randomUUID() })),
    facts: typed,
    papers: evidence.filter(isNamed).map((one) => ({ ...one, id: idOf(one.paper) })),
    evidence: evidence.filter((one) => !isNamed(one)),
  };
}

/** Fund and benefit are one choice; who is the member is named as in the register; a paper that nobody has seen is none yet. */
function meaning({ payload, blobs }) {
  const { papers: named = [], facts = [], evidence = [], payees = [], subject, ...said } = payload;
  const [fund, benefit] = (values("_what")[0] ?? `${form.dataset.fund}.`).split(".");
  const here = named.filter(({ id, blob }) => blob || values(`papers.${id}:seen`).length);
  const lists = { payees: payees.map((one) => withMember(one, said)), facts: facts.filter(isAnswered).map(scaled), evidence: [...here, ...evidence] };
  const filled = Object.entries(lists).filter(([, list]) => list.length);
  return { blobs, payload: { ...said, fund, ...(benefit && { benefit }), ...(subject && { subject: withMember(subject, said) }), ...Object.fromEntries(filled) } };
}

const withMember = (one, { member: person }) => (one.type === "member" && person ? { ...one, person } : one);

const isAnswered = ({ number, choice, yes }) => [number, choice, yes].some((one) => one !== undefined);

/** A number as it is kept: in satang, or in the smallest part that the regulation counts. What is no number stays as it was typed. */
function scaled(fact) {
  const number = Number(digits(String(fact.number ?? "")).replaceAll(",", "")) * (scales[fact.name] ?? 1);
  const whole = Math.round(number);
  return fact.number === undefined || !(Math.abs(number - whole) < 1e-6) ? fact : { ...fact, number: whole };
}

function isSame(one, other) {
  if (one.member !== other.member || one.fund !== other.fund || one.benefit !== other.benefit) return false;
  if (one.admit_on && other.admit_on) return one.admit_on < other.event_on && other.admit_on < one.event_on;
  return one.event_on === other.event_on && one.subject.type === other.subject?.type && (one.nth ?? 1) === (other.nth ?? 1);
}

function choice(id, person) {
  const option = new Option(fullName(person) || person.nickname, id);
  option.dataset.funds = [...new Set(rightsOf(person, dayOf()).map(({ code }) => code?.split(".")[0]))].join(" ");
  return option;
}
