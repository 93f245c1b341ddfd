/** The page's side of the worker: its registration, the pages it keeps for the person, and the change to a new version. */

import { get, put } from "./store.js";

const VERSION = new URL(import.meta.url).pathname.split("/")[2];
const MOST_WAIT = 3000;
const root = document.documentElement;

/** Registers the worker; a new version that waits shows the element [data-update], whose button changes over. */
export async function register() {
  if (!navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register("/sw.js", { type: "module", updateViaCache: "none" });
  const offer = () => {
    const prompt = document.querySelector("[data-update]");
    if (prompt) prompt.hidden = !registration.waiting || "busy" in root.dataset;
  };
  const watch = () => registration.installing?.addEventListener("statechange", offer);
  registration.addEventListener("updatefound", watch);
  new MutationObserver(offer).observe(root, { attributeFilter: ["data-busy"] });
  document.querySelector("[data-update] button")?.addEventListener("click", (event) => changeOver(registration, event.currentTarget));
  watch();
  offer();
}

/** Fetches the pages for offline use and keeps them, all or none, as those of this person only. */
export async function keepShells(account, urls) {
  const pages = await Promise.all(urls.map(fetchShell));
  const name = `person-${account}`;
  await dropShells(name);
  const cache = await caches.open(name);
  await Promise.all(pages.map(([url, page]) => cache.put(url, page)));
  await put("meta", { account, urls, version: VERSION }, "shells");
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

/**
 * The new version takes over, if it can with the person's pages of that version too (those of the old one go on working).
 * Where Chromium lets it wait on although the old one has nothing to do any more, a reload is what helps. A form in progress is
 * never reloaded.
 */
async function changeOver(registration, button) {
  button.disabled = true;
  const kept = await get("meta", "shells");
  if (kept) await keepShells(kept.account, kept.urls).catch(() => {});
  const reload = () => "busy" in root.dataset || location.reload();
  navigator.serviceWorker.addEventListener("controllerchange", reload, { once: true });
  registration.waiting?.postMessage("skip");
  setTimeout(reload, MOST_WAIT);
}
