/**
 * The sealed queue as a file: what has no proof here goes out as it is, and what another phone could not send is taken in
 * as it is, with its own device, number and author. A file may be taken in any number of times.
 */

import { b64url, sha256, unb64url, utf8 } from "../lib/bytes.js";
import { localTime, tell } from "./outbox.js";
import { UNPROVED, parse } from "./server.js";
import { transaction } from "../store/store.js";

const MOST_BYTES = 7_000_000;
const LONGEST_LINE = 128 * 1024;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LAST_SEAT = 2 ** 31 - 1;

/**
 * Everything not proved yet -> [File]: the sealed lines, then their sealed photos; more than one file only where the office
 * would find one too large. `name` ends as the way out of the phone allows.
 */
export async function pack(extension = "ndjson", type = "application/x-ndjson") {
  const parts = [[]];
  let size = 0;
  const write = (row) => {
    if (size && size + row.length > MOST_BYTES) {
      parts.push([]);
      size = 0;
    }
    size += row.length + 1;
    parts.at(-1).push(row + "\n");
  };
  await transaction(["outbox", "blobs"], "readonly", async (t) => {
    for (const state of UNPROVED) for (const { line } of await t.all("outbox", state)) write(line);
    for (const state of ["queued", "aside"]) {
      for (const hash of await t.keys("blobs", state)) write(JSON.stringify({ blob: hash, bytes: b64url((await t.get("blobs", hash)).sealed) }));
    }
  });
  const name = `ombun-${localTime().slice(0, 16).replace(/\D/g, "")}`;
  const full = parts.filter((rows) => rows.length);
  const numbered = (at) => (full.length > 1 ? `${name}-${at + 1}` : name);
  return full.map((rows, at) => new File(rows, `${numbered(at)}.${extension}`, { type }));
}

/** What is in a file -> {lines, photos, bad}; `bad` = the numbers of its rows that are neither, so it is damaged or foreign. */
export async function read(file) {
  const found = { lines: [], photos: [], bad: [] };
  const rows = (await file.text()).replace(/^\uFEFF/, "").split("\n");
  for (const [at, text] of rows.entries()) {
    const row = text.replace(/\r$/, "");
    if (!row.trim()) continue;
    const said = parse(row);
    const [photo, line] = said?.blob ? [await photoOf(said), null] : [null, await lineOf(row)];
    if (photo) found.photos.push(photo);
    else if (line) found.lines.push(line);
    else found.bad.push(at + 1);
  }
  return found;
}

/** A sealed line as it was written on some phone -> its envelope with `line` and `sha256`, or null. */
export async function lineOf(row) {
  const said = parse(row);
  return isEnvelope(said, row) ? { ...said, line: row, sha256: await sha256(utf8(row)) } : null;
}

/**
 * Puts lines and photos into this phone's outbox, all or none -> {taken, known, photos, clashing}: taken in, here already,
 * photos taken in, and lines whose id is here with other bytes (those stay in the file). The chain of this phone is not touched.
 * What was said in clear beside a line (`clear`) stays with it here, and goes nowhere.
 */
export async function takeIn({ lines, photos }) {
  const told = { taken: 0, known: 0, photos: 0, clashing: 0 };
  const carried = Date.now();
  await transaction(["outbox", "blobs"], "readwrite", async (t) => {
    for (const line of lines) {
      const here = await t.get("outbox", line.id);
      if (here) told[here.sha256 === line.sha256 ? "known" : "clashing"] += 1;
      else {
        t.put("outbox", record(line, carried));
        told.taken += 1;
      }
    }
    for (const { hash, sealed } of photos) {
      if (await t.get("blobs", hash)) continue;
      const nothing = { kid: null, role: null, type: null, author: null };
      t.put("blobs", { sha256: hash, ...nothing, bytes: sealed.byteLength, sealed, state: "queued", tries: 0, saved: carried, carried });
      told.photos += 1;
    }
  });
  tell({ type: "changed" });
  globalThis.dispatchEvent(new Event("outbox-saved"));
  return told;
}

function record({ id, author, device, seq, kid, line, sha256: hash, clear }, carried) {
  const made = parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  return {
    ...{ id, author, device, seq, kid, kind: null, form: null, subject: null, replaces: null, line },
    ...{ sha256: hash, blobs: [], saved: Math.min(made, carried), carried, ...(clear && { clear }) },
    ...{ state: "queued", why: null, tries: 0, sent: null, receipts: [] },
  };
}

async function photoOf({ blob, bytes }) {
  try {
    const { buffer } = unb64url(bytes);
    return (await sha256(buffer)) === blob ? { hash: blob, sealed: buffer } : null;
  } catch {
    return null;
  }
}

/** The server's own idea of an envelope, and a little more: what a phone wrote is whole. */
const isEnvelope = (said, row) =>
  (said?.v === 1 || (said?.v === 2 && typeof said.sig === "string")) &&
  [said.id, said.device, said.author].every((id) => UUID.test(id)) &&
  Number.isSafeInteger(said.seq) && said.seq >= 1 && said.seq <= LAST_SEAT &&
  [said.prev, said.kid, said.enc, said.ct].every((part) => typeof part === "string") &&
  utf8(row).length <= LONGEST_LINE;
