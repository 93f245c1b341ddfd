/** What comes and goes in the form: parts that a condition calls for, and the cards of a list. What is typed is never lost. */

import { age } from "../lib/dates.js";
import { apply, controls, fields, isSaid, readDate, today } from "./form-state.js";

const form = document.querySelector("form[data-form]");
const months = document.querySelector("template[data-months]");
const parts = new Map();
const sources = new Map();
const waiting = new Map();
let waitingItems = [];
let named = () => {};

/** Puts a draft or a record on the form; what has no place yet waits until its part comes. */
export function fill(written) {
  begin(written);
  refresh();
}

/** The same without the cards of lists, which come with the next `refresh`; a draft names them from now on. `inWords` is called whenever names may have changed. */
export function begin({ fields: pairs, items }, inWords = named) {
  named = inWords;
  for (const [name, value] of pairs) waiting.set(name, [...(waiting.get(name) ?? []), value]);
  waitingItems.push(...items);
  apply(form, waiting);
  describe(form);
  settle(templates(form));
}

/** A field is called by the name of its first control; a hint is read out with what it is about. */
function describe(root) {
  for (const field of root.querySelectorAll('[data-field=""]')) {
    field.dataset.field = field.querySelector("[name]").name.split(":")[0];
    if ("date" in field.dataset) field.dataset.date = field.dataset.field;
  }
  for (const hint of root.querySelectorAll("[data-field] > .field__hint:not([id])")) {
    const field = hint.parentElement;
    hint.id = `${field.dataset.field}-hint`;
    const about = field.localName === "fieldset" ? field : field.querySelector(":scope > .field__input");
    about?.setAttribute("aria-describedby", hint.id);
  }
}

/** Everything typed so far, also in parts that are put away -> {fields, items}. */
export function draft() {
  const away = [...parts.values()].filter((part) => !part.parentNode);
  const roots = [form, ...away];
  const later = [...waiting].flatMap(([name, values]) => values.map((value) => [name, value]));
  const items = roots.flatMap((root) => [...root.querySelectorAll("[data-path]")].map(({ dataset }) => dataset.path));
  return { fields: [...roots.flatMap(fields), ...later], items: [...new Set([...items, ...waitingItems])] };
}

/** Brings in the parts whose condition holds and puts the others away; `name` limits it to what that control decides. */
export function refresh(name) {
  settle(name ? deciding(name) : templates(form));
  const ready = waitingItems.filter((path) => lists(path).length);
  waitingItems = waitingItems.filter((path) => !ready.includes(path));
  for (const path of ready) add(path);
  if (ready.length && waitingItems.length) refresh();
  rename();
}

/** The parts that depend on a control. */
export const deciding = (name) => [...form.querySelectorAll(`template[data-when*="${CSS.escape(name.split(":")[0])}"]`)];

/** A card in every list of its kind; gives the first. */
export function add(path) {
  const id = path.slice(path.lastIndexOf(".") + 1);
  const cards = lists(path).map((list) => {
    const known = [...list.children].find(({ dataset }) => dataset.path === path);
    if (known) return known;
    const card = built(sourceOf(list).replaceAll(`{${list.dataset.token}}`, id));
    card.firstElementChild.dataset.path = path;
    list.append(card);
    settle(templates(list.lastElementChild));
    return list.lastElementChild;
  });
  return cards[0];
}

/** Takes a card out of every list; gives the way back. */
export function remove(path) {
  const taken = [...form.querySelectorAll(`[data-path="${path}"]`)].map((card) => [card, card.parentNode, card.nextSibling]);
  for (const [card] of taken) card.remove();
  rename();
  return () => {
    for (const [card, parent, next] of taken) parent.insertBefore(card, next?.parentNode === parent ? next : null);
    refresh();
  };
}

export const count = (list) => form.querySelector(`[data-list="${list}"]`)?.querySelectorAll(":scope > [data-path]").length ?? 0;

/** Writes answers wherever the form speaks of them, and what the form itself names. */
export function rename() {
  for (const place of form.querySelectorAll("[data-shows]")) write(place, said(place.dataset.shows) || place.dataset.else || "");
  named();
}

export const values = (name) => nodes(name).filter(isSaid).map(({ value }) => value).filter(Boolean);

function lists(path) {
  return [...form.querySelectorAll(`[data-list="${path.slice(0, path.lastIndexOf("."))}"]`)];
}

const templates = (root) => [...root.querySelectorAll("template[data-when]")];

function settle(some) {
  for (let template; (template = some.shift()); ) {
    const part = parts.get(template);
    const wanted = holds(template.dataset.when);
    if (!template.isConnected || wanted === Boolean(part?.parentNode)) continue;
    if (!wanted) part.remove();
    else {
      template.after(part ?? make(template));
      some.push(...templates(parts.get(template)));
    }
  }
}

export function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}

function make(template) {
  const part = document.createElement("div");
  part.className = "part";
  part.append(filled(template.content));
  parts.set(template, part);
  return part;
}

/** What a card of this list is made of; the template itself is read once. */
function sourceOf(list) {
  if (!sources.has(list)) sources.set(list, list.querySelector(":scope > template").innerHTML);
  return sources.get(list);
}

function built(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return filled(template.content);
}

/** The months stand in the page once, whatever asks for a date. */
function filled(content) {
  for (const list of content.querySelectorAll('select[name$=":month"]')) list.append(months.content.cloneNode(true));
  apply(content, waiting);
  describe(content);
  for (const field of content.querySelectorAll("[data-today]")) {
    if (!readDate(field)) writeToday(field);
  }
  return content;
}

function writeToday(field) {
  const [year, month, day] = today().split("-").map(Number);
  const filled = { day, month, year: year + 543 };
  for (const control of controls(field)) if (!control.type.match(/checkbox/)) control.value = filled[control.name.split(":")[1]];
}

function holds(condition) {
  const [, not, name, sign, wanted] = condition.match(/^(!?)([^=<]+)([=<]?)(.*)$/);
  const given = sign === "<" ? [] : values(name);
  const is = sign === "<" ? isUnder(name, Number(wanted)) : sign ? wanted.split("|").some((one) => given.includes(one)) : given.length > 0;
  return is !== Boolean(not);
}

/** Younger than so many years; what is not known counts as the last possible day. */
function isUnder(name, years) {
  const field = form.querySelector(`[data-date="${name}"]`);
  const iso = field && readDate(field)?.iso;
  return Boolean(iso) && age(iso, today()) < years;
}

function nodes(name) {
  const found = form.elements.namedItem(name);
  return !found ? [] : found instanceof RadioNodeList ? [...found] : [found];
}

function said(name) {
  const control = nodes(name).find((one) => isSaid(one) && one.value);
  return control?.selectedOptions?.[0].text ?? control?.closest("label")?.textContent.trim();
}
