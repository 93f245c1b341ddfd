/**
 * The sender, shared by pages and worker (protocol §3, "Sending"): oldest first, under the one lock `outbox`, in batches that
 * adapt to the network. Nothing leaves the queue without a proof that verifies; a line that fails alone goes behind the others.
 */

import { hear as hearOfBooks } from "./books.js";
import { Stop, blame, call, pausedUntil } from "./transport.js";
import { note, statusPath } from "./custody.js";
import { setApart } from "./damage.js";
import { check } from "../kit/kit-life.js";
import { locked } from "../store/page-cache.js";
import { register, takeNumber } from "./number.js";
import { setAside, tell } from "./outbox.js";
import { sendBlobs } from "./photos-out.js";
import { hear } from "../pocket/pocket-keep.js";
import { isReceipt, witnessed } from "./proofs.js";
import { keep } from "./returns.js";
import { fetchKeys, noteLoss, parse } from "./server.js";
import { settle, sweep } from "./chain-answers.js";
import { all, change, get, put, transaction } from "../store/store.js";

const MOST_LINES = 100;
const MOST_BYTES = 256 * 1024;
const PACKED_FROM = 8 * 1024;
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
      await register().catch(() => {});
      await sendLines(round);
      if (await isDue(why, round)) await ask(round);
      if (round.lacking) await sendLines(round);
      if (round.news?.account) await keep(round.news);
      await sendBlobs(round);
      await sweep();
    }
  } catch (error) {
    if (!(error instanceof Stop) && error.code !== "full") throw error;
    Object.assign(round, { stop: error.why ?? error.code, until: error.until });
  }
  const { sent, stop, until } = round;
  const isDown = ["network", "portal", "down"].includes(stop);
  if (isDown !== Boolean(wasDown)) await put("meta", isDown, "down").catch(() => {});
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
    if (error.code === "too-many-numbers") throw new Stop("numbers", error.until);
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
    const damaged = await setApart(batch);
    queue = queue.filter((line) => !damaged.includes(line));
    if (damaged.length) {
      tell({ type: "changed" });
      continue;
    }
    const answer = await post(batch, round);
    const { status, body } = answer;
    const proved = status === 200 ? await keepReceipts(batch, body, round) : new Set();
    const bad = status === 400 && answer.isOurs ? badLine(batch, body) : null;
    if (proved.size) {
      queue = queue.slice(batch.length);
      for (const line of batch) if (!proved.has(line.id)) await postpone(line.id);
      Object.assign(round, { sent: round.sent + proved.size, stop: null });
      size = await adapt(size * 2);
    } else if (bad || (batch.length === 1 && (status === 413 || status === 415))) {
      const line = bad ?? batch[0];
      await setAside(line.id, `${status}`);
      queue = queue.filter((other) => other !== line);
    } else {
      round.stop = blame(answer);
      size = await adapt(batch.length >> 1);
      if (round.heard === null || batch.length === 1) await ask(round);
      if (batch.length > 1) continue;
      if (answer.isOurs) round.stop = "line";
      await postpone(batch[0].id);
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

const postpone = (id) => change("outbox", id, (record) => ({ ...record, tries: record.tries + 1 }));

/** Whether the server should be asked how things stand, unless it has just said so. */
async function isDue(why, round) {
  if (round.heard === round.sent) return false;
  return why !== "timer" || round.sent > 0 || !isWithin(STATUS_PAUSE, await get("meta", "asked"));
}

/** Asks what the server holds of the chains that lie here; what it lacks is queued again. */
async function ask(round) {
  const chain = await get("meta", "chain");
  const began = Date.now();
  const answer = await call(await statusPath(await get("meta", "heard")));
  const { status, body, date } = answer;
  const news = status === 200 && answer.isOurs ? parse(body) : null;
  if (!news?.device) throw new Stop(blame(answer));
  round.heard = round.sent;
  await put("meta", Date.now(), "asked");
  await note(news, { date, began });
  const isOther = news.device !== chain.device;
  if (isOther || (await noteLoss(news, chain.seq))) await takeNumber(chain.device).catch(() => {});
  await register().catch(() => {});
  round.lacking += await settleAll(news, round);
  if (news.account) await keep(news);
  await check(news);
  await hear(news);
  await hearOfBooks(news);
}

/** Where the server lacks what it has vouched for, it may have been restored: then it has a new receipt key, and hears all of it again. */
async function settleAll(news, round) {
  const { lacking, held } = await settle(news);
  if (!held) return lacking;
  round.keys ??= fetchKeys().catch(() => {});
  await round.keys;
  return lacking + (await settle(news)).lacking;
}

/** Whether an instant lies within the last so many ms; one from a clock that was ahead does not. */
const isWithin = (span, instant) => instant > Date.now() - span && instant <= Date.now();
