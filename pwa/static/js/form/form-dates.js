/** Birth dates as they are typed: a year that looks like ค.ศ. is asked about, one that began in April is told, and day and month go when only the year is known. */

import { laterYear, toBuddhist } from "../lib/dates.js";
import { doubt } from "./form-problems.js";
import { readDate } from "./form-state.js";
import { text } from "../lib/texts.js";

const question = document.querySelector("template[data-century]");

/** Call after the person left a part of a date. */
export function ask(field) {
  const reading = readDate(field);
  field.querySelector("[data-answers]")?.remove();
  if (reading?.values?.age) return written(field, reading.values);
  doubt(field, reading?.question ? text(`problem-${reading.question}`, reading.values) : laterOf(field, reading));
  if (!reading?.question) return;
  const answers = question.content.firstElementChild.cloneNode(true);
  const [yes, no] = answers.querySelectorAll("button");
  yes.textContent = text("century-yes", reading.values);
  yes.addEventListener("click", () => answer(field, reading.values.buddhist_year));
  no.addEventListener("click", () => answer(field, ""));
  field.querySelector(":scope > .field__row").after(field.querySelector(":scope > [data-doubt]"), answers);
}

/** What is said beside a birth whose year may be one later; it stands in nobody's way. */
function laterOf(field, reading) {
  const later = reading?.iso && field.dataset.date.endsWith("birth_date") && laterYear(reading.iso);
  return later ? text("doubt-year", { buddhist_year: toBuddhist(later) }) : "";
}

/** Shows day and month only where they can be known. */
export function fold(root) {
  for (const box of root.querySelectorAll("[data-year-only]")) {
    for (const part of box.closest("[data-date]").querySelectorAll("[data-known-day]")) part.hidden = box.checked;
  }
}

/** An age is written down as the year that it stands for, so that it means the same next year. */
function written(field, values) {
  const part = field.querySelector('[name$=":year"]');
  part.value = values.buddhist_year;
  part.dispatchEvent(new Event("input", { bubbles: true }));
  doubt(field, text("born-about", values));
}

function answer(field, year) {
  const part = field.querySelector('[name$=":year"]');
  part.value = year;
  part.focus();
  part.dispatchEvent(new Event("input", { bubbles: true }));
  ask(field);
}
