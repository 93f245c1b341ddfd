/**
 * An entry whose sealed line was damaged on this phone is sealed again from the own copy, which needs the person's unlocked key.
 * Where the server says that its number is free it never arrived: it keeps id, number and place in the chain, so that the bytes of
 * before can never count beside it. Otherwise it becomes a new entry, which takes the place of what arrived.
 */

import { ask } from "./custody.js";
import { copy, reseal, write } from "./outbox.js";
import { me } from "../account/person.js";
import { parse } from "./server.js";
import { PhoneError, all, get } from "../store/store.js";

const HASH = /^[0-9a-f]{64}$/;

/** Rejects: missing (no copy), locked, other-person, no-answer (the server must say what it has). */
export async function repair(id) {
  const [record, person, chain] = await Promise.all([get("outbox", id), me(), get("meta", "chain")]);
  if (record.author !== person?.account) throw new PhoneError(record.carried ? "missing" : "other-person");
  const plaintext = await copy(id);
  const news = await ask(true).catch((error) => Promise.reject(new PhoneError("no-answer", error)));
  const isThere = news.entries.some((entry) => entry.id === id);
  const prev = await before(record);
  if (record.device === chain.device && news.device === chain.device && prev !== null && isFree(record.seq, news, isThere)) {
    return reseal(record, prev, plaintext);
  }
  return write(isThere ? { ...plaintext, replaces: id } : plaintext, { instead: id });
}

/** Whether nothing sits on a number at the server. Behind the last gap it does not say how far the lines go. */
function isFree(seq, { seen_through, missing }, isThere) {
  if (missing.some(([from, to]) => from <= seq && seq <= to)) return true;
  return seq > seen_through && (missing.length === 0 || (seq > missing.at(-1)[1] + 1 && !isThere));
}

/** The hash of the line before it: from that line, or as the damaged one still says it; null when neither is whole. */
async function before({ device, seq, line }) {
  if (seq === 1) return "";
  const neighbour = (await all("outbox")).find((record) => record.device === device && record.seq === seq - 1);
  return neighbour?.sha256 ?? parse(line)?.prev?.match?.(HASH)?.[0] ?? null;
}
