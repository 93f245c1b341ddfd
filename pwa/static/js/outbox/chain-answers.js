/**
 * The server's word on the chains whose lines lie here: this phone's own, its earlier numbers, and phones that it sends for.
 * What the server lacks is queued again; what is proved, older than 30 days and in a backup may go.
 */

import { DRAFT } from "../kinds/kinds.js";
import { placeOf as pageOf } from "../money/page-kept.js";
import { get, transaction } from "../store/store.js";

const DAY = 86_400_000;
const HELD = 30 * DAY;

/**
 * -> {lacking: how many lines are sent again, held: how many are not, because the server has vouched for them within a day}.
 * `news` is an answer of GET /sync/status.
 */
export async function settle(news) {
  const kid = (await get("meta", "server"))?.receipt_keys[0]?.kid;
  return transaction(["outbox", "copies", "blobs", "meta"], "readwrite", async (t) => {
    const isAnew = Boolean(await t.get("meta", "hear-again"));
    if (isAnew) t.remove("meta", "hear-again");
    const records = await t.all("outbox");
    const unsent = new Set([...(await t.keys("blobs", "queued")), ...(await t.keys("blobs", "aside"))]);
    for (const hash of news.photos_missing ?? []) {
      if (await photoAgain(t, hash)) unsent.add(hash);
    }
    const told = { lacking: 0, held: 0 };
    for (const word of [news, ...(news.chains ?? [])]) {
      const chain = records.filter((record) => record.device === word.device);
      const { lacking, held } = await settleChain(t, chain, word, { isAnew, unsent, kid });
      told.lacking += lacking;
      told.held += held;
    }
    return told;
  });
}

/**
 * What the server lacks goes again: at once where it has not vouched for it by its newest receipt key, else once a day, because a
 * line that is quarantined may have no seat; and at once after it learnt this phone's key, or who is here. A restored server has a
 * new receipt key; what it gave its word for before is told to it once more, because a number that it counts as taken may be
 * another line's (a fork).
 */
async function settleChain(t, chain, { missing, seen_through, backed_up_through }, { isAnew, unsent, kid }) {
  const proved = chain.filter((record) => record.state === "sent" || record.state === "kept");
  const isLacking = ({ seq }) => seq > seen_through || missing.some(([from, to]) => from <= seq && seq <= to);
  const isVouched = ({ receipts, told }) => !kid || told === kid || receipts.some((receipt) => receipt.kid === kid);
  const isRecent = ({ sent }) => Math.abs(Date.now() - sent) < DAY;
  const isHeld = (record) => isVouched(record) && (!isLacking(record) || (isRecent(record) && !isAnew));
  const isOver = (record) =>
    record.state === "sent" &&
    record.seq <= backed_up_through &&
    record.sent < Date.now() - HELD &&
    !record.blobs.some((hash) => unsent.has(hash));
  const again = proved.filter((record) => !isHeld(record));
  for (const record of again) {
    if (isLacking(record) && !isVouched(record)) for (const hash of record.blobs) await photoAgain(t, hash);
    t.put("outbox", { ...record, state: "queued", told: kid });
  }
  const held = proved.filter(isHeld);
  for (const record of held.filter(isOver)) {
    t.remove("outbox", record.id);
    t.remove("copies", record.id);
    for (const hash of record.blobs) t.remove("blobs", hash);
  }
  return { lacking: again.length, held: held.filter(isLacking).length };
}

/** Queues a photo again that the server lacks after all -> whether it is here. */
async function photoAgain(t, hash) {
  const blob = await t.get("blobs", hash);
  if (blob?.state === "sent") t.put("blobs", { ...blob, state: "queued" });
  return Boolean(blob);
}

/**
 * Once a day: photos that nothing names any more, those that came in a file whose lines have all gone, and loose ones of
 * yesterday. What a draft names is sealed, so an author who still has one, here or in custody, or a page of the paper book, keeps all
 * loose photos.
 */
export async function sweep() {
  const swept = await get("meta", "swept");
  if (Math.abs(Date.now() - (swept ?? 0)) < DAY) return;
  await transaction(["outbox", "drafts", "blobs", "meta"], "readwrite", async (t) => {
    const [records, drafts] = [await t.all("outbox"), await t.all("drafts")];
    const files = new Set(records.map((record) => record.carried));
    const written = records.filter((record) => record.kind === DRAFT).map((record) => record.author);
    const writing = new Set([...written, ...drafts.map((draft) => draft.account)]);
    for (const hash of [...(await t.keys("blobs", "loose")), ...(await t.keys("blobs", "sent"))]) {
      const { state, author, saved, sent, carried } = await t.get("blobs", hash);
      const isLoose = state === "loose" && saved < Date.now() - DAY && !writing.has(author) && !(await t.get("meta", pageOf(author)));
      if (isLoose || (carried && sent < Date.now() - HELD && !files.has(carried))) t.remove("blobs", hash);
    }
    t.put("meta", Date.now(), "swept");
  });
}
