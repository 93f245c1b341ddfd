/**
 * The phone's database. Additive upgrades in `boot` only; everything else opens what is there, and lets go when a newer
 * version of the app wants to upgrade. What is awaited from `transaction` is on the disk.
 */

import { here, whenAway } from "./page-cache.js";

const NAME = "ombun";
const VERSION = 2;
const STORES = {
  meta: null,
  outbox: "id",
  blobs: "sha256",
  copies: "id",
  drafts: "id",
  returns: "id",
  keys: "id",
  kit: "id",
};
const STATES = ["outbox", "blobs"];
const PATIENCE = 10_000;
const NO_ROOM = /quota|space|disk|full|committing|unable to store/i;

const running = new Set();
const cut = new WeakSet();
let connection = null;
let asked = null;

whenAway(() => {
  running.forEach(cutShort);
  connection?.then((database) => database.close(), () => {});
  connection = null;
});

/**
 * What a page can say in words; `code` is one of: signed-out, no-device, too-many-numbers, no-key, too-large, full, stuck, locked, cancelled,
 * not-a-picture, heic, missing, elsewhere, no-store, changed, other-person.
 */
export class PhoneError extends Error {
  constructor(code, cause) {
    super(code, { cause });
    this.name = "PhoneError";
    this.code = code;
  }
}

/** Makes or upgrades the database; a page older than the database uses it as it is. */
export const boot = () =>
  connect(VERSION).catch((error) => {
    if (error.name !== "VersionError") throw error;
    return connect();
  });

/**
 * Runs `work(t)` in one strict transaction and gives its result after the commit; what was only read is given when it is there. `work`
 * may await only what `t` gives; an error in it undoes everything. Rejects with PhoneError `full` when the phone has no room, `no-store` before `boot`, and
 * `stuck` when a write does not end within ten seconds because somebody else keeps the stores.
 */
export async function transaction(stores, mode, work) {
  const tx = await begin(stores, mode);
  let alarm = 0;
  running.add(tx);
  const done = new Promise((resolve, reject) => {
    tx.oncomplete = resolve;
    tx.onabort = () => reject(named(tx.error));
    const giveUp = () => abort(tx) && reject(new PhoneError("stuck")); // WebKit tells no end of what it never let begin
    if (mode === "readwrite") alarm = setTimeout(giveUp, PATIENCE);
  });
  done.catch(() => {});
  try {
    const [result] = await Promise.all([work(steps(tx)), mode === "readwrite" ? done : null]);
    return result;
  } catch (error) {
    if (cut.has(tx)) return transaction(stores, mode, work);
    abort(tx);
    throw error.code === "no-store" ? await done.then(() => error, (reason) => reason) : named(error);
  } finally {
    running.delete(tx);
    clearTimeout(alarm);
  }
}

/** The page is put away: what has not ended by itself begins anew on the way back. */
const cutShort = (tx) => abort(tx) && cut.add(tx);

/** -> whether it had not ended already. */
function abort(tx) {
  try {
    tx.abort();
    return true;
  } catch {
    return false;
  }
}

/** One record. What is asked for in the same moment is read in one transaction: most of a phone's time goes by waiting for them. */
export function get(store, key) {
  asked ??= together();
  const at = asked.wanted.push([store, key]) - 1;
  return asked.answers.then((found) => found[at]);
}

function together() {
  const wanted = [];
  const read = (t) => Promise.all(wanted.map(([name, key]) => t.get(name, key)));
  const answers = Promise.resolve().then(() => {
    asked = null;
    return transaction([...new Set(wanted.map(([name]) => name))], "readonly", read);
  });
  return { wanted, answers };
}

export const all = (store, state) => transaction([store], "readonly", (t) => t.all(store, state));
export const put = (store, value, key) => transaction([store], "readwrite", (t) => t.put(store, value, key));
export const remove = (store, key) => transaction([store], "readwrite", (t) => t.remove(store, key));

/** Changes one record, if it is there: `change(record)` gives the new one, or null to leave it. */
export const change = (store, key, alter) =>
  transaction([store], "readwrite", async (t) => {
    const record = await t.get(store, key);
    const altered = record && alter(record);
    if (altered) t.put(store, altered);
  });

/** Deletes the database, for every page and the worker; it stays deleted until a page boots anew. */
export async function destroy() {
  const opened = await connection?.catch(() => null);
  opened?.close();
  connection = null;
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = resolve;
    request.onerror = () => reject(request.error);
  });
}

function steps(tx) {
  const store = (name) => tx.objectStore(name);
  const within = (state) => IDBKeyRange.bound([state], [state, []]);
  return {
    get: (name, key) => answer(store(name).get(key)),
    all: (name, state) => answer(state ? store(name).index("state").getAll(within(state)) : store(name).getAll()),
    keys: (name, state) => answer(store(name).index("state").getAllKeys(within(state))),
    put: (name, value, key) => void store(name).put(value, key),
    remove: (name, key) => void store(name).delete(key),
  };
}

async function begin(stores, mode) {
  try {
    return (await opened()).transaction(stores, mode, { durability: "strict" });
  } catch (error) {
    if (error.name !== "InvalidStateError") throw named(error);
    connection = null;
    return (await opened()).transaction(stores, mode, { durability: "strict" });
  }
}

/** The database, open in a page that was not put away meanwhile. */
async function opened() {
  for (;;) {
    const present = here();
    await present;
    const database = await (connection ?? connect());
    if (present === here()) return database;
  }
}

function connect(version) {
  const opened = new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, version);
    request.onupgradeneeded = () => (version ? upgrade(request.result, request.transaction) : request.transaction.abort());
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onversionchange = letGo;
      request.result.onclose = letGo;
      resolve(request.result);
    };
  });
  const letGo = () => {
    if (connection === opened) connection = null;
    opened.then((database) => database.close(), () => {});
  };
  opened.catch(letGo);
  connection = opened;
  return opened;
}

function upgrade(database, tx) {
  for (const [name, keyPath] of Object.entries(STORES)) {
    if (!database.objectStoreNames.contains(name)) database.createObjectStore(name, keyPath ? { keyPath } : {});
  }
  for (const name of STATES) {
    const store = tx.objectStore(name);
    if (!store.indexNames.contains("state")) store.createIndex("state", ["state", "tries"]);
  }
}

const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(named(request.error));
  });

/**
 * A phone without room says so in several ways: by the quota, at once or when the transaction ends, and by what the disk says where
 * it is full itself. A request under way then says only that it was cut off.
 */
function named(error) {
  const isFull = error?.name === "QuotaExceededError" || (error?.name === "UnknownError" && NO_ROOM.test(error.message));
  if (isFull) {
    globalThis.dispatchEvent(new Event("phone-full"));
    return new PhoneError("full", error);
  }
  return error?.name === "AbortError" ? new PhoneError("no-store", error) : (error ?? new PhoneError("no-store"));
}
