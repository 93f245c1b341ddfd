/** What has changed of the claims that the person recorded on this phone, since they last said that they read it. */

import { known } from "./houses.js";
import { stateOf } from "./unclaimed.js";
import { me, unlocked } from "../account/keys.js";
import { written } from "../money/receipts.js";
import * as outbox from "../outbox/outbox.js";
import { get, put } from "../store/store.js";

const QUIET = ["received", "returned", "replaced"];

const placeOf = async () => `news|claims|${(await me())?.account}`;

/** -> [{id, name, state}]: what the server last said of the entry, or the kit of its claim; names are known once it is unlocked. */
export async function news() {
  const seen = (await get("meta", await placeOf())) ?? {};
  return (await states()).filter(({ id, state }) => state && !QUIET.includes(state) && seen[id] !== state);
}

/** From now on only what changes after this is news. */
export async function read() {
  const now = await states();
  await put("meta", Object.fromEntries(now.map(({ id, state }) => [id, state])), await placeOf());
}

async function states() {
  const account = (await me())?.account;
  const mine = (await outbox.list()).filter(({ kind, author }) => kind === "claim" && author === account);
  const said = mine.length && (await unlocked().catch(() => false)) ? await opened().catch(() => null) : null;
  return mine.map((record) => {
    const payload = said?.payloads.get(record.id);
    const state = (payload && stateOf(said.houses.get(record.subject), payload)) ?? record.status?.state ?? null;
    return { id: record.id, name: payload?.payees[0]?.name ?? null, state };
  });
}

async function opened() {
  const [{ households }, claims] = await Promise.all([known(), written(["claim"])]);
  return { houses: new Map(households.map((one) => [one.id, one])), payloads: new Map(claims.map(({ record, payload }) => [record.id, payload])) };
}
