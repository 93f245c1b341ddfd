/**
 * What time it really is: the phone's clock, less what the server's `Date` showed it to be ahead. A clock in the Buddhist era is
 * known by its year, also before any server was asked; what was found before such a clock was put right, or after, counts no more.
 */

import { get } from "../store/store.js";

const ERA = 543;
const ERAS = 500 * 31_556_952_000;
const RIGHT = 60_000;

let known = null;

/** Whether an instant is of a clock that counts from the Buddha's death, 543 years ahead of everybody else's. */
export const isBuddhist = (at = Date.now()) => new Date(at).getFullYear() > 2500;

/** The same instant 543 years earlier where it is of such a clock. */
export function christian(at) {
  if (!isBuddhist(at)) return at;
  const date = new Date(at);
  return date.setFullYear(date.getFullYear() - ERA);
}

/** Reads what the server's word about the clock was; to be waited for before the functions below are asked. */
export async function look() {
  known = (await get("meta", "custody").catch(() => null))?.skew ?? null;
}

/** An instant of this phone's clock as it really was; `ahead` counts where the server was not asked otherwise. */
export const real = (at = Date.now(), ahead = 0) => less(known ?? ahead, at);

/** Today in this place, as an ISO date; or the day of another instant of this phone's clock. */
export const dayOf = (at = Date.now()) => isoDay(real(at));

/** The day of what an entry says about itself, which may be of another phone's clock. */
export const dayRecorded = ({ recorded_at, clock_ms = 0 }) => isoDay(less(clock_ms, Date.parse(recorded_at)));

/** How far ahead the clock is known to be now, in ms; undefined where nobody knows, 0 where it is as good as right. */
export async function knownAhead() {
  const skew = (await get("meta", "custody").catch(() => null))?.skew;
  if (!Number.isFinite(skew) || isBuddhist() !== skew > ERAS) return undefined;
  return Math.abs(skew) < RIGHT ? 0 : Math.round(skew);
}

const less = (ahead, at) => (isBuddhist(at) === ahead > ERAS ? at - ahead : christian(at));

const isoDay = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
