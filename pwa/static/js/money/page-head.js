/** What stands once at the head of a paper page, and the sum at its foot: which book, which day, whose hand. */

import { dayOf } from "../lib/clock.js";
import { fromBuddhist, toBuddhist } from "../lib/dates.js";
import { baht, read } from "../lib/money.js";
import { text } from "../lib/texts.js";
import { clean } from "../lib/thai.js";
import { NOBODY } from "./page-code.js";
import { complain, whole } from "./problems.js";

const PHONES = /^M\d+$/i;
const NAMES = ["fund", "book", "paid_on:day", "paid_on:month", "paid_on:year", "collector", "foot"];

const face = document.querySelector('[data-face="page"]');
export const form = face.querySelector("form[data-page]");
const { elements } = form;

export const fund = () => elements.fund.value;

/** Everything as it was typed, to be given to `begin` another time. */
export const said = () => Object.fromEntries(NAMES.map((name) => [name, elements[name].value]));

export function begin(before) {
  const [year, month, day] = dayOf().split("-").map(Number);
  const today = { "paid_on:day": day, "paid_on:month": month, "paid_on:year": toBuddhist(year) };
  for (const [name, value] of Object.entries({ ...today, ...before })) elements[name].value = value;
}

/** The choices of a list; what is chosen stays, or becomes `wanted`. One alone is no choice. */
export function offer(name, pairs, wanted = elements[name].value) {
  elements[name].replaceChildren(...pairs.map(([value, words]) => new Option(words, value)));
  elements[name].value = pairs.some(([value]) => value === wanted) ? wanted : pairs[0]?.[0];
  form.querySelector(`[data-field="${name}"]`).hidden = pairs.length < 2;
}

/** The day of the page as an ISO date, or null where none can be read. */
export const day = () => (reading().iso?.length === 10 ? reading().iso : null);

const reading = () => fromBuddhist(...["day", "month", "year"].map((part) => elements[`paid_on:${part}`].value), { today: dayOf() });

/** What each receipt of the page says of it. */
export const about = () => ({ book: clean(elements.book.value), paid_on: day(), ...(elements.collector.value && { collector: elements.collector.value }) });

/**
 * Whether these fields are right; else the page says what is wrong with them. `satang` and `count` are of the lines, `code` the code by which
 * a receipt of a phone's book is written anew.
 */
export function isRight(fields, { satang = 0, count = 0, code = null } = {}) {
  whole(face);
  const { problem, question, values } = reading();
  const { book } = about();
  const foot = read(elements.foot.value);
  const ofBook = PHONES.test(book) && book !== code?.book ? "page-phone" : null;
  const ofFoot = foot.satang === satang ? null : "page-foot";
  const sentences = {
    book: book ? ofBook : "page-book",
    collector: elements.collector.value === NOBODY ? "page-code-collector" : null,
    paid_on: day() ? null : `date-${problem ?? question ?? "no_day"}`,
    foot: count === 0 ? "page-empty" : foot.problem ? `sum-${foot.problem}` : ofFoot,
  };
  const wrong = fields.filter((field) => sentences[field]);
  for (const field of wrong) complain(face, field, text(sentences[field], { baht: baht(satang), ...values }));
  return wrong.length === 0;
}
