/**
 * The worker's side of lock.js: unlocked keys, non-extractable and in memory only, for the next page of ours. They are gone five
 * minutes after the last touch, when a page locks, and when the browser stops the worker.
 */

import { IDLE } from "./idle.js";

const held = new Map();

let touched = 0;

/** What pages say to the worker about keys: keep, ask (answered on the port with {key, touched} or null), lock. */
export function onMessage({ data, ports }) {
  if (Math.abs(Date.now() - touched) > IDLE) held.clear();
  if (data?.type === "lock") held.clear();
  if (data?.type === "keep") {
    touched = Math.max(data.touched, held.size ? touched : 0);
    held.set(data.pair, data.key);
  }
  if (data?.type === "ask") ports[0].postMessage(held.has(data.pair) ? { key: held.get(data.pair), touched } : null);
}
