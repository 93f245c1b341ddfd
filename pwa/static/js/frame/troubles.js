/** What may go wrong with this phone and what lies in it, known before it hurts. Nothing is blocked by any of it. */

import { isBuddhist } from "../lib/clock.js";
import { last } from "../outbox/custody.js";
import { held } from "../outbox/server.js";
import { isShort } from "../store/storage.js";
import { get, put } from "../store/store.js";
import { age, text } from "../lib/texts.js";

const WRONG = 600_000;
const MOST_RANGES = 5;
const isApple = "standalone" in navigator;
const installed = navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;

/** Each trouble -> a promise of the values of its sentence, or of null while all is well. */
export const TROUBLES = {
  vanished: async () => {
    const loss = await get("meta", "vanished");
    if (!loss || loss.seen) return null;
    const ranges = loss.missing.slice(0, MOST_RANGES).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
    return {
      last: text("trouble-vanished", { n: loss.last }),
      missing: ranges.length ? text("trouble-missing", { numbers: ranges.join(", ") }) : null,
    };
  },
  buddhist: async () => (isBuddhist() ? {} : null),
  clock: async () => {
    const skew = isBuddhist() ? 0 : ((await last())?.skew ?? 0);
    if (Math.abs(skew) < WRONG) return null;
    return { age: text(skew > 0 ? "trouble-fast" : "trouble-slow", { age: age(0, skew) }) };
  },
  short: async () => ((await isShort()) ? {} : null),
  week: async () => (isApple && !installed && !(await isKept()) ? {} : null),
  unkept: async () => (!isApple && (await held()) && !(await isKept()) ? {} : null),
};

/** The person has read that the store of this phone had vanished. */
export async function acknowledgeLoss() {
  const loss = await get("meta", "vanished");
  await put("meta", { ...loss, seen: true }, "vanished");
}

/** Asked for anew each time: a browser promises more to a page that is used often. */
const isKept = async () => Boolean((await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.()));
