/** What the server says of the person's entries; those it sent back are kept here with their comments, to be mended offline. */

import { sha256, text, utf8 } from "../lib/bytes.js";
import { takeBack } from "./draft-custody.js";
import { me, openOwn, sealToSelf } from "../account/keys.js";
import { DRAFT, kindIn } from "../kinds/kinds.js";
import { tell } from "./outbox.js";
import { askJson } from "./server.js";
import { renewShells } from "../account/shells.js";
import { PhoneError, all, get, put, remove, transaction } from "../store/store.js";

/** The person's entries that came back -> [{id, kind, at, answered}]; answered = a replacement is saved on this phone. */
export async function list() {
  const account = (await me())?.account;
  const records = await all("outbox");
  const replaced = new Set(records.map((record) => record.replaces));
  const kinds = new Map(records.map((record) => [record.id, record.kind]));
  return (await all("returns"))
    .filter((entry) => entry.account === account)
    .map(({ id, at, kind }) => ({ id, at, kind: kindIn({ kind: kind ?? kinds.get(id) }), answered: replaced.has(id) }));
}

/** One of them -> {plaintext, state, reason, comments}. Rejects: locked, missing. */
export async function open(id) {
  const entry = await get("returns", id);
  if (!entry) throw new PhoneError("missing");
  return JSON.parse(text(await openOwn(entry, place(id))));
}

/**
 * Keeps what GET /sync/status said: every entry's state, and the returned ones whole. An answer with `gone` speaks only of what has
 * changed since the one that is kept; it counts as heard (`as_of`) once all of it is here, else the same is asked again.
 */
export async function keep({ account, entries = [], gone, as_of, reach }) {
  const known = await me();
  if (known && known.account !== account) return stop(account);
  await renewShells({ account, reach }).catch(() => {});
  await remove("meta", "other");
  const own = (await all("returns")).filter((entry) => entry.account === account);
  const returned = entries.filter((entry) => entry.state === "returned" && entry.kind !== DRAFT);
  const fetched = [];
  let isWhole = Boolean(known);
  if (known) {
    await takeBack(entries).catch(() => (isWhole = false));
    for (const entry of returned) {
      const mark = await sha256(utf8(JSON.stringify(entry)));
      if (own.some((kept) => kept.id === entry.id && kept.mark === mark && kept.kind)) continue;
      const whole = await askJson(`/sync/entries/${entry.id}`).catch(() => null);
      if (whole) fetched.push(await sealed(account, entry, mark, whole));
      else isWhole = false;
    }
  }
  const spokenOf = gone && new Set([...gone, ...entries.map(({ id }) => id)]);
  const isUntouched = (id) => spokenOf && !spokenOf.has(id);
  const over = own.filter(({ id }) => !isUntouched(id) && !returned.some((entry) => entry.id === id));
  const before = (await get("meta", "states")) ?? {};
  const stays = Object.entries(before).filter(([id]) => isUntouched(id));
  const states = Object.fromEntries([...stays, ...entries.map(wordOn)]);
  const heard = isWhole ? as_of : gone && (await get("meta", "heard"));
  const same = isSame(states, before) && !fetched.length && !over.length;
  await transaction(["returns", "meta"], "readwrite", (t) => {
    if (heard) t.put("meta", heard, "heard");
    else t.remove("meta", "heard");
    if (same) return;
    t.put("meta", states, "states");
    for (const entry of fetched) t.put("returns", entry);
    for (const entry of over) t.remove("returns", entry.id);
  });
  if (!same) tell({ type: "changed" });
}

const wordOn = ({ id, number, state, reason }) => [id, { number, state, ...(state === "quarantined" ? { reason } : {}) }];

/** Whether two keep the same word on the same entries, in whatever order. */
const isSame = (one, other) =>
  Object.keys(one).length === Object.keys(other).length && Object.keys(one).every((id) => JSON.stringify(one[id]) === JSON.stringify(other[id]));

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
