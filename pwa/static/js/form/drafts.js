/**
 * Unfinished forms: every keystroke is sealed to the own key of whoever types, and on the disk soon after. No draft expires: it is
 * sealed to the server as well, so that draft-custody.js can send it when nobody is there to open it.
 */

import { b64url, text, utf8 } from "../lib/bytes.js";
import { me, openOwn, sealToSelf } from "../account/keys.js";
import { owner } from "../account/person.js";
import { seal } from "../lib/seal.js";
import { newestKey } from "../outbox/server.js";
import { PhoneError, get, remove as forget, transaction } from "../store/store.js";

export { list } from "./draft-list.js";

const latest = new Map();
const running = new Map();

/** Keeps the form as it is now; while one save is under way, only the newest of the following is kept for a second one. */
export function save(form, id, payload) {
  latest.set(id, { form, json: JSON.stringify(payload) });
  if (!running.has(id)) running.set(id, writeAll(id));
  return running.get(id);
}

/** The payload of a draft. Rejects: locked, missing. */
export async function open(id) {
  const draft = await get("drafts", id);
  if (!draft) throw new PhoneError("missing");
  return JSON.parse(text(await openOwn(draft, place(id))));
}

export async function remove(id) {
  await settle(id);
  await forget("drafts", id);
}

/** Waits until everything typed so far is on the disk. */
export const written = () => Promise.allSettled([...running.values()]);

/** Keeps a draft that came back from the server, as if it had been typed here at `saved`; `handed` is its entry in custody. */
export async function bring({ id, form, saved, handed }, payload) {
  const person = await me();
  await put({ id, form, saved, handed }, JSON.stringify(payload), person);
}

/** Drops what has not been written yet and waits for the save under way: nothing writes this draft afterwards. */
export async function settle(id) {
  latest.delete(id);
  await running.get(id)?.catch(() => {});
}

const place = (id) => `draft|${id}`;

async function writeAll(id) {
  try {
    while (latest.has(id)) {
      const { form, json } = latest.get(id);
      latest.delete(id);
      await put({ id, form, saved: Date.now() }, json, await owner());
    }
  } finally {
    running.delete(id);
  }
}

/** What was handed over before stays known: the next time replaces it. */
async function put({ id, form, saved, handed }, json, person) {
  if (!person) throw new PhoneError("signed-out");
  const { account, pair } = person;
  const [own, box] = await Promise.all([sealToSelf(utf8(json), place(id), pair), boxed(json, account)]);
  await transaction(["drafts"], "readwrite", async (t) => {
    const before = await t.get("drafts", id);
    t.put("drafts", { id, form, account, saved, handed: handed ?? before?.handed ?? null, blobs: pictures(json), box, ...own });
  });
}

/** The same for the server, as an entry carries it later; null while this phone has never met the server. */
async function boxed(json, account) {
  const to = await newestKey().catch(() => null);
  if (!to) return null;
  const { enc, ct } = await seal(to.publicKey, `ombun/1|draft|${account}`, utf8(json));
  return `${to.kid}.${b64url(enc)}.${b64url(ct)}`;
}

/** The pictures that a draft names, as its fields hold them: each a description in JSON. */
function pictures(json) {
  const found = new Map();
  JSON.parse(json, (_, value) => {
    if (typeof value !== "string" || !value.startsWith('{"sha256"')) return value;
    const { sha256, kid, role, type, bytes } = JSON.parse(value);
    found.set(sha256, { sha256, kid, role, type, bytes });
    return value;
  });
  return [...found.values()];
}
