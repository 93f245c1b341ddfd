/** What a claim's form begins with, and what it means: the members of the house as the kit knows them, and own claims that may be the same. */

import { values } from "../form/form-parts.js";
import { fullName, known } from "../kit/houses.js";
import { rightsOf } from "../kit/kit-rights.js";
import { dayOf } from "../lib/clock.js";
import { digits } from "../lib/thai.js";
import { uuid5 } from "../lib/uuid5.js";
import { written } from "../money/receipts.js";
import { PhoneError } from "../store/store.js";

const form = document.querySelector("form[data-form]");
const [scales, papers] = [form.dataset.scales, form.dataset.papers].map(JSON.parse);
let people = new Map();
let told = [];

/** What a new claim of a house opens with. Rejects: locked, missing. */
export async function opening(subject) {
  const { households } = await known(subject);
  const house = households.find(({ id }) => id === subject);
  if (!house) throw new PhoneError("missing");
  const payees = [{ id: crypto.randomUUID(), type: "member", share: 100, how: "cash" }];
  return { entry: { subject, base: null, replaces: null }, place: house.place, payload: { payees } };
}

/** Who lives there is offered, and what this phone recorded before is at hand -> what a filled-in form means. Rejects: locked. */
export async function about({ subject, replaces }) {
  const living = (await known(subject)).people.filter(({ household }) => household === subject);
  people = new Map(await Promise.all(living.map(async (one) => [await uuid5(subject, one.id), one])));
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

/** What was sent, with the items of its lists as the form knows them. */
export async function asTyped({ evidence = [], facts = [], payees = [], ...said }) {
  const idOf = (name) => uuid5(form.dataset.items, name);
  const isNamed = ({ paper }) => papers.includes(paper);
  const named = await Promise.all(evidence.filter(isNamed).map(async (one) => ({ ...one, id: await idOf(one.paper) })));
  const typed = facts.map(async (one) => ({ ...one, id: await idOf(one.name), ...(one.number !== undefined && { number: one.number / (scales[one.name] ?? 1) }) }));
  return {
    ...said,
    payees: payees.map((one) => ({ ...one, id: crypto.randomUUID() })),
    facts: await Promise.all(typed),
    papers: named,
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
