/** What the server says it holds of this phone. The numbers of the last answer stay on the phone; reasons and names do not. */

import { tell } from "../lib/channel.js";
import { isOurs, isPhoneUnknown, request } from "./server.js";
import { all, get, put } from "../store/store.js";

const MOST_CHAINS = 20;
const MINUTE = 60_000;
let asking = null;

/**
 * The last answer -> {device, key, seen_through, backed_up_through, chains, at, skew} or null; `chains` the same of the other chains
 * that lie here, by device; `skew` = ms that the phone's clock is fast.
 */
export const last = async () => (await get("meta", "custody")) ?? null;

/** Whether the server has said that its backup holds this line, photos too. */
export function isCovered({ device, seq }, custody) {
  const word = custody?.device === device ? custody : custody?.chains?.[device];
  return seq <= (word?.backed_up_through ?? 0);
}

/**
 * Asks once a page, or anew -> {account, entries, hasEnded, …}; account is null without a session, and `hasEnded` only where the
 * server names this phone and nobody on it. Rejects without a network, and when anybody else answers.
 */
export function ask(anew = false) {
  if (anew || !asking) asking = fetchStatus();
  return asking;
}

/**
 * Where to ask: also about the lines here that are of another chain than this phone's own; `since` the answer that is kept here,
 * by the text that it came with, only what has changed.
 */
export async function statusPath(since) {
  const [records, chain] = await Promise.all([all("outbox"), get("meta", "chain")]);
  const others = new Set(records.map((record) => record.device).filter((device) => device !== chain?.device));
  const asked = [...others].slice(0, MOST_CHAINS).map((device) => `chain=${device}`);
  if (since) asked.push(`since=${encodeURIComponent(since)}`);
  return asked.length ? `/sync/status?${asked.join("&")}` : "/sync/status";
}

/** Keeps the numbers of an answer; `date` is its header, `began` when it was asked for. */
export async function note({ device, key, seen_through, backed_up_through, chains = [] }, { date, began }) {
  const at = Date.now();
  const said = Date.parse(date);
  const known = Number.isNaN(said) || at - began > MINUTE ? (await last())?.skew : Math.round((began + at) / 2 - said);
  const others = Object.fromEntries(chains.map((chain) => [chain.device, chain]));
  const before = await last();
  const custody = { device, key, seen_through, backed_up_through, chains: others, at, skew: known ?? null };
  await put("meta", custody, "custody");
  if (differs(before, custody)) tell({ type: "changed" });
}

/** Whether there is anything in it that a page would show otherwise. */
function differs(before, now) {
  const word = ({ device, backed_up_through, chains }) => JSON.stringify([device, backed_up_through, chains]);
  return !before || word(before) !== word(now) || Math.abs(before.skew - now.skew) > MINUTE;
}

async function fetchStatus() {
  const began = Date.now();
  const response = await request(await statusPath());
  if (isPhoneUnknown(response.status, await response.clone().text())) return { account: null, entries: [], hasEnded: false };
  if (!response.ok || !isOurs(response)) throw new Error(`${response.status}`);
  const news = await response.json();
  await note(news, { date: response.headers.get("Date"), began });
  const chain = await get("meta", "chain");
  return { account: null, entries: [], hasEnded: !news.account && news.device === (chain?.device ?? news.device), ...news };
}
