/**
 * The worker reads, the outbox writes: it answers GET of our own origin only. Static files and `/offline` are installed all
 * or nothing; the pages kept for the person lie in a cache that the page fills at sign-in; nothing else is ever cached here.
 */

import { flush } from "/static/__VERSION__/js/sync.js";

const APP = "app-__VERSION__";
const FILES = __PRECACHE__;
const SHELLS_FIRST = ["/households/new", "/phone", "/saved", "/round"];
const HOME_LIMIT = 3000;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(clients.claim().then(tidy)));
addEventListener("message", (event) => event.data === "skip" && skipWaiting());
addEventListener("sync", (event) => event.waitUntil(sendAll()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (pathname.startsWith("/static/") || pathname === "/manifest.webmanifest") event.respondWith(file(request));
});

async function install() {
  const cache = await caches.open(APP);
  try {
    await Promise.all([...FILES, "/offline", "/manifest.webmanifest"].map((url) => download(cache, url)));
  } catch (error) {
    await caches.delete(APP);
    throw error;
  }
}

/** Each answer is put away as it comes: Chromium lets a worker hold only a few unread ones and then fetches no more. */
async function download(cache, url) {
  const answer = await fetch(url, { credentials: "omit", cache: url.startsWith("/static/") ? "default" : "reload" });
  if (!answer.ok || answer.redirected) throw new Error(url);
  await cache.put(url, answer);
}

/** Older versions go, except one whose files a page kept for the person still names. */
async function tidy() {
  const needed = new Set([APP]);
  const names = await caches.keys();
  for (const name of names.filter((name) => name.startsWith("person-"))) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) {
      for (const [, version] of (await (await cache.match(key)).text()).matchAll(/\/static\/(\w+)\//g)) needed.add(`app-${version}`);
    }
  }
  await Promise.all(names.filter((name) => name.startsWith("app-") && !needed.has(name)).map((name) => caches.delete(name)));
}

async function page(request, pathname) {
  const kept = await caches.match(pathname);
  if (kept && SHELLS_FIRST.includes(pathname)) return kept;
  const answer = fetch(request).catch(() => null);
  const late = pathname === "/" && kept ? new Promise((resolve) => setTimeout(resolve, HOME_LIMIT)) : answer;
  return (await Promise.race([answer, late])) ?? kept ?? (await caches.match("/offline")) ?? Response.error();
}

const file = async (request) => (await caches.match(request.url)) ?? fetch(request);

async function sendAll() {
  const { stop } = await flush("sync");
  if (stop === "network" || stop === "portal") throw new Error(stop);
}
