/** The household form: what it asks beyond what every form does. People are named where the form speaks of them, and a visit goes on from what is known. */

import { fillIn } from "../form/form-engine.js";
import { values, write } from "../form/form-parts.js";
import { text } from "../lib/texts.js";

const form = document.querySelector("form[data-form]");
const revisits = () => import("./revisits.js");

fillIn({
  first: firstPerson,
  named: nameThem,
  about: () => ({ house: { number: values("house.number")[0], description: values("house.description")[0] } }),
  sources: {
    revisit: { open: async (id) => (await revisits()).opening(id), back: ["/round", "round"] },
    life: { open: async (key) => (await import("./life-events.js")).opening(key), back: ["/round", "round"] },
  },
  shown: ({ respondent }) => ({ whole: ["house.location"], fields: respondent?.name && !respondent.person ? [["respondent.person", "other"]] : [] }),
  around: async (sent) => sent.base?.shown && (await revisits()).around(sent),
  known: ({ people = [] }) => people.map(({ id }) => id),
  meant: async (entry) => entry.record && (await revisits()).meant(entry),
  extras: () => import("./household-extras.js"),
});

/** A new form begins with the head of the household. */
function firstPerson() {
  const path = `people.${crypto.randomUUID()}`;
  return { fields: [[`${path}.relation`, "head"]], items: [path] };
}

function nameThem() {
  const people = [...form.querySelectorAll("[data-card]")].map(({ dataset }, at) => ({ id: dataset.path.slice(7), n: at + 1 }));
  for (const person of people) person.name = nameOf(person);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  for (const place of form.querySelectorAll("[data-name-of]")) write(place, names.get(place.dataset.nameOf));
  for (const select of form.querySelectorAll("[data-people]")) offer(select, people);
  for (const place of form.querySelectorAll("[data-nobody]")) place.hidden = people.length > 0;
}

function nameOf({ id, n }) {
  const part = (name) => values(`people.${id}.${name}`)[0]?.trim();
  const name = [part("first_name"), part("last_name")].filter(Boolean).join(" ") || part("nickname");
  return name || text(part("name_unknown") ? "person-unknown" : "person", { n });
}

function offer(select, people) {
  const [blank, other] = ["", "other"].map((value) => [...select.options].find((option) => option.value === value));
  const chosen = select.value;
  select.replaceChildren(blank, ...people.map(({ id, name }) => new Option(name, id)), other);
  select.value = [...select.options].some(({ value }) => value === chosen) ? chosen : "";
}
