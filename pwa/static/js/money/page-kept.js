/** A page of the paper book that is being typed lies sealed on this phone until it is saved, so that it outlives the browser; one an account. */

import { me, openOwn, sealToSelf } from "../account/keys.js";
import { text, utf8 } from "../lib/bytes.js";
import { get, put, remove } from "../store/store.js";

const PLACE = "paper-page";

export const placeOf = (account) => `page|${account}`;

export async function keep(page) {
  const { account } = await me();
  await put("meta", await sealToSelf(utf8(JSON.stringify(page)), PLACE), placeOf(account));
}

/** The page that was begun, or null. Rejects: locked. */
export async function begun() {
  const sealed = await get("meta", placeOf((await me()).account));
  return sealed ? JSON.parse(text(await openOwn(sealed, PLACE))) : null;
}

export const done = async () => remove("meta", placeOf((await me()).account));
