/** Somebody arrives on this phone or leaves it. The outbox, the chain and the phone's number are nobody's and stay. */

import { lock, remember } from "./keys.js";
import { me } from "./person.js";
import { askJson, fetchKeys, takeNumber } from "./server.js";
import { boot, remove } from "./store.js";
import { flush } from "./sync.js";
import { dropShells, keepShells, refreshShells } from "./worker-client.js";

/** The pages that work offline for somebody who signed in. */
export const SHELLS = ["/", "/households/new", "/phone", "/saved", "/kit", "/round"];

/**
 * After the server accepted a passkey -> {account, mode}: makes the phone ready to work without a network.
 * `credential` is the one of that ceremony; without `account` the server is asked whose session it is.
 */
export async function begin(person = {}, credential = null) {
  await boot();
  const account = person.account ?? (await askJson("/sync/status")).account;
  const { mode } = await remember({ ...person, account }, credential);
  await Promise.all([fetchKeys(), takeNumber(), keepShells(account, SHELLS)]);
  navigator.storage?.persist?.().catch(() => {});
  flush("sign-in").catch(() => {});
  return { account, mode };
}

/** Keeps the phone true to the session that a page shows; a shell says nothing and changes nothing. */
export async function meet(person) {
  const known = await me();
  if (known?.account !== person.account) return begin(person).catch(() => {});
  if (Object.keys(person).some((key) => known[key] !== person[key])) await remember(person);
  refreshShells(person.account, SHELLS).catch(() => {});
}

/** Forgets the person: the unlocked key, who it was, the pages kept for them. */
export async function end() {
  lock();
  await remove("meta", "me");
  await dropShells();
}
