/** What the form of a claim needs only once somebody types: what it will probably come to, what is missing, and the same event told twice. */

import { isElsewhere, member, twin } from "./claim-event.js";
import { line } from "./household-summary.js";
import { values, write } from "../form/form-parts.js";
import { readDate } from "../form/form-state.js";
import { fullName } from "../kit/houses.js";
import { rightsOf } from "../kit/kit-rights.js";
import { dayOf } from "../lib/clock.js";
import { day, text } from "../lib/texts.js";

let filled = "";

/** What was chosen says who is paid, where one person is -> whether that is news. */
export function settled(form, target) {
  if (!/^(member|_what)$|^payees\..*\.type$/.test(target.name)) return false;
  const [card, ...others] = form.querySelectorAll('[data-list="payees"] > [data-path]');
  if (!card || others.length) return false;
  const part = (name) => card.querySelector(`[name$=".${name}"]`);
  const usual = form.querySelector('[name="_what"]:checked')?.dataset.payee;
  if (target.name === "_what") part("type").value = usual;
  const own = part("type").value === "member" && member() ? called(member()) : "";
  if (part("name").value === filled) part("name").value = filled = own;
  return true;
}

/** What the rules of the form do not say: days in their order, numbers that are none, and an event that was told before. */
export function ofPayload(payload) {
  const found = [];
  const { admit_on: admitted, event_on: on, facts = [] } = payload;
  const asksAdmission = document.querySelector('[data-date="admit_on"]');
  if (asksAdmission && !readDate(asksAdmission)) found.push({ path: "admit_on", key: "required" });
  if (admitted && on && on < admitted) found.push({ path: "event_on", key: "out_before_in" });
  for (const { id, number } of facts) if (typeof number === "string") found.push({ path: `facts.${id}.number`, key: "digits" });
  const before = on && twin(payload);
  const elsewhere = !before && on && isElsewhere(payload);
  showTwin(before || elsewhere);
  if (elsewhere && !values("_again").length) found.push({ path: "event_on", key: "elsewhere" });
  if (before && !values("_again").length) found.push({ path: "event_on", key: "again", values: { date: day(Date.parse(before.event_on)) } });
  return found;
}

/** Ids are the form's alone. */
export function finished({ payload, blobs }) {
  const bare = ([name, value]) => [name, Array.isArray(value) ? value.map(({ id, ...rest }) => rest) : value];
  return { blobs, payload: Object.fromEntries(Object.entries(payload).map(bare)) };
}

/** What it will probably come to, and what will be saved and is not here yet. */
export function summarise(form) {
  showMaybe(form);
  const count = (selector) => form.querySelectorAll(selector).length;
  const photos = [...form.querySelectorAll('[name^="papers."][name$=".blob"], [name^="evidence."][name$=".blob"]')].filter(({ value }) => value);
  const missing = [...form.querySelectorAll("[data-paper]")].filter((one) => !isHere(one)).map((one) => one.querySelector("h3").textContent);
  const lines = [
    ["done", text("sum-payees", { n: count('[data-list="payees"] > [data-path]') })],
    ["done", text("sum-photos", { n: photos.length })],
    ...missing.map((paper) => ["wait", text("sum-missing", { paper })]),
  ];
  form.querySelector("[data-summary] ul").replaceChildren(...lines.map(([kind, sentence]) => line(kind, sentence)));
}

function showMaybe(form) {
  const [part, what, field] = [form.querySelector("[data-maybe]"), values("_what")[0], form.querySelector('[data-date="event_on"]')];
  part.hidden = !what || !member();
  if (part.hidden) return;
  const on = readDate(field)?.iso ?? dayOf();
  const known = rightsOf(member(), on).find(({ code }) => code === what);
  write(part.querySelector("h3"), known ? text("maybe", { says: known.says }) : text("maybe-unknown"));
}

/** Where the same event was found it may be recorded once more, on purpose. */
function showTwin(before) {
  document.querySelector("[data-twin]").hidden = !before;
}

const isHere = (paper) => paper.querySelector('[name$=".blob"]').value || paper.querySelector('[name$=":seen"]').checked;

const called = ({ name, nickname }) => fullName({ name, nickname: "" }) || nickname;
