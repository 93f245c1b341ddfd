/**
 * The only way an entry is written (protocol §3): sealed to the server, chained to the entry before it, and on the disk
 * together with the own copy and the new head of the chain before anybody is told that it is saved.
 */

import { b64url, sha256, text, utf8 } from "../lib/bytes.js";
import { claim } from "./books.js";
import { tell } from "../lib/channel.js";
import { knownAhead } from "../lib/clock.js";
import * as drafts from "../form/drafts.js";
import { end } from "./ends.js";
import { findPair, me, openOwn, sealToSelf, sealWith } from "../account/keys.js";
import { locked } from "../store/page-cache.js";
import { takeNumber } from "./number.js";
import { owner } from "../account/person.js";
import { seal } from "../lib/seal.js";
import { newestKey } from "./server.js";
import { signed, signer } from "./signing.js";
import { PhoneError, change, get, put, transaction } from "../store/store.js";
import { uuid7 } from "../lib/uuid7.js";

const LONGEST_LINE = 128 * 1024;

export { tell };

/**
 * Saves an entry -> {id, seq, payload} once it is durable; `blobs` are what addBlob gave, `draft` the id of the draft it ends,
 * `after` the last entry by which that draft was ended before (ends.js), and `numberOf` a fund from whose book the payload gets `book`
 * and `no` (books.js).
 * Rejects: signed-out, no-device, too-many-numbers (`until`), no-key, no-book, too-large, full, elsewhere (ended by another window).
 */
export async function add({ draft, after = null, numberOf, ...entry }) {
  const [{ account, pair }, chain, ahead] = await Promise.all([person(), get("meta", "chain"), knownAhead()]);
  if (!chain) await takeNumber();
  if (draft) await drafts.settle(draft);
  const numbers = numberOf ? claim(numberOf, account) : null;
  return write(plain(entry, ahead), { account, pair, draft, after, numbers });
}

/** Seals a plaintext at the head of the chain; `instead` is the id of a damaged entry here that it takes the place of. */
export async function write(plaintext, { account, pair, draft, after, instead, numbers }) {
  const who = account ? { account, pair } : await person();
  const [saved, payload] = await locked("chain", async () => {
    for (;;) {
      const [head, numbered, keys] = await Promise.all([get("meta", "chain"), numbers?.next(), keysFor(who.pair)]);
      const seat = { id: uuid7(head.id), author: who.account, device: head.device, seq: head.seq + 1, prev: head.sha256 };
      const said = { ...plaintext, payload: { ...plaintext.payload, ...numbered } };
      const made = await compose(said, seat, keys);
      const take = numbers && ((t) => numbers.take(t, numbered));
      if (await commit(made, head, { draft, after, instead, take })) return [made.record, said.payload];
    }
  });
  return { ...announceSaved(saved), payload };
}

/** Seals an entry once more for the seat that it has, where its line was damaged; `prev` is the hash of the line before it. */
export async function reseal({ id, author, device, seq }, prev, plaintext) {
  const saved = await locked("chain", async () => {
    for (;;) {
      const [head, keys] = await Promise.all([get("meta", "chain"), keysFor()]);
      const made = await compose(plaintext, { id, author, device, seq, prev }, keys);
      if (await commit(made, head, { isHead: head.device === device && head.seq === seq })) return made.record;
    }
  });
  return announceSaved(saved);
}

function announceSaved({ id, seq }) {
  tell({ type: "changed" });
  globalThis.dispatchEvent(new Event("outbox-saved"));
  return { id, seq };
}

/**
 * Seals a photo or signature and keeps it until an entry names it -> {sha256, kid, role, type, bytes} (bytes as sealed).
 * `preview` is a smaller one that its author may look at again on this phone.
 */
export async function addBlob(buffer, role, preview = null, type = "image/jpeg") {
  const { account } = await person();
  const { kid, publicKey } = await newestKey();
  const { enc, ct } = await seal(publicKey, `ombun/1|blob|${account}`, new Uint8Array(buffer));
  const sealed = await new Blob([enc, ct]).arrayBuffer();
  const blob = { sha256: await sha256(sealed), kid, role, type, bytes: sealed.byteLength };
  const own = preview && (await sealToSelf(new Uint8Array(preview), `preview|${blob.sha256}`));
  await put("blobs", { ...blob, sealed, author: account, state: "loose", tries: 0, saved: Date.now(), ...(own && { preview: own }) });
  return blob;
}

/** The small picture beside a kept one, as bytes; null where there is none. Rejects: locked. */
export async function preview(hash) {
  const own = (await get("blobs", hash))?.preview;
  return own ? openOwn(own, `preview|${hash}`) : null;
}

/** Removes a photo that no saved entry names. */
export const dropBlob = (hash) =>
  transaction(["blobs"], "readwrite", async (t) => {
    if ((await t.get("blobs", hash))?.state === "loose") t.remove("blobs", hash);
  });

/** -> {waiting, since, kept, aside, sent, blobs}: entries by state, ms of the oldest waiting (or null), photos waiting. */
export const counts = () =>
  transaction(["outbox", "blobs"], "readonly", async (t) => {
    const waiting = await t.all("outbox", "queued");
    const [kept, aside, sent] = await Promise.all(["kept", "aside", "sent"].map((state) => t.keys("outbox", state)));
    const blobs = await t.keys("blobs", "queued");
    return {
      waiting: waiting.length,
      since: waiting.length ? Math.min(...waiting.map((record) => record.saved)) : null,
      kept: kept.length,
      aside: aside.length,
      sent: sent.length,
      blobs: blobs.length,
    };
  });

/** -> [damaged, refused]: the hashes of the photos that broke on this phone, and of those that the server did not take. */
export async function setApartPhotos(t) {
  const aside = await t.all("blobs", "aside");
  const hashes = (found) => new Set(found.map(({ sha256 }) => sha256));
  return [hashes(aside.filter(({ why }) => why === "damaged")), hashes(aside.filter(({ why }) => why !== "damaged"))];
}

/** Every entry held here, newest first, with its receipts and what the server last said of it. */
export const list = () =>
  transaction(["outbox", "blobs", "meta"], "readonly", async (t) => {
    const records = await t.all("outbox");
    const waiting = new Set(await t.keys("blobs", "queued"));
    const [damaged, refused] = await setApartPhotos(t);
    const among = (hashes, set) => hashes.filter((hash) => set.has(hash)).length;
    const states = (await t.get("meta", "states")) ?? {};
    return records.reverse().map(({ line, blobs, tries, ...record }) => ({
      ...record,
      status: states[record.id] ?? null,
      blobs: { all: blobs.length, waiting: among(blobs, waiting), refused: among(blobs, refused), damaged: among(blobs, damaged) },
    }));
  });

/** The plaintext of an entry saved here. Rejects: locked, missing. */
export async function copy(id) {
  const sealed = await get("copies", id);
  if (!sealed) throw new PhoneError("missing");
  return JSON.parse(text(await openOwn(sealed, place(id))));
}

/** Takes an entry out of the way of the others; it stays on the phone and can be exported. */
export const setAside = (id, why) => change("outbox", id, (record) => ({ ...record, state: "aside", why }));

const afresh = (record) => record?.state === "aside" && { ...record, state: "queued", why: null, tries: 0 };

/** Lets an entry that was set aside try again, and its photos. */
export async function retry(id) {
  await change("outbox", id, afresh);
  for (const hash of (await get("outbox", id))?.blobs ?? []) await change("blobs", hash, afresh);
}

/** Lets photos that were set aside try again. */
export const retryPhotos = () =>
  transaction(["blobs"], "readwrite", async (t) => {
    for (const hash of await t.keys("blobs", "aside")) t.put("blobs", afresh(await t.get("blobs", hash)));
  });

const place = (id) => `entry|${id}`;

async function person() {
  const [known, holder, other] = await Promise.all([me(), owner(), get("meta", "other")]);
  if (!known) throw new PhoneError("signed-out");
  if (holder.account !== known.account || other) throw new PhoneError("other-person");
  return known;
}

/** `clock_ms` is left out where nobody knows how far ahead the clock is. */
function plain({ kind, form, subject, place = null, base = null, replaces = null, payload, blobs = [] }, clock_ms) {
  return { kind, form, subject, place, recorded_at: localTime(), base, replaces, ...(clock_ms !== undefined && { clock_ms }), payload, blobs };
}

/** This moment as ISO 8601 with the phone's own offset. */
export function localTime(now = new Date()) {
  const minutes = -now.getTimezoneOffset();
  const local = new Date(now.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** What seals and signs, read in one moment with whatever else is asked for: most of a save goes by waiting for the store. */
const keysFor = (pair) => Promise.all([findPair(pair), newestKey(), get("meta", "signing")]);

async function compose(plaintext, { id, author, device, seq, prev }, [pair, { kid, publicKey }, signing]) {
  const bytes = utf8(JSON.stringify(plaintext));
  const sealing = seal(publicKey, `ombun/1|${author}|${device}|${seq}|${id}`, bytes);
  const [own, { enc, ct }] = await Promise.all([sealWith(pair, bytes, place(id)), sealing]);
  const { envelope, by } = await signed({ v: 1, id, author, device, seq, prev, kid, enc: b64url(enc), ct: b64url(ct) }, signing);
  const line = JSON.stringify(envelope);
  if (line.length > LONGEST_LINE) throw new PhoneError("too-large");
  const { kind, form, subject, replaces } = plaintext;
  const record = {
    ...{ id, author, device, seq, kid, kind, form, subject, replaces, line },
    ...{ sha256: await sha256(utf8(line)), blobs: plaintext.blobs.map((blob) => blob.sha256) },
    ...{ saved: Date.now(), state: "queued", why: null, tries: 0, sent: null, receipts: [] },
  };
  return { record, by, own: { id, account: author, ...own } };
}

/** One strict transaction, only if the head is still the one that was sealed against, and the key the one that signed. */
const commit = ({ record, by, own }, head, { draft, after, instead, take, isHead = true }) =>
  transaction(["meta", "outbox", "copies", "drafts", "blobs"], "readwrite", async (t) => {
    const [now, signing] = [await t.get("meta", "chain"), await t.get("meta", "signing")];
    if (now.device !== head.device || now.sha256 !== head.sha256 || now.seq !== head.seq) return false;
    if (signer(signing, now.device) !== by) return false;
    if (take && !(await take(t))) return false;
    const { device, seq, sha256: hash, id } = record;
    if (draft) await end(t, draft, { id, after });
    t.put("outbox", record);
    t.put("copies", own);
    if (isHead) t.put("meta", { device, seq, sha256: hash, id }, "chain");
    if (instead) for (const store of ["outbox", "copies"]) t.remove(store, instead);
    for (const named of record.blobs) {
      const blob = await t.get("blobs", named);
      if (blob?.state === "loose") t.put("blobs", { ...blob, state: "queued" });
    }
    return true;
  });
