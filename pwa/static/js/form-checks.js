/**
 * What must be mended before saving -> [{path, key, values}]; the page holds a sentence for each key.
 * The rules are those of pwa/domain/field/household_rules.py, held to it by tests/golden/forms.json.
 */

import { controls, isSaid, readDate } from "./form-state.js";
import { clean as idNumber, valid } from "./national-ids.js";
import { clean, digits, tooStrange } from "./thai.js";

const MOST_PEOPLE = 40;

/** What single fields show wrong: too long, not digits, no such day, an odd name. */
export function ofFields(form) {
  const dates = [...form.querySelectorAll("[data-date]")].flatMap((field) => {
    const { iso, question, problem, values } = readDate(field) ?? { iso: true };
    return iso ? [] : [{ path: field.dataset.date, key: question ?? problem, values }];
  });
  return [...controls(form).flatMap(ofControl), ...dates];
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

const tidy = (value, type) => (type === "id" ? idNumber(value).toUpperCase() : digits(value).replace(/[ -]/g, ""));

/** What the payload as a whole lacks or contradicts. */
export function ofPayload(payload) {
  const { house = {}, visit = {}, people = [] } = payload;
  const found = [];
  const say = (path, key, values = {}) => found.push({ path, key, values });
  if (!house.number && !house.description) say("house.number", "house");
  if (!visit.outcome) say("visit.outcome", "outcome");
  if (["refused", "absent"].includes(visit.outcome)) return found;
  if (people.length > MOST_PEOPLE) say("people", "crowd");
  for (const person of people) ofPerson(person, (path, key, values) => say(`people.${person.id}.${path}`, key, values));
  const heads = people.filter(({ relation, gone }) => relation === "head" && !gone);
  for (const { id } of heads.slice(1)) say(`people.${id}.relation`, "heads");
  const { person } = payload.respondent ?? {};
  if (person && !people.some(({ id }) => id === person)) say("respondent.person", "respondent");
  return found;
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
  for (const { id, name } of beneficiaries) if (!name) say(`application.beneficiaries.${id}.name`, "beneficiary");
  const shares = beneficiaries.filter(({ share }) => typeof share === "number");
  const sum = shares.reduce((total, { share }) => total + share, 0);
  if (shares.length && sum !== 100) say(`application.beneficiaries.${shares.at(-1).id}.share`, "shares", { sum });
  if (!pledge) say("application.pledge", "pledge");
  if (!signature.blob) say("application.signature", "signature");
  else if (signature.kind === "thumbprint" && !signature.witness) say("application.signature.witness", "witness");
}
