/**
 * What must be mended before saving -> [{path, key, values}]; the page holds a sentence for each key.
 * The rules are those of pwa/domain/field/household_rules.py, held to it by tests/golden/forms.json.
 */

import { controls, isSaid, readDate, tidy } from "./form-state.js";
import { clean as idNumber, valid } from "./national-ids.js";
import { clean, digits, isNoName, tooStrange } from "./thai.js";

const MOST_PEOPLE = 40;
const MOST_PHOTOS = 20;
const MOST_BENEFICIARIES = 10;
const CALLED = ["first_name", "last_name", "nickname", "name", "by_name", "witness", "carer_name"];
const NO_NUMBERS = { phone: /^0[01]/, id_number: /^(.)\1*$/, code: /^(.)\1*$/, postal_code: /^0*$/ };

/** What single fields show wrong: too long, not digits, no such day, an odd name. */
export function ofFields(form) {
  const dates = [...form.querySelectorAll("[data-date]")].flatMap((field) => {
    const { iso, question, problem, values } = readDate(field) ?? { iso: true };
    return iso ? [] : [{ path: field.dataset.date, key: question ?? problem, values }];
  });
  return [...controls(form).flatMap(ofControl), ...dates];
}

/** The community: chosen, and one in which the person may still record. */
export function ofPlace(form) {
  const { value, dataset } = form.elements.namedItem("_place");
  if ("gone" in dataset) return [{ path: "_place", key: "place-gone" }];
  return value ? [] : [{ path: "_place", key: "place" }];
}

/** A doubt about an ID number: asked, never in the way. */
export const isDoubtful = (control) =>
  control.dataset.check === "id" && idNumber(control.value).length === 13 && !valid(idNumber(control.value));

function ofControl(control) {
  const { long, pattern, wrong, least, most, check, type } = control.dataset;
  if (!isSaid(control)) return [];
  const value = clean(control.value);
  const problem = (key, values = {}) => [{ path: control.name, key, values }];
  if (long && [...value].length > long) return problem("long", { n: long });
  if (pattern && wrong && !new RegExp(pattern, "u").test(tidy(value, type))) return problem(wrong);
  if (type === "int" && !/^[0-9]+$/.test(digits(value))) return problem("digits");
  if (least && (Number(digits(value)) < least || Number(digits(value)) > most)) return problem("number_range");
  const piece = check === "name" ? tooStrange(value) : "";
  return piece ? problem("strange", { piece }) : [];
}

/**
 * What the payload as a whole lacks or contradicts. `everybody` are the people of the form, also those whom a visit that began
 * from a kit leaves out.
 */
export function ofPayload(payload, everybody = payload.people ?? []) {
  const { house = {}, visit = {}, people = [], evidence = [] } = payload;
  const found = [];
  const say = (path, key, values = {}) => found.push({ path, key, values });
  ofValues(payload, "", "", say);
  if (!house.number && !house.description) say("house.number", "house");
  if (!visit.outcome) say("visit.outcome", "outcome");
  if (["refused", "absent"].includes(visit.outcome)) return found;
  if (people.length > MOST_PEOPLE) say("people", "crowd");
  if (evidence.length > MOST_PHOTOS) say("evidence", "many");
  const here = everybody.filter(({ gone }) => !gone);
  if (here.length && !here.some(({ relation }) => relation === "head")) say(`people.${here[0].id}.relation`, "head");
  if (!everybody.length && ["interested", "applied"].includes(visit.outcome)) say("people", "nobody");
  for (const person of people) ofPerson(person, (path, key, values) => say(`people.${person.id}.${path}`, key, values));
  const heads = people.filter(({ relation, gone }) => relation === "head" && !gone);
  for (const { id } of heads.slice(1)) say(`people.${id}.relation`, "heads");
  const { person } = payload.respondent ?? {};
  if (person && !people.some(({ id }) => id === person)) say("respondent.person", "respondent");
  return found;
}

/** Names that are none, and numbers that nobody has; wherever they stand. */
function ofValues(value, path, field, say) {
  if (Array.isArray(value)) for (const one of value) ofValues(one, one?.id || one?.blob ? `${path}.${one.id ?? one.blob}` : path, field, say);
  else if (value && typeof value === "object") for (const [name, part] of Object.entries(value)) ofValues(part, path ? `${path}.${name}` : name, name, say);
  else if (CALLED.includes(field) && isNoName(value)) say(path, "no_name");
  else if (NO_NUMBERS[field]?.test(value)) say(path, "no_number");
}

function ofPerson(person, say) {
  if (!person.first_name && !person.last_name && !person.nickname && !person.name_unknown) say("first_name", "name");
  const { id_kind: kind, id_number: number } = person;
  if (number && number.length !== 13 && ["thai_id", "zero_card"].includes(kind)) say("id_number", "id_length");
  if (typeof person.living_here !== "boolean") say("living_here", "living");
  if (!person.gone) ofMembership(person, say);
  const { health, by, by_name: name } = person.consent ?? {};
  if (health && !by) say("consent.by", "consent_by");
  if (health && by && by !== "self" && !name) say("consent.by_name", "consent_name");
  if (!health && person.health) say("health", "no_consent");
}

function ofMembership(person, say) {
  if (!["apply", "member"].includes(person.membership)) return;
  if (!person.first_name) say("first_name", "full_name");
  else if (!person.last_name && !person.no_last_name) say("last_name", "last_name");
  if (person.membership === "apply") return ofApplicant(person, say);
  const { fund, number, joined_on: joined, paid_through: paid } = person.passbook ?? {};
  if (!fund) say("passbook.fund", "passbook_fund");
  if (!number) say("passbook.number", "passbook_number");
  if (!joined) say("passbook.joined_on", "joined");
  if (!paid) say("passbook.paid_through", "paid");
}

function ofApplicant({ birth_date: born, application = {} }, say) {
  const { beneficiaries = [], pledge, signature = {} } = application;
  if (!born) say("birth_date", "birth");
  if (beneficiaries.length > MOST_BENEFICIARIES) say("application.beneficiaries", "many");
  for (const { id, name } of beneficiaries) if (!name) say(`application.beneficiaries.${id}.name`, "beneficiary");
  const shares = beneficiaries.filter(({ share }) => typeof share === "number");
  const sum = shares.reduce((total, { share }) => total + share, 0);
  if (shares.length && sum !== 100) say(`application.beneficiaries.${shares.at(-1).id}.share`, "shares", { sum });
  if (!pledge) say("application.pledge", "pledge");
  if (!signature.blob) say("application.signature", "signature");
  else if (signature.kind === "thumbprint" && !signature.witness) say("application.signature.witness", "witness");
}
