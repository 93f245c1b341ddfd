/**
 * Drafts that would be locked out (their person signs out, the session or their key is gone) go into custody as entries of their
 * own, sealed as they were typed; those in custody come back to whichever phone their author uses, until they are finished.
 */

import * as drafts from "../form/drafts.js";
import { DRAFT, kindOf, subjectOf } from "../kinds/kinds.js";
import { add } from "./outbox.js";
import { me } from "../account/person.js";
import { askJson } from "./server.js";
import { all, change, get, remove } from "../store/store.js";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const hopeless = new Set();

/** Puts the person's drafts that custody does not hold as they are now into the outbox; one that does not fit stays a draft. */
export async function handOver(wanted = () => true) {
  await drafts.written();
  const person = await me();
  for (const draft of await all("drafts")) {
    if (draft.account === person?.account && draft.box && UUID.test(subjectOf(draft.id)) && !isHeld(draft) && wanted(draft)) await handOne(draft).catch(() => {});
  }
}

/** Keeps what /sync/status says of drafts: those in custody are offered here too, finished ones are not any more. */
export async function takeBack(entries) {
  for (const entry of entries) {
    if (entry.kind !== DRAFT || entry.state !== "received" || hopeless.has(entry.id)) continue;
    await (entry.finished ? letGo(entry.id) : offer(entry.id));
  }
}

/** Whether custody holds the draft as it is now. */
export const isHeld = ({ handed, saved }) => handed?.saved === saved;

async function handOne({ id, form, saved, handed, box, blobs }) {
  const payload = { form, draft: id, kept_at: new Date(saved).toISOString(), sealed: box };
  const entry = await add({ kind: DRAFT, form: "draft@1", subject: subjectOf(id), replaces: handed?.entry ?? null, payload, blobs });
  await change("drafts", id, (draft) => draft.saved === saved && { ...draft, handed: { entry: entry.id, saved } });
}

async function letGo(entry) {
  const draft = (await all("drafts")).find(({ handed }) => handed?.entry === entry);
  if (draft && isHeld(draft)) await remove("drafts", draft.id);
}

/** One that lies here already stays, unless it is sealed to a key that is gone. */
async function offer(entry) {
  const { pair } = await me();
  if ((await all("drafts")).some((draft) => draft.handed?.entry === entry && draft.pair === pair)) return;
  const { payload } = (await askJson(`/sync/entries/${entry}`)).plaintext;
  const { draft: id, form, values, kept_at } = payload;
  const saved = Date.parse(kept_at) || Date.now();
  if (!values || !UUID.test(subjectOf(id))) return void hopeless.add(entry);
  const here = await get("drafts", id);
  const isNewer = here && (!isHeld(here) || (here.pair === pair && here.saved > saved));
  if (isNewer || (await isRecorded(id, form, saved))) return;
  await drafts.bring({ id, form, saved, handed: { entry, saved } }, values);
}

/** Whether this phone holds an entry that finished the draft, sent or not. */
async function isRecorded(id, form, since) {
  const ends = ({ subject, kind, saved }) => subject === subjectOf(id) && kind === kindOf(form) && saved >= since;
  return (await all("outbox")).some(ends);
}
