/** Somebody arrives on this phone or leaves it. The outbox, the chain and the phone's number are nobody's and stay. */

import { handOver } from "../outbox/draft-custody.js";
import { endPending } from "./pending-sign-out.js";
import { PAGES } from "../kinds/kinds.js";
import { lock, recognise, remember } from "./keys.js";
import { bring } from "../outbox/books.js";
import { takeNumber } from "../outbox/number.js";
import { announce, me } from "./person.js";
import { drop, placeOf } from "../pocket/pocket-life.js";
import { askJson, fetchKeys } from "../outbox/server.js";
import { putAway, takeOut } from "./shells-away.js";
import { dropShells, keepShells, refreshShells } from "./shells.js";
import { boot, transaction } from "../store/store.js";
import { flush } from "../outbox/sync.js";

/** The pages that work offline for somebody who signed in. */
export const SHELLS = ["/", "/phone", "/saved", "/kit", "/round", "/handovers/new", "/payouts/new", "/me", ...PAGES];
const END_LIMIT = 1_500;

/**
 * After the server accepted a passkey -> {account, mode}: makes the phone ready to work without a network.
 * `credential` is the one of that ceremony; without `account` the server is asked whose session it is.
 */
export async function begin(person = {}, credential = null) {
  await boot();
  const account = person.account ?? (await askJson("/sync/status")).account;
  const before = await me();
  if (before && before.account !== account) await putAway(before).catch(() => {});
  const remembered = await remember({ trial: undefined, ...person, account }, credential); // a key ends a looking around
  await settled();
  await drop(account);
  if (before?.account !== account) announce("arrived");
  if (before?.pair !== remembered.pair) await handOver((draft) => draft.pair !== remembered.pair);
  await Promise.all([fetchKeys(), takeNumber().then(() => bring().catch(() => {})), keepShells(account, SHELLS)]);
  navigator.storage?.persist?.().catch(() => {});
  flush("sign-in").catch(() => {});
  return { account, mode: remembered.mode };
}

/**
 * Without a network: whoever signed in on this phone before is let in by their own passkey, with the pages kept for them. The
 * server hears of it when there is a network. Rejects: cancelled, missing.
 */
export async function arrive() {
  const person = await recognise();
  await dropShells(`person-${person.account}`);
  await transaction(["meta"], "readwrite", (t) => {
    t.put("meta", person, "me");
    t.remove("meta", "other");
  });
  await takeOut(person);
  await drop(person.account);
  announce("arrived");
  return person;
}

/** Keeps the phone true to the session that a page shows; a shell says nothing and changes nothing. */
export async function meet(person) {
  const known = await me();
  if (known?.account !== person.account) return begin(person).catch(() => {});
  if (Object.keys(person).some((key) => known[key] !== person[key])) await remember(person);
  refreshShells(person.account, SHELLS).catch(() => {});
}

/**
 * The person leaves: what is unfinished goes into the outbox, the unlocked keys, who it was and their pages are forgotten, and the
 * end of their session is noted before it is tried, so that it happens even if there is no network for days.
 */
export async function end() {
  const person = await me();
  await handOver().catch(() => {});
  if (person) await putAway(person).catch(() => {});
  lock();
  await transaction(["meta"], "readwrite", async (t) => {
    const [other, waiting] = await Promise.all(["other", "ending"].map((key) => t.get("meta", key)));
    if (!waiting) t.put("meta", { account: other ? null : (person?.account ?? null), at: Date.now() }, "ending");
    t.remove("meta", "me");
    if (person) t.remove("meta", placeOf(person.account));
    t.remove("meta", "other");
  });
  announce("left");
  await dropShells();
  await endPending(END_LIMIT);
}

/** The server has ended the session by itself: what lies unfinished for an hour goes into the outbox, in case nobody comes back. */
export const expired = () => handOver((draft) => draft.saved < Date.now() - 3_600_000);

/** The session that the server has just begun took the place of the one before; what it could not prove yet, it hears again. */
const settled = () =>
  transaction(["meta"], "readwrite", (t) => {
    t.put("meta", true, "hear-again");
    t.remove("meta", "heard");
    t.remove("meta", "ending");
    t.remove("meta", "other");
  });
