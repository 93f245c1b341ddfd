/** May this phone be wiped? Green only when every entry ever saved here is proved and in a backup, and no draft is open. */

import { last } from "./custody.js";
import * as outbox from "./outbox.js";
import { fill } from "./rows.js";
import { all, get } from "./store.js";
import { age, text } from "./texts.js";

const MOST_COINS = 30;

/** What is true now, from this phone's own store; records of every person count, whoever is signed in. */
export async function standing() {
  const [records, counts, drafts, chain, custody] = await Promise.all([outbox.list(), outbox.counts(), all("drafts"), get("meta", "chain"), last()]);
  const held = chain ? records.filter((record) => record.device === chain.device).length : 0;
  const total = records.length + Math.max((chain?.seq ?? 0) - held, 0);
  const unproved = counts.waiting + counts.kept + counts.aside;
  const covered = ({ device, seq }) => device === custody?.device && seq <= (custody?.backed_up_through ?? 0);
  const uncovered = records.filter((record) => record.state === "sent" && !covered(record)).length;
  const safe = unproved + counts.blobs + drafts.length + uncovered === 0;
  const waiting = counts.waiting + counts.kept;
  const oldest = Math.min(...records.filter((record) => record.state !== "sent").map((record) => record.saved));
  return { ...counts, waiting, oldest, drafts: drafts.length, total, unproved, uncovered, safe };
}

/** Shows one of the two shields, and what to do next under the red one. */
export function showShield(state) {
  const safe = document.querySelector('[data-shield="safe"]');
  const unsafe = document.querySelector('[data-shield="unsafe"]');
  const { waiting, blobs, drafts, aside, uncovered, total, unproved, oldest } = state;
  safe.hidden = !state.safe;
  unsafe.hidden = state.safe;
  document.querySelector("[data-next]").hidden = state.safe;
  fill(safe, { safe: total ? text("safe", { n: total, total }) : text("safe-empty") });
  fill(unsafe, {
    waiting: waiting ? text("waiting", { n: waiting, age: age(oldest) }) : null,
    photos: blobs ? text("photos", { n: blobs }) : null,
    drafts: drafts ? text("drafts", { n: drafts }) : null,
    aside: aside ? text("aside", { n: aside }) : null,
    uncovered: uncovered ? text("uncovered", { n: uncovered }) : null,
  });
  document.querySelector("[data-next-send]").hidden = waiting + blobs === 0;
  document.querySelector("[data-next-drafts]").hidden = drafts === 0;
  document.querySelector("[data-next-backup]").hidden = uncovered === 0;
  document.querySelector("[data-next-export]").hidden = unproved === 0;
  for (const picture of document.querySelectorAll("[data-coins]")) drawCoins(picture, total, unproved);
}

function drawCoins(picture, total, waiting) {
  picture.hidden = total === 0 || total > MOST_COINS;
  picture.setAttribute("aria-label", text("coins", { total, sent: total - waiting, waiting }));
  const coins = Array.from({ length: picture.hidden ? 0 : total }, (_, place) => {
    const coin = document.createElement("li");
    coin.className = `coins__one coins__one--${place < total - waiting ? "done" : "wait"}`;
    return coin;
  });
  picture.firstElementChild.replaceChildren(...coins);
}
