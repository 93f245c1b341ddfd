/** The state of the phone itself: who, lock, promise to keep, room, clock. */

import { isBuddhist } from "../lib/clock.js";
import { last } from "../outbox/custody.js";
import { me, unlocked } from "../account/keys.js";
import { fill } from "../lib/templates.js";
import { isShort, room } from "../store/storage.js";
import { age, moment, text } from "../lib/texts.js";

const RIGHT = 60_000;

export async function showState() {
  const person = await me();
  const custody = await last();
  fill(document.querySelector("[data-state]"), {
    person: person ? person.name || person.handle || person.account.slice(0, 8) : text("nobody"),
    lock: await lockSaid(person),
    persisted: text((await navigator.storage?.persisted?.()) ? "persisted" : "not-persisted"),
    space: await spaceSaid(),
    clock: clockSaid(custody?.skew),
    asked: custody ? moment(custody.at) : text("not-asked"),
  });
  document.querySelector("[data-signed-in]").hidden = !person;
  document.querySelector("[data-signed-out]").hidden = Boolean(person);
}

async function lockSaid(person) {
  if (person?.mode === "basic") return text("lock-basic");
  return text(person && (await unlocked().catch(() => false)) ? "lock-open" : "lock-closed");
}

async function spaceSaid() {
  const free = await room();
  if (await isShort()) return text("space-short");
  return free ? text("space", { room: free }) : text("unknown");
}

function clockSaid(skew) {
  if (isBuddhist()) return text("clock-buddhist");
  if (skew === null || skew === undefined) return text("clock-unknown");
  if (Math.abs(skew) < RIGHT) return text("clock-right");
  return text(skew > 0 ? "clock-fast" : "clock-slow", { age: age(0, skew) });
}
