/** Reads the form into a payload or a draft, and writes either back. Names of controls are payload paths. */

import { dayOf } from "../lib/clock.js";
import { fromBuddhist, parts } from "../lib/dates.js";
import { clean as idNumber } from "../lib/national-ids.js";
import { clean, digits } from "../lib/thai.js";

const ITEM = /^([0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
// Parts of a date, and what the page alone needs; every other control is a value of the payload, a text unless it says what else.
const NO_VALUE = /^_|:/;
const DATE = /(_on|_date|_through)$/;

/** Today, whatever the clock of this phone says. */
export const today = () => dayOf();

/** A number as it is kept, however it was typed: digits, an ID number, or a phone number with dots, brackets or +66. */
export function tidy(value, type) {
  if (type === "id") return idNumber(value).toUpperCase();
  const bare = digits(clean(value)).replace(/[ -]/g, "");
  if (type !== "phone") return bare;
  return bare.replace(/[.()/\u2010-\u2015\u2212]/g, "").replace(/^(?:\+|00)660?(?=[1-9])|^66(?=[1-9][0-9]{7,8}$)/, "0");
}

export const controls = (root) => [...root.querySelectorAll("input[name], select[name], textarea[name]")];

export const isSaid = (control) => (/checkbox|radio/.test(control.type) ? control.checked : control.value.trim() !== "");

/** What the person typed, letter by letter -> [[name, value]]; a "no" that was said before stays a "no". */
export const fields = (root) =>
  controls(root).flatMap((control) => (isSaid(control) ? [[control.name, control.value]] : "said" in control.dataset ? [[control.name, "no"]] : []));

/** Puts waiting values into new controls and takes them off the list. */
export function apply(root, waiting) {
  const used = new Set();
  for (const control of controls(root)) {
    const values = waiting.get(control.name);
    if (!values) continue;
    used.add(control.name);
    if (control.dataset.type === "bool") control.dataset.said = "";
    if (/checkbox|radio/.test(control.type)) control.checked = values.includes(control.value);
    else {
      if (control.options && ![...control.options].some(({ value }) => value === values[0])) control.add(unknown(control, values[0]));
      control.value = control.dataset.type === "names" ? values.join(", ") : values[0];
    }
  }
  for (const name of used) waiting.delete(name);
}

/** What a list does not offer is kept as it was said, but for a community: where somebody may record no more, they choose anew. */
export function unknown(control, value) {
  if (control.name !== "_place") return new Option(value);
  control.dataset.gone = "";
  return Object.assign(new Option("", value), { hidden: true, disabled: true });
}

/**
 * A payload as the controls show it -> {fields, items}; `blobs` are the descriptions that its entry carried, `whole` the paths that one
 * control holds, and `fields` what the payload does not say in words.
 */
export function shown(payload, blobs = [], { whole = [], fields = [] } = {}) {
  const found = { fields: [...fields], items: [] };
  const say = (path, value) => found.fields.push([path, String(value)]);
  const walk = (value, path) => {
    const key = path.slice(path.lastIndexOf(".") + 1);
    if (Array.isArray(value)) for (const one of value) one && typeof one === "object" ? item(one, path) : say(path, one);
    else if (whole.includes(path)) say(path, JSON.stringify(value));
    else if (value && typeof value === "object") for (const [name, part] of Object.entries(value)) walk(part, path ? `${path}.${name}` : name);
    else if (typeof value === "boolean") say(path, value ? "yes" : "no");
    else if (DATE.test(key)) sayDate(value, path);
    else say(path, (key === "blob" || key === "photo") && blobs.some(({ sha256 }) => sha256 === value) ? JSON.stringify(blobs.find(({ sha256 }) => sha256 === value)) : value);
  };
  const item = ({ id, ...rest }, path) => {
    const name = id ?? rest.blob;
    if (!ITEM.test(name)) return;
    found.items.push(`${path}.${name}`);
    walk(rest, `${path}.${name}`);
  };
  const sayDate = (iso, path) => {
    for (const [part, number] of Object.entries(parts(iso))) if (number) say(`${path}:${part}`, number);
    if (iso.length === 4) say(`${path}:only`, "year");
  };
  walk(payload, "");
  return found;
}

/** The payload of what is on the form, and the pictures that it names. */
export function collect(form) {
  const payload = {};
  const blobs = [];
  for (const { dataset } of form.querySelectorAll("[data-path]")) reach(payload, dataset.path);
  for (const control of controls(form)) {
    const value = read(control);
    if (value === undefined) continue;
    if (value.sha256) blobs.push(value);
    const [place, key] = around(payload, control.name);
    if (control.dataset.type === "list") (place[key] ??= []).push(value);
    else place[key] = value.sha256 ?? value;
  }
  for (const field of form.querySelectorAll("[data-date]")) {
    const { iso } = readDate(field) ?? {};
    if (!iso) continue;
    const [place, key] = around(payload, field.dataset.date);
    place[key] = iso;
  }
  return { payload, blobs };
}

/** What the three parts of a date say: null when empty, else as dates.js reads it. */
export function readDate(field) {
  const part = (name) => field.querySelector(`[name$=":${name}"]`);
  const only = part("only")?.checked;
  const typed = ["day", "month", "year"].map((name) => (only && name !== "year" ? "" : part(name).value.trim()));
  if (!typed.some(Boolean)) return null;
  const reading = fromBuddhist(...typed, { today: today(), mayBeAhead: "ahead" in field.dataset });
  return "whole" in field.dataset && reading.iso?.length < 10 ? { problem: "unreadable", values: {} } : reading;
}

export function writeDate(field, iso) {
  for (const [name, number] of Object.entries(parts(iso))) field.querySelector(`[name$=":${name}"]`).value = number ?? "";
}

const READ = {
  text: clean,
  digits: (value) => tidy(value, "digits"),
  phone: (value) => tidy(value, "phone"),
  id: (value) => tidy(value, "id"),
  int: (value) => (/^[0-9]+$/.test(digits(clean(value))) ? Number(digits(clean(value))) : clean(value)),
  bool: () => true,
  yesno: (value) => value === "yes",
  list: (value) => value,
  names: (value) => [...new Set(value.split(",").map(clean).filter(Boolean))],
  json: JSON.parse,
  blob: (value) => (value.startsWith("{") ? JSON.parse(value) : value),
};

function read(control) {
  const { type = "text", none, said } = control.dataset;
  if (type === "bool" && !control.checked) return said === undefined ? undefined : false;
  if (NO_VALUE.test(control.name) || !isSaid(control) || control.value === none) return undefined;
  const value = READ[type](control.value);
  return value === "" || value.length === 0 ? undefined : value;
}

/** Where in the payload a value belongs -> [what holds it, its name there]. */
function around(payload, path) {
  const at = path.lastIndexOf(".");
  return [at < 0 ? payload : reach(payload, path.slice(0, at)), path.slice(at + 1)];
}

function reach(payload, path) {
  return path.split(".").reduce((here, step, at, steps) => {
    if (!ITEM.test(step)) return (here[step] ??= ITEM.test(steps[at + 1] ?? "") ? [] : {});
    const key = step.length === 64 ? "blob" : "id";
    const found = here.find((item) => item[key] === step);
    if (!found) here.push({ [key]: step });
    return found ?? here.at(-1);
  }, payload);
}
