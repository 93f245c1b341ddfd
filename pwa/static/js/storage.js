/** The room that the browser gives us on this phone, and whether it promised to keep what lies there. */

import { amount } from "./texts.js";

const GIGABYTE = 1_000_000_000;
const MEGABYTE = 1_000_000;
const SHORT = 50 * MEGABYTE;

/** Free bytes, or null where the browser does not say. */
export async function free() {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  return quota ? Math.max(quota - usage, 0) : null;
}

/** Whether the next photos may not fit any more. */
export async function isShort() {
  const bytes = await free();
  return bytes !== null && bytes < SHORT;
}

/** The free room in words, or null. */
export async function room() {
  const bytes = await free();
  if (bytes === null) return null;
  return bytes >= GIGABYTE ? amount(bytes / GIGABYTE, "gigabyte") : amount(Math.floor(bytes / MEGABYTE), "megabyte");
}
