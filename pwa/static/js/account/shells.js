/** The pages that this phone keeps for the person who signed in, for pages and worker alike. */

import { tell } from "../lib/channel.js";
import { get, put } from "../store/store.js";

const VERSION = new URL(import.meta.url).pathname.split("/")[2];

/** Fetches the pages for offline use and keeps them, all or none, as those of this person only. */
export async function keepShells(account, urls) {
  const pages = await Promise.all(urls.map(fetchShell));
  const name = `person-${account}`;
  await dropShells(name);
  const cache = await caches.open(name);
  const reach = pages.map(([, page]) => page.headers.get("Ombun-Reach")).find(Boolean) ?? null;
  await Promise.all(pages.map(([url, page]) => cache.put(url, page)));
  await put("meta", { account, urls, version: VERSION, reach }, "shells");
}

/**
 * The server says, as a mark, where the person may record now: pages that were made for other roles or places are fetched anew,
 * unless they are of a version whose files are not here yet; that version brings them itself.
 */
export async function renewShells({ account, reach }) {
  const kept = await get("meta", "shells");
  if (!reach || kept?.account !== account || kept.reach === reach) return;
  const [, page] = await fetchShell(kept.urls[0]);
  if (!(await page.text()).includes(`/static/${VERSION}/`)) return;
  await keepShells(account, kept.urls);
  tell({ type: "places" });
}

/** Fetches the shells again when they are of another version or another person. */
export async function refreshShells(account, urls) {
  const kept = await get("meta", "shells");
  if (kept?.account !== account || kept.version !== VERSION) await keepShells(account, urls);
}

/** Removes the pages kept for anybody but `name`. */
export async function dropShells(name) {
  const others = (await caches.keys()).filter((key) => key.startsWith("person-") && key !== name);
  await Promise.all(others.map((key) => caches.delete(key)));
  if (!name) await put("meta", null, "shells");
}

/** The page with its headers, arrived whole: nothing is put away before all of them are here. */
async function fetchShell(url) {
  const page = await fetch(url, { cache: "no-store", credentials: "same-origin", headers: { "Ombun-Shell": "1" } });
  if (!page.ok || page.redirected || !page.headers.has("Ombun") || !page.headers.get("Content-Type")?.startsWith("text/html")) throw new Error(url);
  await page.clone().arrayBuffer();
  return [url, page];
}
