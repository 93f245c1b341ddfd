/**
 * What is due on a day, worked out from the plan and from through when somebody has paid: the oldest uncovered period first, whole
 * periods only, as pwa/domain/fund/coverage.py counts. A plan is [first day or "", satang, n, unit, calendar]; days are ISO dates.
 */

import { completeOn, dayAfter } from "../lib/dates.js";

const MOST = 40_000; // a hundred years of days
const DAYS = 30;

/** The plan in force on a day; days before the first follow the first. */
export const planOn = (plans, day) => plans.findLast(([start]) => start <= day) ?? plans[0];

/** The last day of the period of a plan that begins on a day. */
export function lastDay([, , n, unit, calendar], first) {
  return dayAfter(completeOn(calendar && unit !== "day" ? `${first.slice(0, 8)}01` : first, n, unit), -1);
}

/**
 * Paid as usual: every period that has begun by today; with a plan of days, through the end of this month ->
 * {periods, late, satang, from, to} or null where nothing is due. `late` = how many of them are over already. Without `through` nobody
 * knows which days: one period (of days a month), and no days named.
 */
export function usual(through, plans, today) {
  if (!plans.length) return null;
  if (!through) return unknown(planOn(plans, today));
  const until = planOn(plans, today)[3] === "day" ? dayAfter(completeOn(`${today.slice(0, 8)}01`, 1, "month"), -1) : today;
  return count(through, plans, (first) => first <= until, today);
}

/** So many periods after what is paid -> the same shape. */
export function periods(through, plans, n, today) {
  if (!plans.length) return null;
  if (!through) return { ...unknown(planOn(plans, today)), periods: n, satang: planOn(plans, today)[1] * n };
  return count(through, plans, (_, done) => done < n, today);
}

/** Whether what was paid on a day, nobody knows for which days, still holds: until its period is over; of a plan of days its month. */
export function holds(on, plans, today) {
  if (!on || !plans.length) return Boolean(on);
  const plan = planOn(plans, on);
  return (plan[3] === "day" ? dayAfter(completeOn(`${on.slice(0, 8)}01`, 1, "month"), -1) : lastDay(plan, on)) >= today;
}

/** The days that a sum buys after what is paid -> {from, to}, or nothing where it fills no period, or nobody knows which. */
export function bought(through, plans, satang) {
  if (!through || !plans.length) return {};
  let left = satang;
  const days = count(through, plans, (first) => (left -= planOn(plans, first)[1]) >= 0, through);
  return days ? { from: days.from, to: days.to } : {};
}

function count(through, plans, goesOn, today) {
  const found = { periods: 0, late: 0, satang: 0, from: dayAfter(through), to: null };
  for (let first = found.from; found.periods < MOST && goesOn(first, found.periods); first = dayAfter(found.to)) {
    const plan = planOn(plans, first);
    found.to = lastDay(plan, first);
    found.periods += 1;
    found.late += found.to < today ? 1 : 0;
    found.satang += plan[1];
  }
  return found.periods ? found : null;
}

function unknown([, satang, n, unit]) {
  const times = unit === "day" ? Math.ceil(DAYS / n) : 1;
  return { periods: times, late: 0, satang: satang * times, from: null, to: null };
}
