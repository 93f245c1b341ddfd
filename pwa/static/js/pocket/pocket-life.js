/**
 * How long a pocket (what a member's own phone keeps of their rights) lives, known without opening it: seven days after the server
 * last told it, never with another person. Shared by pages and worker.
 */

import { me } from "../account/person.js";
import { now } from "../kit/kit-life.js";
import { all, get, transaction } from "../store/store.js";

const DAY = 86_400_000;
const LIFE = 7 * DAY;

/** What the seal says of where it belongs. */
export const PLACE = "pocket";

/** Where a person's pocket lies in `meta`. */
export const placeOf = (account) => `pocket|${account}`;

/** The sealed pocket of who is here -> {account, pair, enc, ct, updated, here} or null; one that is over is erased first. */
export async function alive() {
  const person = await me();
  await drop(person?.account);
  const kept = person && (await get("meta", placeOf(person.account)));
  if (!kept) return null;
  const at = await now(kept);
  if (at >= kept.updated - DAY && at < kept.updated + LIFE) return kept;
  await drop();
  return null;
}

/** Whether it is older than a day. */
export const isOld = async (kept) => (await now(kept)) - kept.updated > DAY;

/** Whether more than one account has been used on this phone: then nothing is kept unasked. */
export const isShared = async () => (await accounts()).size > 1;

/** Takes everybody's pocket off this phone but that of `account`. */
export async function drop(account) {
  const others = [...(await accounts())].filter((one) => one !== account).map(placeOf);
  const held = await Promise.all(others.map((place) => get("meta", place)));
  if (!held.some(Boolean)) return;
  await transaction(["meta"], "readwrite", (t) => others.forEach((place) => t.remove("meta", place)));
  globalThis.dispatchEvent(new Event("pocket-changed"));
}

const accounts = async () => new Set((await all("keys")).map(({ account }) => account));
