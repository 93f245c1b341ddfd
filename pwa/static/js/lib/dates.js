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
  const [year, month, day] = iso.split("-").map(Number);
  const isLeapDay = month === 2 && day === 29;
  return toBuddhist(year) < FIRST_JANUARY_YEAR && month <= 3 && !isLeapDay ? year + 1 : null;
}

/** The last day on which somebody with this partial birth date can have been born, as an ISO date. */
export function latestBirth(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  if (!month) return toBuddhist(year) >= FIRST_JANUARY_YEAR - 1 ? `${year}-12-31` : `${year + 1}-03-31`;
  const born = laterYear(iso) ?? year;
  return new Date(Date.UTC(born, day ? month - 1 : month, day ?? 0)).toISOString().slice(0, 10);
}

/** Completed years on an ISO date, counted from the latest possible birth; never negative. A 29 February counts on 1 March. */
export function age(iso, on) {
  const born = latestBirth(iso);
  return Math.max(Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0), 0);
}

/** The day on which n whole days, months or years since an ISO day are complete: a month without that day gives the 1st of the next. */
export function completeOn(iso, n, unit) {
  const [year, month, day] = iso.split("-").map(Number);
  if (unit === "day") return written(new Date(Date.UTC(year, month - 1, day + n)));
  const months = month - 1 + n * (unit === "year" ? 12 : 1);
  const longest = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return written(new Date(day > longest ? Date.UTC(year, months + 1, 1) : Date.UTC(year, months, day)));
}

/** The day so many days after an ISO day, or before it. */
export const dayAfter = (iso, n = 1) => completeOn(iso, n, "day");

const written = (date) => date.toISOString().slice(0, 10);

export function toBuddhist(year) {
  return year + ERA;
}

function problemOf(day, month, year) {
  if (day && !month) return "no_month";
  if (month && !(1 <= month && month <= 12)) return "no_such_month";
  if (day && !(1 <= day && day <= new Date(Date.UTC(year, month, 0)).getUTCDate())) return "no_such_day";
  return null;
}
