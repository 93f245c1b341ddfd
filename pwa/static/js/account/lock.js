/**
 * The unlocked keys of a page, and how they outlive it for a short while: the worker's memory holds the same non-extractable
 * key for the next page. Five minutes without a touch, signing out, or the worker's end forget it; no disk ever holds it.
 */

import { IDLE } from "./idle.js";

const OFTEN = 20_000;
const PATIENCE = 1_500;
const opened = new Map();
const channel = new BroadcastChannel("lock");
const isPage = typeof document !== "undefined";

let touched = Date.now();
let shared = 0;

if (isPage) {
  channel.addEventListener("message", forget);
  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, touch, { capture: true, passive: true });
  addEventListener("pagehide", share);
  document.addEventListener("visibilitychange", leaveIdle);
  setInterval(leaveIdle, 15_000);
}

/** The unlocked private key of a pair, from this page or the one before -> CryptoKey or null. */
export async function keyOf(pair) {
  leaveIdle();
  return opened.get(pair) ?? askWorker(pair);
}

/** Keeps an unlocked key for this page and the next ones. */
export function keep(pair, key) {
  opened.set(pair, key);
  touched = Date.now();
  share();
}

/** Forgets every unlocked key, here, on the other pages and in the worker. */
export function lock() {
  channel.postMessage("lock");
  worker()?.postMessage({ type: "lock" });
  forget();
}

/** Calls back when the keys of this page were forgotten. */
export const onLock = (told) => addEventListener("keys-locked", told);

const worker = () => (isPage ? navigator.serviceWorker?.controller : null);

function forget() {
  if (!opened.size) return;
  opened.clear();
  dispatchEvent(new Event("keys-locked"));
}

function leaveIdle() {
  if (isPage && Date.now() - touched > IDLE) forget();
}

function touch() {
  leaveIdle();
  touched = Date.now();
  if (touched - shared > OFTEN) share();
}

function share() {
  shared = Date.now();
  for (const [pair, key] of opened) worker()?.postMessage({ type: "keep", pair, key, touched });
}

/** A worker that is busy starting may take its time; one that knows nothing says so. */
async function askWorker(pair) {
  if (!worker()) return null;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(resolve, PATIENCE, null);
  });
  worker().postMessage({ type: "ask", pair }, [port2]);
  const held = await answer;
  port1.close();
  if (!held || Date.now() - held.touched > IDLE) return null;
  opened.set(pair, held.key);
  touched = held.touched;
  return held.key;
}
