/**
 * A page of the paper book that is being typed lies sealed on this phone until it is saved, so that it outlives the browser; one an account.
 * Beside it what the next page begins with, which names no pictures and keeps none.
 */

import { me, openOwn, sealToSelf } from "../account/keys.js";
import { text, utf8 } from "../lib/bytes.js";
import { get, put, remove, transaction } from "../store/store.js";

const PLACE = "paper-page";

export const placeOf = (account) => `page|${account}`;

const nextOf = (account) => `page-next|${account}`;

const sealed = (page) => sealToSelf(utf8(JSON.stringify(page)), PLACE);

export async function keep(page) {
  const { account } = await me();
  await put("meta", await sealed(page), placeOf(account));
}

/** The page that was begun, else what the next one begins with, or null. Rejects: locked. */
export async function begun() {
  const { account } = await me();
  const [page, next] = await Promise.all([get("meta", placeOf(account)), get("meta", nextOf(account))]);
  return page || next ? JSON.parse(text(await openOwn(page ?? next, PLACE))) : null;
}

/** The page is saved; `next` is what the following one begins with, or null. */
export async function done(next) {
  const { account } = await me();
  const kept = next && (await sealed(next));
  if (!kept) return remove("meta", placeOf(account));
  await transaction(["meta"], "readwrite", async (t) => {
    t.remove("meta", placeOf(account));
    t.put("meta", kept, nextOf(account));
  });
}
