/**
 * The server's word on the chains whose lines lie here: this phone's own, its earlier numbers, and phones that it sends for.
 * What the server lacks is queued again; what is proved, older than 30 days and in a backup may go.
 */

import { get, transaction } from "./store.js";

const DAY = 86_400_000;
const HELD = 30 * DAY;

/** -> how many lines must be sent again. `news` is an answer of GET /sync/status. */
export async function settle(news) {
  const own = (await get("meta", "chain"))?.device;
  const kid = (await get("meta", "server"))?.receipt_keys[0]?.kid;
  return transaction(["outbox", "copies", "blobs"], "readwrite", async (t) => {
    const records = await t.all("outbox");
    const unsent = new Set([...(await t.keys("blobs", "queued")), ...(await t.keys("blobs", "aside"))]);
    for (const hash of news.photos_missing ?? []) {
      if (await again(t, hash)) unsent.add(hash);
    }
    let lacking = 0;
    for (const word of [news, ...(news.chains ?? [])]) {
      const chain = records.filter((record) => record.device === word.device);
      lacking += await settleChain(t, chain, word, { isOwn: word.device === own, unsent, kid });
    }
    return lacking;
  });
}

/**
 * Behind a gap the server cannot say what it holds: such lines are sent again once a day. A gap that this phone makes itself,
 * by a line that still waits, is no reason to doubt what lies before it. A restored server has a new receipt key; what it gave
 * its word for before is told to it once more, because a number that it counts as taken may be another line's (a fork).
 */
async function settleChain(t, chain, { missing, seen_through, backed_up_through }, { isOwn, unsent, kid }) {
  const proved = chain.filter((record) => record.state === "sent" || record.state === "kept");
  const gap = isOwn ? Math.min(...chain.filter((record) => !proved.includes(record)).map((record) => record.seq)) : 0;
  const isUnsure = ({ seq, sent }) => missing.length > 0 && seq >= gap && Math.abs(Date.now() - sent) < DAY;
  const lacks = (record) =>
    missing.some(([from, to]) => from <= record.seq && record.seq <= to) || (record.seq > seen_through && !isUnsure(record));
  const isOver = (record) =>
    record.state === "sent" &&
    record.seq <= backed_up_through &&
    record.sent < Date.now() - HELD &&
    !record.blobs.some((hash) => unsent.has(hash));
  const isOfBefore = ({ receipts, told }) => kid && told !== kid && !receipts.some((receipt) => receipt.kid === kid);
  const lost = proved.filter(lacks);
  const doubted = proved.filter((record) => !lost.includes(record) && isOfBefore(record));
  for (const record of lost) for (const hash of record.blobs) await again(t, hash);
  for (const record of [...lost, ...doubted]) t.put("outbox", { ...record, state: "queued", told: kid });
  for (const record of proved.filter((held) => !lost.includes(held) && !doubted.includes(held) && isOver(held))) {
    t.remove("outbox", record.id);
    t.remove("copies", record.id);
    for (const hash of record.blobs) t.remove("blobs", hash);
  }
  return lost.length + doubted.length;
}

/** Queues a photo again that the server lacks after all -> whether it is here. */
async function again(t, hash) {
  const blob = await t.get("blobs", hash);
  if (blob?.state === "sent") t.put("blobs", { ...blob, state: "queued" });
  return Boolean(blob);
}

/**
 * Once a day: photos that nothing names any more, those that came in a file whose lines have all gone, and loose ones of
 * yesterday. What a draft names is sealed, so an author who still has one, here or in custody, keeps all loose photos.
 */
export async function sweep() {
  const swept = await get("meta", "swept");
  if (Math.abs(Date.now() - (swept ?? 0)) < DAY) return;
  await transaction(["outbox", "drafts", "blobs", "meta"], "readwrite", async (t) => {
    const [records, drafts] = [await t.all("outbox"), await t.all("drafts")];
    const files = new Set(records.map((record) => record.carried));
    const written = records.filter((record) => record.kind === "draft").map((record) => record.author);
    const writing = new Set([...written, ...drafts.map((draft) => draft.account)]);
    for (const hash of [...(await t.keys("blobs", "loose")), ...(await t.keys("blobs", "sent"))]) {
      const { state, author, saved, sent, carried } = await t.get("blobs", hash);
      const isLoose = state === "loose" && saved < Date.now() - DAY && !writing.has(author);
      if (isLoose || (carried && sent < Date.now() - HELD && !files.has(carried))) t.remove("blobs", hash);
    }
    t.put("meta", Date.now(), "swept");
  });
}
