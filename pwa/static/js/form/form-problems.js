/** Shows what must be mended: a banner that counts and links, and a message at each field. Nothing typed changes. */

import { text } from "../lib/texts.js";

const banner = document.querySelector("[data-problems]");
const icons = document.querySelector("template[data-icons]");

/** Marks these problems ({field, path, key, values}) and no others; `reveal(field)` brings a field into view. */
export function show(form, problems, reveal) {
  clear(form);
  banner.replaceChildren();
  if (!problems.length) return;
  const all = problems.map(({ field, path, key, values }) => ({ field, sentence: text(`problem-${key}`, values), id: `${path}-problem` }));
  for (const { field, sentence, id } of all) mark(field, sentence, { kind: "problem", id });
  banner.append(bannerOf(text("problems", { n: all.length }), all, reveal));
}

/** Words of the checker that stay at their fields until the form is saved. */
export function pin(form, comments, reason, place, reveal) {
  const all = Object.entries(comments).map(([path, sentence]) => ({ field: fieldOf(form, path), sentence, id: `${path}-comment` }));
  for (const { field, sentence, id } of all) mark(field, sentence, { kind: "wait", id, stays: true });
  place.replaceChildren(bannerOf(text("came-back", { n: all.length }), all, reveal, reason));
}

/** A doubt at a field, or none any more. */
export function doubt(field, sentence) {
  field.querySelector(":scope > [data-doubt]")?.remove();
  if (!field.querySelector(":scope > [data-stays]")) field.classList.toggle("field--wait", Boolean(sentence));
  if (sentence) mark(field, sentence, { kind: "wait", id: `${field.dataset.field}-doubt`, doubts: true });
}

export const fieldOf = (form, path) => finder(form)(path);

/** Finds the field of a path, else the nearest around it; one look over the form serves many questions. */
export function finder(form) {
  const fields = new Map([...form.querySelectorAll("[data-path]")].reverse().map((item) => [item.dataset.path, item]));
  for (const field of form.querySelectorAll("[data-field]")) fields.set(field.dataset.field, field);
  const find = (path) => {
    const inside = fields.has(path) ? path : [...fields.keys()].find((one) => one.startsWith(`${path}.`));
    return fields.get(inside) ?? (path.includes(".") ? find(path.slice(0, path.lastIndexOf("."))) : form);
  };
  return find;
}

export function unmark(field) {
  field.querySelector(":scope > [data-problem]")?.remove();
  field.classList.remove("field--problem");
  for (const control of field.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  for (const control of field.querySelectorAll(".field__input--problem")) control.classList.remove("field__input--problem");
}

function clear(form) {
  for (const message of form.querySelectorAll("[data-problem]")) unmark(message.parentNode);
}

function mark(field, sentence, { kind, id, stays, doubts }) {
  if (field.querySelector(":scope > [data-doubt]")?.textContent === sentence) return;
  const message = document.createElement("p");
  message.className = "field__message";
  message.id = id;
  message.dataset[stays ? "stays" : doubts ? "doubt" : "problem"] = "";
  const words = document.createElement("span");
  words.textContent = sentence;
  message.append(icons.content.querySelector(`[data-${kind}] svg`).cloneNode(true), words);
  const label = field.querySelector(":scope > :is(label.field__label, legend, .field__hint)");
  if (label) label.after(message);
  else field.prepend(message);
  field.classList.add("field", `field--${kind}`);
  for (const control of field.querySelectorAll(":scope > input:not([type=hidden]), :scope > select, :scope > textarea, :scope > .field__row :is(input, select), :scope > .choice input, :scope > .choices input")) {
    const others = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && document.getElementById(one));
    control.setAttribute("aria-describedby", [...new Set([id, ...others])].join(" "));
    if (kind !== "problem") continue;
    control.setAttribute("aria-invalid", "true");
    if (control.matches(".field__input")) control.classList.add("field__input--problem");
  }
}

function bannerOf(title, all, reveal, reason) {
  const made = icons.content.querySelector(reason === undefined ? "[data-banner-problem]" : "[data-banner-wait]").firstElementChild.cloneNode(true);
  made.querySelector("h2").textContent = title;
  if (reason) made.querySelector("[data-reason]").textContent = reason;
  made.querySelector("ul").replaceChildren(
    ...all.map(({ field, sentence }) => {
      const link = document.createElement("a");
      Object.assign(link, { className: "go", href: `#${field.querySelector("[id]")?.id ?? "main"}`, textContent: sentence });
      link.addEventListener("click", (event) => {
        event.preventDefault();
        reveal(field);
      });
      const line = document.createElement("li");
      line.append(link);
      return line;
    }),
  );
  return made;
}
