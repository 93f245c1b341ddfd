/**
 * The pages that work offline, put away sealed when their person leaves and taken out when they are back: between the two nobody
 * can open them, and no network is needed.
 */

import { text, utf8 } from "../lib/bytes.js";
import { openOwn, sealToSelf } from "./keys.js";
import { get, put } from "../store/store.js";

const PLACE = "shells";

/** Puts away the pages kept for this person. */
export async function putAway({ account, pair }) {
  const kept = await get("meta", "shells");
  if (kept?.account !== account) return;
  const cache = await caches.open(`person-${account}`);
  const pages = await Promise.all(kept.urls.map(async (url) => [url, await spelt(await cache.match(url))]));
  const sealed = await sealToSelf(utf8(JSON.stringify(pages)), PLACE, pair);
  await put("meta", { ...(await get("meta", "shells-away")), [account]: { ...kept, ...sealed } }, "shells-away");
}

/** Takes them out again, for whoever has just been recognised. */
export async function takeOut({ account }) {
  const { [account]: away } = (await get("meta", "shells-away")) ?? {};
  if (!away) return;
  const pages = JSON.parse(text(await openOwn(away, PLACE)));
  const cache = await caches.open(`person-${account}`);
  await Promise.all(pages.map(([url, { headers, body }]) => cache.put(url, new Response(body, { headers }))));
  await put("meta", { account, urls: away.urls, version: away.version }, "shells");
}

const spelt = async (page) => ({ headers: [...page.headers], body: await page.text() });
