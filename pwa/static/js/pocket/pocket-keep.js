/**
 * A member's rights come to their own phone: told by the server in their language and sealed to their own key as a kit is. The page
 * itself is never kept. Shared by pages and worker.
 */

import { utf8 } from "../lib/bytes.js";
import { me, sealToSelf } from "../account/keys.js";
import { PLACE, alive, drop, isOld, placeOf } from "./pocket-life.js";
import { askDated } from "../outbox/server.js";
import { PhoneError, transaction } from "../store/store.js";

/** Asks for it and seals it -> the sealed pocket. Nothing is written for somebody who has left meanwhile. */
export async function keep() {
  const person = await me();
  if (!person) throw new PhoneError("signed-out");
  const { said } = await askDated("/me/pocket", { headers: { Accept: "application/json" } });
  const sealed = await sealToSelf(utf8(JSON.stringify(said)), PLACE, person.pair);
  const record = { account: person.account, ...sealed, updated: Date.parse(said.told_at), here: Date.now() };
  const isHere = await transaction(["meta"], "readwrite", async (t) => {
    const known = await t.get("meta", "me");
    if (known?.account !== person.account || said.account !== person.account) return false;
    t.put("meta", record, placeOf(person.account));
    return true;
  });
  if (!isHere) throw new PhoneError("other-person");
  globalThis.dispatchEvent(new Event("pocket-changed"));
  return record;
}

/** What a status answer says of it: gone with the session, the phone's right or another person; asked anew when it is older than a day. */
export async function hear({ account }) {
  const kept = await alive();
  if (!kept) return;
  if (kept.account !== account) return drop();
  if (await isOld(kept)) await keep().catch(() => {});
}
