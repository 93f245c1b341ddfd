/**
 * While a person is typed: who of kit and queue may be the same, with the reasons in words. It never stands in the way: it
 * waits for a pause, asks once about each candidate, and on a locked phone says in one line that it could look.
 */

import { readDate } from "../form/form-state.js";
import { fullName, known } from "../kit/houses.js";
import { RECORD, addressOf } from "./kinds.js";
import { unlock } from "../kit/kit.js";
import { likeness } from "../kit/likeness.js";
import { row } from "../lib/templates.js";
import { text } from "../lib/texts.js";

const PAUSE = 400;
const NAMED = /^people\.([0-9a-f-]{36})\.(title|first_name|last_name|old_last_names|nickname|sex|birth_date:\w+)$/;
const LEAST = 2;

/** Looks from now on; fires `leave` with the address of the house when the person chooses to go there. */
export function watch(form, subject) {
  const watched = { form, subject, houses: null, isLocked: false, timer: 0 };
  const forget = () => (watched.houses = null);
  addEventListener("kit-changed", forget);
  new BroadcastChannel("outbox").addEventListener("message", ({ data }) => data.type === "changed" && forget());
  form.addEventListener("input", ({ target }) => noticed(watched, target));
  noticed(watched, document.activeElement);
}

function noticed(watched, target) {
  const [, person] = target.name?.match(NAMED) ?? [];
  if (!person || value(watched.form, `_known.${person}`)) return;
  clearTimeout(watched.timer);
  watched.timer = setTimeout(() => look(watched, person).catch(console.warn), PAUSE);
}

async function look(watched, person) {
  const { form, subject } = watched;
  const typed = read(form, person);
  if (Math.max(typed.first_name.length, typed.nickname.length) < LEAST) return place(form, person, null);
  watched.houses ??= await known().catch((error) => {
    if (error.code !== "locked") throw error;
    return null;
  });
  if (!watched.houses) return watched.isLocked || offerUnlock(watched, person);
  const asked = value(form, `_alike.${person}`).split(" ");
  const others = watched.houses.people.filter((other) => other.household !== subject);
  const found = likeness(others, typed).filter((one) => !asked.includes(keyOf(one)));
  place(form, person, found.length ? banner(watched, person, found, typed) : null);
}

function offerUnlock(watched, person) {
  watched.isLocked = true;
  const line = row("alike-locked", {});
  line.querySelector("button").addEventListener("click", () => unlock().then(() => look(watched, person)).catch(console.warn));
  place(watched.form, person, line);
}

function banner({ form, houses }, person, found, typed) {
  const [{ person: other, household, reasons }] = found;
  const { house } = houses.households.find(({ id }) => id === household);
  const where = house.number ? text("house", { number: house.number }) : house.description;
  const made = row("alike", { title: text("alike", { name: fullName(other) }), where });
  made.querySelector("ul").replaceChildren(...reasons.map((reason) => item(text(`alike-${reason}`, valuesOf(reason, typed, other)))));
  made.querySelector("[data-there]").addEventListener("click", () => {
    form.dispatchEvent(new CustomEvent("leave", { detail: addressOf(RECORD, "revisit", household) }));
  });
  made.querySelector("[data-on]").addEventListener("click", () => goOn(form, person, found));
  return made;
}

/** Remembered with the draft. */
function goOn(form, person, found) {
  const kept = form.querySelector(`[name="_alike.${person}"]`);
  kept.value = [kept.value, ...found.map(keyOf)].join(" ").trim();
  kept.dispatchEvent(new Event("input", { bubbles: true }));
  place(form, person, null);
  form.querySelector(`[name="people.${person}.nickname"]`).focus();
}

const keyOf = ({ person, household }) => `${household}/${person.id}`;

const value = (form, name) => form.querySelector(`[name="${name}"]`)?.value.trim() ?? "";

function read(form, person) {
  const said = (name) => value(form, `people.${person}.${name}`);
  const date = form.querySelector(`[data-date="people.${person}.birth_date"]`);
  return {
    ...{ title: said("title"), first_name: said("first_name"), last_name: said("last_name"), nickname: said("nickname") },
    old_last_names: said("old_last_names").split(",").filter(Boolean),
    sex: form.querySelector(`[name="people.${person}.sex"]:checked`)?.value,
    birth_date: date && readDate(date)?.iso,
    ...{ house: value(form, "house.number"), place: value(form, "_place") },
  };
}

/** One notice for each person, below the names; the same one again changes nothing. */
function place(form, person, made) {
  const field = form.querySelector(`[data-field="people.${person}.nickname"]`);
  const held = field?.parentElement.querySelector(":scope > [data-alike]");
  if (held && made && held.textContent === made.textContent) return;
  held?.remove();
  if (made) field?.after(made);
}

function item(sentence) {
  const line = document.createElement("li");
  line.textContent = sentence;
  return line;
}

/** The names that a reason is about, as both wrote them. */
function valuesOf(reason, typed, { name, nickname }) {
  if (reason.includes("nickname")) return { value: reason === "nickname_as_name" ? typed.nickname || typed.first_name : nickname };
  if (reason === "swapped") return { value: typed.first_name, other: typed.last_name };
  const part = reason.includes("last") ? "last_name" : "first_name";
  return { value: typed[part], other: name[part] };
}
