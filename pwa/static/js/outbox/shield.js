/**
 * May this phone be wiped? Green only when every entry ever saved here is proved and in a backup, and no draft is open;
 * amber when only the backup is missing; otherwise red, with what holds it back and what to do about each.
 */

import { isCovered, last } from "./custody.js";
import { setApartPhotos } from "./outbox.js";
import * as returns from "./returns.js";
import { fill } from "../lib/templates.js";
import { transaction } from "../store/store.js";
import { isShort, room } from "../store/storage.js";
import { age, text } from "../lib/texts.js";

const MOST_COINS = 30;
const COLOURS = ["green", "amber", "red"];

/** Whether the phone became less safe to wipe than it was. */
export const isWorse = (now, before) => COLOURS.indexOf(now) > COLOURS.indexOf(before);

/** What is true now, from this phone's own store; what belongs to others counts like one's own, earlier numbers of the phone too. */
export async function standing() {
  const [custody, held, sentBack] = await Promise.all([last(), holdings(), returns.list()]);
  const { records, drafts, photos, photosAside, photosDamaged, chain } = held;
  const waiting = records.filter(({ state }) => state === "queued" || state === "kept");
  const aside = records.filter(({ state }) => state === "aside").length;
  const uncovered = records.filter((record) => record.state === "sent" && !isCovered(record, custody)).length + gone(held, custody);
  const unproved = waiting.length + aside;
  const lost = unproved + photos + photosAside + photosDamaged + drafts;
  const own = records.filter((record) => record.device === chain?.device).length;
  return {
    ...{ aside, photos, photosAside, photosDamaged, drafts, uncovered, unproved, lost, waiting: waiting.length },
    total: records.length + Math.max((chain?.seq ?? 0) - own, 0),
    oldest: Math.min(...records.filter(({ state }) => state !== "sent").map(({ saved }) => saved)),
    carried: waiting.filter((record) => record.carried).length,
    returned: sentBack.filter(({ answered }) => !answered).length,
    colour: COLOURS[lost ? 2 : uncovered ? 1 : 0],
  };
}

const holdings = () =>
  transaction(["outbox", "blobs", "drafts", "meta"], "readonly", async (t) => {
    const [damaged, refused] = await setApartPhotos(t);
    return {
      records: await t.all("outbox"),
      drafts: (await t.all("drafts")).length,
      photos: (await t.keys("blobs", "queued")).length,
      photosAside: refused.size,
      photosDamaged: damaged.size,
      chain: await t.get("meta", "chain"),
    };
  });

/** Numbers of this phone's own chain whose line is not here any more: only what a backup covers was let go. */
function gone({ records, chain }, custody) {
  if (!chain) return 0;
  const here = new Set(records.filter((record) => record.device === chain.device).map((record) => record.seq));
  return Array.from({ length: chain.seq }, (_, at) => at + 1).filter((seq) => !here.has(seq) && !isCovered({ ...chain, seq }, custody)).length;
}

/** Shows the one shield that is true, and what to do next under the red one. */
export async function showShield(state) {
  const { colour, waiting, oldest, carried, photos, photosAside, photosDamaged, drafts, aside, uncovered, unproved, returned, total } = state;
  const isKept = await navigator.storage?.persisted?.();
  const [short, free] = await Promise.all([isShort(), room()]);
  for (const shield of document.querySelectorAll("[data-shield]")) {
    shield.hidden = shield.dataset.shield !== colour;
    fill(shield, {
      returned: returned ? text("returned", { n: returned }) : null,
      safe: total ? text("safe", { n: total, total }) : text("safe-empty"),
      waiting: waiting ? text("waiting", { n: waiting, age: age(oldest) }) : null,
      carried: carried ? text("carried", { n: carried }) : null,
      photos: photos ? text("photos", { n: photos }) : null,
      "photos-aside": photosAside ? text("photos-refused-only", { n: photosAside }) : null,
      "photos-damaged": photosDamaged ? text("photos-damaged-only", { n: photosDamaged }) : null,
      drafts: drafts ? text("drafts", { n: drafts }) : null,
      aside: aside ? text("aside", { n: aside }) : null,
      uncovered: uncovered ? text("uncovered", { n: uncovered }) : null,
      kept: text(isKept ? "shield-kept" : "shield-not-kept"),
      room: short ? text("shield-no-room") : free && text("shield-room", { room: free }),
    });
  }
  document.querySelector("[data-next]").hidden = colour === "green";
  next("send", waiting + photos + photosAside);
  next("drafts", drafts);
  next("aside", aside + photosAside + photosDamaged);
  next("backup", colour === "amber");
  next("keep", colour === "red" && !isKept);
  next("room", short);
  next("export", unproved + photos + photosAside);
  for (const picture of document.querySelectorAll("[data-coins]")) drawCoins(picture, total, unproved);
}

const next = (name, holds) => (document.querySelector(`[data-next-${name}]`).hidden = !holds);

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
