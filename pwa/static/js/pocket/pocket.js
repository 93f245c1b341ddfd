/**
 * A member's rights on their own phone: each page that shows them is opened by an unlock of its own, also where the kit is open, and
 * closes when it is left, or together with the kit.
 */

import { text } from "../lib/bytes.js";
import * as idle from "../kit/kit-idle.js";
import { tell } from "../kit/kit-life.js";
import { lock as lockKeys, openOwn, unlock as unlockKeys } from "../account/keys.js";
import { PLACE, alive } from "./pocket-life.js";
import { PhoneError } from "../store/store.js";

let isOpen = false;

addEventListener("pagehide", () => (isOpen = false));

/** In plain. Rejects: missing, locked, signed-out. */
export async function open() {
  const kept = await alive();
  if (!kept) throw new PhoneError("missing");
  if (!isOpen || !idle.isOpen()) throw new PhoneError("locked");
  return { ...JSON.parse(text(await openOwn(kept, PLACE))), updated: kept.updated };
}

/** From a tap: asks for the passkey, and the five minutes begin, the kit's too. Rejects: cancelled, missing, signed-out. */
export async function unlock() {
  await unlockKeys((await alive())?.pair, { always: true });
  isOpen = true;
  idle.begin();
  tell({ type: "unlocked" });
}

export function lock() {
  isOpen = false;
  idle.end();
  lockKeys();
  tell({ type: "locked" });
}
