/**
 * The worker reads, the outbox writes: it answers GET of our own origin, and passes on the last word of a page that goes. Static
 * files, `/offline` and `/sign-in` are installed all or nothing; the pages kept for the person lie in a cache that the page fills
 * at sign-in; nothing else is ever cached here.
 * After somebody left without a network, every page is the sign-in page until the server has ended their session.
 */

import { endPending, pending } from "/static/__VERSION__/js/account/pending-sign-out.js";
import { onMessage } from "/static/__VERSION__/js/account/key-keeper.js";
import { PAGES } from "/static/__VERSION__/js/kinds/kinds.js";
import { me } from "/static/__VERSION__/js/account/person.js";
import { get } from "/static/__VERSION__/js/store/store.js";
import { flush } from "/static/__VERSION__/js/outbox/sync.js";

const APP = "app-__VERSION__";
const FILES = __PRECACHE__;
const LANGUAGES = __LANGUAGES__;
const OPEN_PAGES = ["/offline", "/sign-in"];
const SHELLS_FIRST = [...PAGES, "/phone", "/saved", "/round", "/handovers/new", "/payouts/new"];
const HOME_LIMIT = 3000;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(clients.claim().then(tidy)));
addEventListener("message", (event) => (event.data === "skip" ? skipWaiting() : onMessage(event)));
addEventListener("sync", (event) => event.waitUntil(sendAll()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && request.keepalive) event.respondWith(lastWord(event));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (request.headers.get("HX-Request")) event.respondWith(part(request));
  else if (pathname.startsWith("/static/") || pathname === "/manifest.webmanifest") event.respondWith(file(request));
});

/** What a page says as it goes is lost with it where the worker only lets it pass; so the worker says it. */
function lastWord(event) {
  const said = fetch(event.request);
  event.waitUntil(said);
  return said;
}

async function install() {
  const cache = await caches.open(APP);
  try {
    const pages = OPEN_PAGES.flatMap((url) => LANGUAGES.map((language) => download(cache, url, language)));
    await Promise.all([...pages, ...[...FILES, "/manifest.webmanifest"].map((url) => download(cache, url))]);
  } catch (error) {
    await caches.delete(APP);
    throw error;
  }
}

/** Each answer is put away as it comes: Chromium lets a worker hold only a few unread ones and then fetches no more. */
async function download(cache, url, language) {
  const headers = language ? { "Ombun-Language": language } : {};
  const answer = await fetch(url, { credentials: "omit", headers, cache: url.startsWith("/static/") ? "default" : "reload" });
  if (!answer.ok || answer.redirected || !answer.headers.has("Ombun")) throw new Error(url);
  await cache.put(language ? `${url}?${language}` : url, answer);
}

/** Older versions go, except one whose files a page kept for a person still names, also one that was put away with them. */
async function tidy() {
  const away = Object.values((await get("meta", "shells-away").catch(() => null)) ?? {});
  const needed = new Set([APP, ...away.map(({ version }) => `app-${version}`)]);
  const names = await caches.keys();
  for (const name of names.filter((name) => name.startsWith("person-"))) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) {
      for (const [, version] of (await (await cache.match(key)).text()).matchAll(/\/static\/(\w+)\//g)) needed.add(`app-${version}`);
    }
  }
  await Promise.all(names.filter((name) => name.startsWith("app-") && !needed.has(name)).map((name) => caches.delete(name)));
}

async function page(event, pathname) {
  const [left, kept] = await Promise.all([pending(), caches.match(pathname)]);
  if (left) event.waitUntil(endPending());
  if (left && !(await me().catch(() => null))) return openPage("/sign-in");
  if (kept && SHELLS_FIRST.includes(pathname)) return kept;
  const answer = fromNetwork(event.request);
  const late = pathname === "/" && kept ? new Promise((resolve) => setTimeout(resolve, HOME_LIMIT)) : answer;
  return (await Promise.race([answer, late])) ?? kept ?? openPage(pathname === "/sign-in" ? pathname : "/offline");
}

/** Null without a network, and as long as it would be asked in the name of somebody who has left. */
const fromNetwork = async (request) => ((await endPending()) ? fetch(request).then(unlessDown, () => null) : null);

/** A proxy that speaks for a server which is down is like no network at all (511 is a Wi-Fi's sign-in page); what our own server says passes. */
const unlessDown = (answer) => (answer.status >= 500 && answer.status !== 511 && !answer.headers.has("Ombun") ? null : answer);

const part = async (request) => (await fromNetwork(request)) ?? Response.error();

/** A page that is everybody's, in the language that this phone speaks. */
async function openPage(url) {
  const language = (await get("meta", "language").catch(() => null)) ?? LANGUAGES[0];
  return (await caches.match(`${url}?${language}`)) ?? (await caches.match(`${url}?${LANGUAGES[0]}`)) ?? Response.error();
}

const file = async (request) => (await caches.match(request.url)) ?? fetch(request);

async function sendAll() {
  const { stop } = await flush("sync");
  if (["network", "portal", "down"].includes(stop)) throw new Error(stop);
}
