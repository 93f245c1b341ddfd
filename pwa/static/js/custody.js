/** What the server says it holds of this phone. The numbers of the last answer stay on the phone; reasons and names do not. */

import { request } from "./server.js";
import { get, put } from "./store.js";

let asking = null;

/** The last answer -> {device, seen_through, backed_up_through, at, skew} or null; `skew` = ms that the phone's clock is fast. */
export const last = async () => (await get("meta", "custody")) ?? null;

/** Asks once a page, or anew -> {account, entries, …}; account is null without a session. Rejects without a network. */
export function ask(anew = false) {
  if (anew || !asking) asking = fetchStatus();
  return asking;
}

async function fetchStatus() {
  const began = Date.now();
  const response = await request("/sync/status");
  if (response.status === 401) return { account: null, entries: [] };
  if (!response.ok) throw new Error(`${response.status}`);
  const { account = null, entries = [], device, seen_through, backed_up_through } = await response.json();
  const said = Date.parse(response.headers.get("Date"));
  const at = Date.now();
  const skew = Number.isNaN(said) ? null : Math.round((began + at) / 2 - said);
  const custody = { device, seen_through, backed_up_through, at, skew };
  await put("meta", custody, "custody");
  return { account, entries, ...custody };
}
