/**
 * The sender, shared by pages and worker (protocol §3, "Sending"): oldest first, under the one lock `outbox`, in batches that
 * adapt to the network. Nothing leaves the queue without a proof that verifies; a line that fails alone goes behind the others.
 */

import { Stop, call, pausedUntil } from "./carrier.js";
import { note, statusPath } from "./custody.js";
import { check } from "./kit-life.js";
import { locked } from "./leaving.js";
import { setAside, tell } from "./outbox.js";
import { keep } from "./returns.js";
import { fetchKeys, isProof, knowsReceiptKey, noteLoss, parse, takeNumber } from "./server.js";
import { settle, sweep } from "./settle.js";
import { all, change, get, put, transaction } from "./store.js";

const MOST_LINES = 100;
const MOST_BYTES = 256 * 1024;
const PACKED_FROM = 8 * 1024;
const LARGEST_BLOB = 2 * 1024 * 1024;
const DAY = 86_400_000;
const KEPT_PAUSE = 600_000;
const STATUS_PAUSE = 60_000;
const MOST_BLAMED = 3;

let waiting = null;

/** Sends what waits and asks how things stand -> {sent, stop}; a call while another one waits for the lock joins it. */
export function flush(why) {
  waiting ??= locked("outbox", () => {
    waiting = null;
    return run(why);
  });
  return waiting;
}

/** Where nothing got through the last time, a small question goes first: only a network that answers can tell which batch is too much. */
async function run(why) {
  const round = { sent: 0, stop: null, heard: null, lacking: 0, keys: null, news: null, isPlain: false };
  const wasDown = await get("meta", "down").catch(() => false);
  try {
    if (await prepare()) {
      if (wasDown) await ask(round);
      await sendLines(round);
      if (await isDue(why, round)) await ask(round);
      if (round.lacking) await sendLines(round);
      if (round.news?.account) await keep(round.news);
      await sendBlobs(round);
      await sweep();
    }
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    Object.assign(round, { stop: error.why, until: error.until });
  }
  const { sent, stop, until } = round;
  const isDown = stop === "network" || stop === "portal";
  if (isDown !== Boolean(wasDown)) await put("meta", isDown, "down");
  if (sent) tell({ type: "sent", count: sent });
  if (stop) tell({ type: "stop", why: stop, until });
  return { sent, stop };
}

/** Whether this phone has anything to do with the server; keys and device number are fetched where they lack. */
async function prepare() {
  const [me, chain, server] = await Promise.all(["me", "chain", "server"].map((key) => get("meta", key)));
  if (!me && !chain) return false;
  if (await pausedUntil("wait")) throw new Stop("wait", await pausedUntil("wait"));
  try {
    if (!isWithin(DAY, server?.fetched)) await fetchKeys();
    if (!chain) await takeNumber();
  } catch (error) {
    if (!server || !chain) throw new Stop(error.cause?.status === 401 ? "sign-in" : "network");
  }
  return true;
}

/**
 * Oldest first. A failure halves the batch; a single line is blamed, and goes behind the others, only when the server answers
 * another question at the same time.
 */
async function sendLines(round) {
  let size = (await get("meta", "batch")) ?? MOST_LINES;
  let queue = await waitingLines();
  let blamed = 0;
  while (queue.length && blamed < MOST_BLAMED) {
    const batch = cut(queue, size);
    const { status, body } = await post(batch, round);
    const proved = status === 200 ? await keepReceipts(batch, body, round) : new Set();
    const bad = status === 400 ? badLine(batch, body) : null;
    if (proved.size) {
      queue = queue.slice(batch.length);
      for (const line of batch) if (!proved.has(line.id)) await postpone("outbox", line.id);
      Object.assign(round, { sent: round.sent + proved.size, stop: null });
      size = await adapt(size * 2);
    } else if (bad || (batch.length === 1 && (status === 413 || status === 415))) {
      const line = bad ?? batch[0];
      await setAside(line.id, `${status}`);
      queue = queue.filter((other) => other !== line);
    } else {
      round.stop = status ? "portal" : "network";
      size = await adapt(batch.length >> 1);
      if (round.heard === null || batch.length === 1) await ask(round);
      if (batch.length > 1) continue;
      await postpone("outbox", batch[0].id);
      queue = queue.slice(1);
      blamed += 1;
    }
    tell({ type: "changed" });
  }
}

/** Base64 packs to three quarters. Where the answer does not fit a packed batch, the plain one goes, now and for the rest of this round. */
async function post(batch, round) {
  const body = batch.map((record) => record.line + "\n").join("");
  const send = (bytes, size, headers) =>
    call("/sync/entries", { method: "POST", body: bytes, headers: { "Content-Type": "application/x-ndjson", ...headers } }, size);
  if (body.length > PACKED_FROM && !round.isPlain && globalThis.CompressionStream) {
    const packed = await new Response(new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
    const answer = await send(packed, packed.byteLength, { "Content-Encoding": "gzip" });
    if (answer.status !== 400 && answer.status !== 415) return answer;
    round.isPlain = true;
  }
  return send(body, body.length);
}

async function waitingLines() {
  const kept = (await all("outbox", "kept")).filter((record) => !isWithin(KEPT_PAUSE, record.sent));
  return [...(await all("outbox", "queued")), ...kept].sort((one, other) => one.tries - other.tries || (one.id < other.id ? -1 : 1));
}

function cut(queue, size) {
  let bytes = 0;
  const fits = (record) => (bytes += record.line.length + 1) <= MOST_BYTES;
  const end = queue.findIndex((record, at) => at === size || !fits(record));
  return queue.slice(0, end < 0 ? queue.length : Math.max(end, 1));
}

async function adapt(size) {
  const adapted = Math.min(Math.max(size, 1), MOST_LINES);
  await put("meta", adapted, "batch");
  return adapted;
}

/** The line (counted from 1) that the server calls no envelope; the lines before it are in custody and get their receipts again. */
function badLine(batch, body) {
  const said = parse(body);
  if (!said?.error) return null;
  return batch[said.line - 1] ?? (batch.length === 1 ? batch[0] : null);
}

/** Marks the lines whose receipts verify -> the set of their ids. */
async function keepReceipts(batch, body, round) {
  const proved = new Map();
  const checks = body.split("\n").map(async (row) => {
    const receipt = parse(row);
    const record = receipt && batch.find((line) => line.id === receipt.id && line.sha256 === receipt.sha256);
    if (record && (await isReceipt(receipt, round))) proved.set(record.id, receipt);
  });
  await Promise.all(checks);
  await transaction(["outbox"], "readwrite", async (t) => {
    for (const [id, receipt] of proved) t.put("outbox", witnessed(await t.get("outbox", id), receipt));
  });
  return new Set(proved.keys());
}

async function isReceipt(receipt, round) {
  const { id, sha256, number, received_at, outcome } = receipt;
  if (!["received", "replayed", "quarantined"].includes(outcome) || !Number.isSafeInteger(number)) return false;
  return proves(`${id}|${sha256}|${number}|${received_at}`, receipt, round);
}

/** Verifies a proof; an unknown receipt key is asked for once a flush. */
async function proves(signed, proof, round) {
  if (!(await knowsReceiptKey(proof.kid))) {
    round.keys ??= fetchKeys().catch(() => {});
    await round.keys;
  }
  return isProof(signed, proof);
}

/** A line with its receipt; an earlier receipt with another number or key is kept beside the new one. */
function witnessed(record, { number, received_at, outcome, kid, sig, keep }) {
  const others = record.receipts.filter((receipt) => receipt.kid !== kid || receipt.number !== number);
  const receipts = [...others, { number, received_at, outcome, kid, sig }];
  return { ...record, state: keep ? "kept" : "sent", why: null, tries: 0, sent: Date.now(), receipts };
}

/** Photos go last; one that fails goes behind the others, and how things stand has been asked before. */
async function sendBlobs(round) {
  if (await pausedUntil("wait-blobs")) return;
  const hashes = await transaction(["blobs"], "readonly", (t) => t.keys("blobs", "queued"));
  for (const hash of hashes) {
    const blob = await get("blobs", hash);
    const tooLarge = blob.bytes > LARGEST_BLOB;
    const { status, body } = tooLarge ? { status: 413 } : await putBlob(blob);
    const proof = status === 200 || status === 201 ? parse(body) : null;
    if (proof?.sha256 === hash && (await proves(`blob|${hash}|${proof.received_at}`, proof, round))) {
      const { received_at, kid, sig } = proof;
      await change("blobs", hash, (record) => ({ ...record, state: "sent", sent: Date.now(), proof: { received_at, kid, sig } }));
    } else if ([413, 415, 422].includes(status)) {
      await change("blobs", hash, (record) => ({ ...record, state: "aside", why: `${status}` }));
    } else {
      await postpone("blobs", hash);
      round.stop = status ? "portal" : "network";
      return;
    }
    tell({ type: "changed" });
  }
}

const putBlob = ({ sha256, sealed }) =>
  call(`/sync/blobs/${sha256}`, { method: "PUT", body: sealed, headers: { "Content-Type": "application/octet-stream" } }, sealed.byteLength);

const postpone = (store, key) => change(store, key, (record) => ({ ...record, tries: record.tries + 1 }));

/** Whether the server should be asked how things stand, unless it has just said so. */
async function isDue(why, round) {
  if (round.heard === round.sent) return false;
  return why !== "timer" || round.sent > 0 || !isWithin(STATUS_PAUSE, await get("meta", "asked"));
}

/** Asks what the server holds of the chains that lie here; what it lacks is queued again. */
async function ask(round) {
  const chain = await get("meta", "chain");
  const began = Date.now();
  const { status, body, date } = await call(await statusPath());
  const news = status === 200 ? parse(body) : null;
  if (!news?.device) throw new Stop(status ? "portal" : "network");
  round.heard = round.sent;
  await put("meta", Date.now(), "asked");
  await note(news, { date, began });
  const isOther = news.device !== chain.device;
  if (isOther || (await noteLoss(news, chain.seq))) await takeNumber(chain.device).catch(() => {});
  round.lacking += await settle(news);
  if (news.account) await keep(news);
  await check(news);
}

/** Whether an instant lies within the last so many ms; one from a clock that was ahead does not. */
const isWithin = (span, instant) => instant > Date.now() - span && instant <= Date.now();
