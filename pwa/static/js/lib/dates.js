// Dates typed in พ.ศ. on the phone: the same rules as pwa/domain/text/dates.py, held to it by tests/golden/dates.json.

import { clean, digits } from "./thai.js";

const ERA = 543;
const FIRST_JANUARY_YEAR = 2484;
const AGE = /^(?:อายุ)? ?([0-9]{1,3}) ?(?:ปี|ขวบ)(?:กว่า|เศษ)?$/;

/**
 * Read a date typed in Buddhist era: `{iso}`, `{question, values}` or `{problem, values}`; question and problem name
 * the sentence that the page holds. `today` is an ISO date. An age in place of the year ("83 ปี") is the year that many years
 * ago; `values` then say what was read.
 */
export function fromBuddhist(day, month, year, { today, mayBeAhead = false }) {
  [day, month, year] = [day, month, year].map((part) => digits(clean(String(part || ""))));
  const told = year.match(AGE);
  if (told) return ofAge(Number(told[1]), day, month, today);
  if (![day, month, year].every((part) => /^[0-9]{0,4}$/.test(part))) return { problem: "unreadable", values: {} };
  if (!year) return { problem: "no_year", values: {} };
  if (year.length <= 2) return { problem: "two_digit_year", values: {} };
  const typed = Number(year);
  const thisYear = Number(today.slice(0, 4));
  const isChristian = 1900 <= typed && typed <= thisYear + 1;
  if (!isChristian && !(2400 <= typed && typed <= thisYear + ERA + 1))
    return { problem: "year_out_of_range", values: { year: typed } };
  const christian = isChristian ? typed : typed - ERA;
  const problem = problemOf(day, month, christian);
  if (problem) return { problem, values: problem === "no_such_day" ? { day: Number(day) } : {} };
  const iso = [String(christian), ...[month, day].filter(Boolean).map((part) => String(Number(part)).padStart(2, "0"))].join("-");
  if (!mayBeAhead && iso > today.slice(0, iso.length)) return { problem: "in_the_future", values: {} };
  if (isChristian) return { question: "christian_year", values: { year: typed, buddhist_year: toBuddhist(typed) } };
  return { iso };
}

/** The birth of somebody so many years old; who has not had this year's birthday yet was born a year earlier. */
function ofAge(age, day, month, today) {
  const thisYear = Number(today.slice(0, 4)) + ERA;
  const read = (year) => ({ ...fromBuddhist(day, month, year, { today, mayBeAhead: true }), year });
  const isToCome = ({ iso }) => iso && iso.slice(5) > today.slice(5, iso.length);
  const { year, ...reading } = isToCome(read(thisYear - age)) ? read(thisYear - age - 1) : read(thisYear - age);
  return reading.iso ? { ...reading, values: { age, buddhist_year: year } } : reading;
}

/** Day, month (null when not known) and Buddhist year of a partial ISO date. */
export function parts(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return { day: day ?? null, month: month ?? null, year: toBuddhist(year) };
}

/** The following Christian year, where a birth from January to March is as likely to belong to it; else null. */
export function laterYear(iso) {
  const [year, month] = iso.split("-").map(Number);
  return toBuddhist(year) < FIRST_JANUARY_YEAR && month <= 3 ? year + 1 : null;
}

export function toBuddhist(year) {
  return year + ERA;
}

function problemOf(day, month, year) {
  if (day && !month) return "no_month";
  if (month && !(1 <= month && month <= 12)) return "no_such_month";
  if (day && !(1 <= day && day <= new Date(Date.UTC(year, month, 0)).getUTCDate())) return "no_such_day";
  return null;
}
