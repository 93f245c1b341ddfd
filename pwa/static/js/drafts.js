/** Unfinished forms: every keystroke is sealed to the person's own key and on the disk soon after. No draft expires. */

import { text, utf8 } from "./bytes.js";
import { me, openOwn, sealToSelf } from "./keys.js";
import { PhoneError, all, get, put, remove as forget } from "./store.js";

const latest = new Map();
const running = new Map();

/** Keeps the form as it is now; while one save is under way, only the newest of the following is kept for a second one. */
export function save(form, id, payload) {
  latest.set(id, { form, json: JSON.stringify(payload) });
  if (!running.has(id)) running.set(id, writeAll(id));
  return running.get(id);
}

/** The person's drafts -> [{id, form, saved}], newest first. */
export async function list() {
  const account = (await me())?.account;
  return (await all("drafts"))
    .filter((draft) => draft.account === account)
    .map(({ id, form, saved }) => ({ id, form, saved }))
    .sort((one, other) => other.saved - one.saved);
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
      const sealed = await sealToSelf(utf8(json), place(id));
      const account = (await me())?.account;
      await put("drafts", { id, form, account, saved: Date.now(), ...sealed });
    }
  } finally {
    running.delete(id);
  }
}
