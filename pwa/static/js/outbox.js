/**
 * The only way an entry is written (protocol §3): sealed to the server, chained to the entry before it, and on the disk
 * together with the own copy and the new head of the chain before anybody is told that it is saved.
 */

import { b64url, sha256, text, utf8 } from "./bytes.js";
import { tell } from "./channel.js";
import * as drafts from "./drafts.js";
import { me, openOwn, sealToSelf } from "./keys.js";
import { locked } from "./leaving.js";
import { owner } from "./person.js";
import { seal } from "./seal.js";
import { newestKey, takeNumber } from "./server.js";
import { PhoneError, change, get, put, transaction } from "./store.js";
import { uuid7 } from "./uuid7.js";

const LONGEST_LINE = 128 * 1024;

export { tell };

/**
 * Saves an entry -> {id, seq} once it is durable; `blobs` are what addBlob gave, `draft` the id of the draft it ends.
 * Rejects: signed-out, no-device, no-key, too-large, full.
 */
export async function add({ draft, ...entry }) {
  const { account } = await person();
  if (!(await get("meta", "chain"))) await takeNumber();
  if (draft) await drafts.settle(draft);
  const plaintext = plain(entry);
  const saved = await locked("chain", async () => {
    for (;;) {
      const head = await get("meta", "chain");
      const made = await compose(plaintext, account, head);
      if (await commit(made, head, draft)) return made.record;
    }
  });
  tell({ type: "changed" });
  globalThis.dispatchEvent(new Event("outbox-saved"));
  return { id: saved.id, seq: saved.seq };
}

/** Seals a photo or signature and keeps it until an entry names it -> {sha256, kid, role, type, bytes} (bytes as sealed). */
export async function addBlob(buffer, role, type = "image/jpeg") {
  const { account } = await person();
  const { kid, publicKey } = await newestKey();
  const { enc, ct } = await seal(publicKey, `ombun/1|blob|${account}`, new Uint8Array(buffer));
  const sealed = await new Blob([enc, ct]).arrayBuffer();
  const blob = { sha256: await sha256(sealed), kid, role, type, bytes: sealed.byteLength };
  await put("blobs", { ...blob, sealed, author: account, state: "loose", tries: 0, saved: Date.now() });
  return blob;
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

/** Every entry held here, newest first, with its receipts and what the server last said of it. */
export const list = () =>
  transaction(["outbox", "blobs", "meta"], "readonly", async (t) => {
    const records = await t.all("outbox");
    const waiting = new Set(await t.keys("blobs", "queued"));
    const states = (await t.get("meta", "states")) ?? {};
    return records.reverse().map(({ line, blobs, tries, ...record }) => ({
      ...record,
      status: states[record.id] ?? null,
      blobs: { all: blobs.length, waiting: blobs.filter((hash) => waiting.has(hash)).length },
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

/** Lets an entry that was set aside try again. */
export const retry = (id) =>
  change("outbox", id, (record) => record.state === "aside" && { ...record, state: "queued", why: null, tries: 0 });

/** Lets photos that were set aside try again. */
export const retryPhotos = () =>
  transaction(["blobs"], "readwrite", async (t) => {
    for (const hash of await t.keys("blobs", "aside")) t.put("blobs", { ...(await t.get("blobs", hash)), state: "queued", why: null, tries: 0 });
  });

const place = (id) => `entry|${id}`;

async function person() {
  const known = await me();
  if (!known) throw new PhoneError("signed-out");
  if ((await owner()).account !== known.account || (await get("meta", "other"))) throw new PhoneError("other-person");
  return known;
}

function plain({ kind, form, subject, place = null, base = null, replaces = null, payload, blobs = [] }) {
  return { kind, form, subject, place, recorded_at: localTime(), base, replaces, payload, blobs };
}

/** This moment as ISO 8601 with the phone's own offset. */
export function localTime(now = new Date()) {
  const minutes = -now.getTimezoneOffset();
  const local = new Date(now.getTime() + minutes * 60_000).toISOString().slice(0, 19);
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  return `${local}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

async function compose(plaintext, author, head) {
  const { kid, publicKey } = await newestKey();
  const id = uuid7(head.id);
  const { device, sha256: prev } = head;
  const seq = head.seq + 1;
  const bytes = utf8(JSON.stringify(plaintext));
  const { enc, ct } = await seal(publicKey, `ombun/1|${author}|${device}|${seq}|${id}`, bytes);
  const line = JSON.stringify({ v: 1, id, author, device, seq, prev, kid, enc: b64url(enc), ct: b64url(ct) });
  if (line.length > LONGEST_LINE) throw new PhoneError("too-large");
  const { kind, form, subject, replaces } = plaintext;
  const record = {
    ...{ id, author, device, seq, kid, kind, form, subject, replaces, line },
    ...{ sha256: await sha256(utf8(line)), blobs: plaintext.blobs.map((blob) => blob.sha256) },
    ...{ saved: Date.now(), state: "queued", why: null, tries: 0, sent: null, receipts: [] },
  };
  return { record, own: { id, account: author, ...(await sealToSelf(bytes, place(id))) } };
}

/** One strict transaction, only if the head is still the one that was sealed against. */
const commit = ({ record, own }, head, draft) =>
  transaction(["meta", "outbox", "copies", "drafts", "blobs"], "readwrite", async (t) => {
    const now = await t.get("meta", "chain");
    if (now.device !== head.device || now.sha256 !== head.sha256 || now.seq !== head.seq) return false;
    const { device, seq, sha256: hash, id } = record;
    t.put("outbox", record);
    t.put("copies", own);
    t.put("meta", { device, seq, sha256: hash, id }, "chain");
    if (draft) t.remove("drafts", draft);
    for (const named of record.blobs) {
      const blob = await t.get("blobs", named);
      if (blob?.state === "loose") t.put("blobs", { ...blob, state: "queued" });
    }
    return true;
  });
