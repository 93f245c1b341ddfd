/** Which forms the person has not finished on this phone; what is in them stays sealed. */

import { transaction } from "../store/store.js";

/** -> [{id, form, saved}], newest first. */
export async function list() {
  const [me, kept] = await transaction(["meta", "drafts"], "readonly", (t) => Promise.all([t.get("meta", "me"), t.all("drafts")]));
  return kept
    .filter((draft) => draft.account === me?.account)
    .map(({ id, form, saved }) => ({ id, form, saved }))
    .sort((one, other) => other.saved - one.saved);
}
