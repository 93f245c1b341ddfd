/**
 * The field kit on this phone: brought by one tap, sealed to the person's own key like drafts and copies, read only after an
 * unlock and forgotten after five idle minutes. What changed is added sealed, also while it is locked, and merged when opened.
 */

import { text, utf8 } from "../lib/bytes.js";
import { real } from "../lib/clock.js";
import * as idle from "./kit-idle.js";
import { rowsIn } from "./kit-rights.js";
import { alive, erase, hear, lasts, status, tell } from "./kit-life.js";
import { lock as lockKeys, me, onLock, openOwn, sealToSelf, unlock as unlockKeys } from "../account/keys.js";
import { locked } from "../store/page-cache.js";
import { refresh as refreshBooks } from "../outbox/books.js";
import { askDated } from "../outbox/server.js";
import { PhoneError, all, transaction } from "../store/store.js";

export { check, erase, status } from "./kit-life.js";

const FRESH = 15 * 60_000;
const PATIENCE = 120_000;
const MOST_PATCHES = 8;
const SHAPE = 3; // what lies here in the shape of an older script is brought anew, whole

let opened = null;

idle.whenOver(lock);
onLock(() => opened && hear({ type: "locked" })); // another page may go on
addEventListener("kit-changed", ({ detail }) => ["locked", "erased"].includes(detail.type) && forget());

/** Brings the kit, or what changed -> status. Rejects: signed-out, sign-in, offline, none (no assignment), full. */
export const prepare = () => inTurn(() => bring());

/** The same without a tap, when the kit is older than a quarter of an hour; stays quiet without a network. -> status or null. */
export async function refresh() {
  const held = await status();
  if (!held || held.now - held.updated < FRESH) return held;
  return prepare().catch(status);
}

/** The kit in plain -> {at, households, people, returned}; emptied when it locks. Rejects: missing, locked, signed-out. */
export async function open() {
  const head = await alive();
  if (!head) throw new PhoneError("missing");
  if (!(await me())) throw new PhoneError("signed-out");
  if (!idle.isOpen()) throw new PhoneError("locked");
  if (opened?.mark === head.mark) return opened.kit;
  opened = await read();
  return opened.kit;
}

/** From a tap: asks for the passkey, and the five minutes begin. Rejects: cancelled, missing, signed-out. */
export async function unlock() {
  await unlockKeys((await alive())?.pair);
  idle.begin();
  tell({ type: "unlocked" });
}

/** Whether this page has no open kit; `open` may still succeed without a tap. */
export const isLocked = () => opened === null || !idle.isOpen();

export function lock() {
  idle.end();
  lockKeys();
  tell({ type: "locked" });
}

function forget() {
  if (!opened) return;
  for (const list of [opened.kit.households, opened.kit.people, opened.kit.returned]) list.length = 0;
  opened = null;
}

const inTurn = (work) => locked("kit", work);

async function bring(anew = false) {
  const person = await me();
  if (!person) throw new PhoneError("signed-out");
  const head = await alive();
  const records = head?.shape === SHAPE && !anew && head.pair === person.pair ? await sealed() : null;
  const answer = await ask(records && head.cursor);
  if (!records) return write(head, answer, [await sealPart("base", answer)]);
  const changes = answer.households.length + answer.gone.length;
  const patches = records.filter(({ id }) => id.startsWith("patch-"));
  if (answer.gone.length || patches.length === MOST_PATCHES) return bring(true);
  const kept = [...patches, ...(changes ? [await sealPart(`patch-${patches.length}`, answer)] : [])];
  return write(head, answer, [records.find(({ id }) => id === "base"), ...kept]);
}

async function ask(since) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const body = JSON.stringify({ since });
  const signal = AbortSignal.timeout(PATIENCE);
  const { said: answer, date } = await askDated("/kit/downloads", { method: "POST", headers, body, signal }).catch((error) => {
    throw new PhoneError(error.status === 401 ? "sign-in" : "offline", error);
  });
  if (answer.assignment === null) {
    await erase("right");
    throw new PhoneError("none");
  }
  if (!answer.assignment?.id) throw new PhoneError("offline");
  if (answer.assignment.collects) await refreshBooks(); // a kit to collect with is of no use without numbers for receipts
  return { ...answer, updated: date || real() };
}

/** Head and chunks in one strict transaction; what is in the store otherwise goes. `updated` is of the server's clock, `here` of this one. */
async function write(before, answer, chunks) {
  const { account, pair, mode } = await me();
  const { assignment, cursor, counts, updated } = answer;
  const here = Date.now();
  const made = before?.made ?? updated;
  const about = { shape: SHAPE, account, pair, made, updated, here, until: lasts(updated, assignment), assignment, ...counts, protection: mode };
  const returned = await seal("returned", answer.returned);
  const parts = [returned, ...chunks];
  const bytes = parts.reduce((sum, { ct }) => sum + ct.byteLength, 0);
  const records = [{ id: "head", mark: crypto.randomUUID(), cursor, bytes, ...about }, ...parts];
  await transaction(["kit"], "readwrite", async (t) => {
    for (const { id } of await t.all("kit")) t.remove("kit", id);
    for (const record of records) t.put("kit", record);
  });
  if (mode === "basic" && !before) idle.begin();
  tell({ type: "updated" });
  return status();
}

const sealed = () => all("kit").then((records) => records.filter(({ id }) => id !== "head"));

const sealPart = (id, { households, people, told }) => seal(id, { households, people, told });

const seal = async (id, content) => ({ id, ...(await sealToSelf(utf8(JSON.stringify(content)), `kit|${id}`)) });

const unseal = async (record) => JSON.parse(text(await openOwn(record, `kit|${record.id}`)));

/** Opens everything once, as it lies there at one moment, and puts the parts together. */
async function read() {
  const records = new Map((await all("kit")).map((record) => [record.id, record]));
  const head = records.get("head");
  if (!head) throw new PhoneError("missing");
  const patches = [...Array(MOST_PATCHES).keys()].map((n) => records.get(`patch-${n}`)).filter(Boolean);
  const [returned, ...parts] = await Promise.all(["returned", "base"].map((id) => records.get(id)).concat(patches).map(unseal));
  return { mark: head.mark, kit: { at: head.here ?? head.updated, ...together(parts), returned } };
}

/** The latest word about each household, in walking order; its people carry where they live, and what they would get. */
function together(parts) {
  const latest = new Map(parts.flatMap((part) => part.households.map((household) => [household.id, { ...household, part, people: [] }])));
  const living = new Map([...latest.keys()].map((id) => [id, []]));
  for (const part of parts) {
    const rights = rowsIn(part.told);
    for (const { rights: number, ...person } of part.people) {
      if (latest.get(person.household).part !== part) continue;
      living.get(person.household).push(number === undefined ? person : { ...person, rights: rights[number] });
    }
  }
  const households = [...latest.values()].sort((one, other) => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0));
  for (const household of households) {
    delete household.part;
    for (const person of living.get(household.id)) {
      household.people.push(person.id);
      Object.assign(person, { house: household.house.number, place: household.place });
    }
  }
  return { households, people: households.flatMap(({ id }) => living.get(id)) };
}
