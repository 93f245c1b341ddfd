/** The room that the browser gives us on this phone. What it estimates is at most there; what is really left is tried by writing. */

import { get, put, remove } from "./store.js";
import { amount } from "../lib/texts.js";

const GIGABYTE = 1_000_000_000;
const MEGABYTE = 1_000_000;
const SHORT = 50 * MEGABYTE;
const A_FEW_PHOTOS = 3 * MEGABYTE;
const HOUR = 3_600_000;
let isFull = false;
let trying = null;

addEventListener("phone-full", () => (isFull = true));

/** Whether the next photos may not fit any more. */
export async function isShort() {
  const bytes = await most();
  if (isFull || (bytes !== null && bytes < SHORT)) return true;
  trying ??= fits();
  return !(await trying) || isFull;
}

/** The room there is at most, in words, or null where the browser does not say. */
export async function room() {
  const bytes = await most();
  if (bytes === null) return null;
  return bytes >= GIGABYTE ? amount(bytes / GIGABYTE, "gigabyte") : amount(Math.floor(bytes / MEGABYTE), "megabyte");
}

/** Bytes; browsers round it, or say the same to everybody, so that nobody is known by it. */
async function most() {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  return quota ? Math.max(quota - usage, 0) : null;
}

/** Writes as much as a few photos and takes it away again; not more often than once an hour while it fits. */
async function fits() {
  const tried = await get("meta", "room-tried");
  if (Math.abs(Date.now() - (tried ?? 0)) < HOUR) return true;
  try {
    await put("meta", new ArrayBuffer(A_FEW_PHOTOS), "room-trial");
    await put("meta", Date.now(), "room-tried");
    return true;
  } catch (error) {
    return error.code !== "full";
  } finally {
    await remove("meta", "room-trial").catch(() => {});
  }
}
