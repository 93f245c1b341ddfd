/**
 * Somebody left this phone without a network: their session lives on at the server until it says that it is over. Nothing else
 * is asked of the server before that, so that nothing of ours ever travels in the name of who has gone.
 */

import { get, transaction } from "../store/store.js";

const LIMIT = 10_000;
let running = null;

/** -> {account, at}, or null when nobody's session waits for its end; `account` null = whoever's it is. */
export const pending = async () => (await get("meta", "ending").catch(() => null)) ?? null;

/** Ends it, if one waits -> whether nothing waits any more. Only our own server's word counts, not a captive portal's. */
export function endPending(limit = LIMIT) {
  running ??= end(limit).finally(() => (running = null));
  return running;
}

async function end(limit) {
  const left = await pending();
  if (!left) return true;
  const answer = await fetch("/session/end", {
    method: "POST",
    body: new URLSearchParams(left.account ? { account: left.account } : {}),
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(limit),
  })
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null);
  if (answer?.ended !== true) return false;
  await transaction(["meta"], "readwrite", async (t) => {
    if ((await t.get("meta", "ending"))?.at === left.at) t.remove("meta", "ending");
  });
  return true;
}
