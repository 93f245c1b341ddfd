/**
 * The kit is open from an unlock until nobody has touched any page of ours for five minutes by the wall clock, asleep or not.
 * Only the time of the last touch is kept between pages.
 */

import { IDLE } from "../account/idle.js";

const NAME = "ombun-kit-open";
const SELDOM = 2_000;
const closers = new Set();

let timer;

/** Whether the five minutes still run. */
export const isOpen = () => Math.abs(Date.now() - Number(localStorage.getItem(NAME))) < IDLE;

export function begin() {
  localStorage.setItem(NAME, Date.now());
  watch();
}

export function end() {
  clearTimeout(timer);
  localStorage.removeItem(NAME);
}

/** Calls back when the five minutes are over. */
export const whenOver = (close) => void closers.add(close);

function touch() {
  const last = Number(localStorage.getItem(NAME));
  if (!last) return;
  if (!isOpen()) return close();
  if (Math.abs(Date.now() - last) > SELDOM) localStorage.setItem(NAME, Date.now());
}

function watch() {
  clearTimeout(timer);
  const last = Number(localStorage.getItem(NAME));
  if (!last) return;
  if (!isOpen()) return close();
  timer = setTimeout(watch, Math.max(last + IDLE - Date.now(), 0) + 50);
}

function close() {
  end();
  for (const done of closers) done();
}

for (const kind of ["pointerdown", "keydown", "touchmove", "wheel"]) addEventListener(kind, touch, { capture: true, passive: true });
for (const kind of ["pageshow", "focus"]) addEventListener(kind, watch);
document.addEventListener("visibilitychange", watch);
watch();
