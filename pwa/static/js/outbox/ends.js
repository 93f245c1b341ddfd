/** Which entry last ended the form about a house on this phone: a second window with the same form must not save it as a second house. */

import { PhoneError, get } from "../store/store.js";

const MOST = 300;

/** The id of that entry, or null. */
export const ended = async (draft) => (await get("meta", "ended"))?.[draft] ?? null;

/** Ends a draft by an entry, within its transaction; `after` is the entry of which the form knew. Rejects: elsewhere. */
export async function end(t, draft, { id, after }) {
  const ends = (await t.get("meta", "ended")) ?? {};
  if (ends[draft] && ends[draft] !== after) throw new PhoneError("elsewhere");
  const others = Object.entries(ends).filter(([one]) => one !== draft);
  t.put("meta", Object.fromEntries([...others.slice(1 - MOST), [draft, id]]), "ended");
  t.remove("drafts", draft);
}
