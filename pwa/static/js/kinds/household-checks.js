/**
 * What a household must not lack or contradict before it is saved -> [{path, key, values}]; the page holds a sentence for each key.
 * The rules are those of pwa/domain/kinds/household_rules.py, held to it by tests/golden/forms.json.
 */

import { isNoName, tooStrange } from "../lib/thai.js";

export const MOST_PEOPLE = 40;
const MOST_PHOTOS = 20;
const MOST_BENEFICIARIES = 10;
const CALLED = ["first_name", "last_name", "nickname", "name", "by_name", "witness", "carer_name"];
const NO_NUMBERS = { phone: /^0[01]/, id_number: /^(.)\1*$/, code: /^(.)\1*$/, postal_code: /^0*$/ };

/**
 * What the payload as a whole lacks or contradicts. The form's own people are more than its payload's: also those whom a visit that began
 * from a kit leaves out.
 */
export function ofPayload(payload, { people: everybody = [] } = payload) {
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
  else if (CALLED.includes(field) && tooStrange(value)) say(path, "strange", { piece: tooStrange(value) });
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
