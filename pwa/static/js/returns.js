/** What the server says of the person's entries; those it sent back are kept here with their comments, to be mended offline. */

import { sha256, text, utf8 } from "./bytes.js";
import { takeBack } from "./draft-custody.js";
import { me, openOwn, sealToSelf } from "./keys.js";
import { tell } from "./outbox.js";
import { askJson } from "./server.js";
import { renewShells } from "./shells.js";
import { PhoneError, all, get, put, remove, transaction } from "./store.js";

/** The person's entries that came back -> [{id, kind, at, answered}]; answered = a replacement is saved on this phone. */
export async function list() {
  const account = (await me())?.account;
  const records = await all("outbox");
  const replaced = new Set(records.map((record) => record.replaces));
  const kinds = new Map(records.map((record) => [record.id, record.kind]));
  return (await all("returns"))
    .filter((entry) => entry.account === account)
    .map(({ id, at, kind }) => ({ id, at, kind: kind ?? kinds.get(id) ?? "household", answered: replaced.has(id) }));
}

/** The page on which an entry of this kind is mended: `how` is returned or correct. */
export const addressOf = (kind, how, id) => `${kind === "correction" ? "/corrections" : "/households/new"}#${how}=${id}`;

/** One of them -> {plaintext, state, reason, comments}. Rejects: locked, missing. */
export async function open(id) {
  const entry = await get("returns", id);
  if (!entry) throw new PhoneError("missing");
  return JSON.parse(text(await openOwn(entry, place(id))));
}

/** Keeps what GET /sync/status said: every entry's state, and the returned ones whole. */
export async function keep({ account, entries = [], reach }) {
  const known = await me();
  if (known && known.account !== account) return stop(account);
  await renewShells({ account, reach }).catch(() => {});
  await remove("meta", "other");
  const own = (await all("returns")).filter((entry) => entry.account === account);
  const returned = entries.filter((entry) => entry.state === "returned" && entry.kind !== "draft");
  const fetched = [];
  if (known) {
    await takeBack(entries).catch(() => {});
    for (const entry of returned) {
      const mark = await sha256(utf8(JSON.stringify(entry)));
      if (own.some((kept) => kept.id === entry.id && kept.mark === mark && kept.kind)) continue;
      const whole = await askJson(`/sync/entries/${entry.id}`).catch(() => null);
      if (whole) fetched.push(await sealed(account, entry, mark, whole));
    }
  }
  const over = own.filter((kept) => !returned.some((entry) => entry.id === kept.id));
  const why = ({ state, reason }) => (state === "quarantined" ? { reason } : {});
  const states = Object.fromEntries(entries.map(({ id, number, ...word }) => [id, { number, state: word.state, ...why(word) }]));
  const same = JSON.stringify(states) === JSON.stringify(await get("meta", "states"));
  if (same && !fetched.length && !over.length) return;
  await transaction(["returns", "meta"], "readwrite", (t) => {
    t.put("meta", states, "states");
    for (const entry of fetched) t.put("returns", entry);
    for (const entry of over) t.remove("returns", entry.id);
  });
  tell({ type: "changed" });
}

/** The server knows another person here than this phone does: until one of them signs in, nothing more is recorded. */
async function stop(account) {
  await put("meta", { account, at: Date.now() }, "other");
  tell({ type: "stop", why: "other-person" });
}

const place = (id) => `return|${id}`;

const sealed = async (account, { id, kind }, mark, whole) => ({
  ...{ id, kind, account, mark, at: Date.now() },
  ...(await sealToSelf(utf8(JSON.stringify(whole)), place(id))),
});
