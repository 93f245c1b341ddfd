/**
 * The account's own keys on this phone. Writing needs only the public half; reading needs the private half, which is wrapped
 * by the passkey's PRF output (`prf`), or, where passkeys cannot do that, kept as a non-extractable key (`basic`).
 * A pair belongs to one passkey and is never rewrapped: with another passkey the account gets another pair.
 */

import { text, unb64url, utf8 } from "../lib/bytes.js";
import { keep, keyOf, lock, onLock } from "./lock.js";
import { adopt, me } from "./person.js";
import { P256, open, seal } from "../lib/seal.js";
import { PhoneError, all, get, put } from "../store/store.js";

export { lock, me, onLock };

const subtle = crypto.subtle;
const SALT = utf8("ombun/1|own keys");
const PERSON = "person";
const PATIENCE = 10_000;

let ceremony = new AbortController();

/** The extension to merge into the options of navigator.credentials.create and get. */
export const prf = () => ({ prf: { eval: { first: SALT } } });

/** Remembers who signed in, with the pair of keys that the passkey just used can open (made when there is none). */
export async function remember(person, credential) {
  const before = await me();
  const known = before?.account === person.account ? before : {};
  if (before && !known.account) lock();
  const output = await prfOutput(credential);
  const pair = output ? await wrappedPair(person.account, credential.id, output) : await keptPair(person.account, credential, known.pair);
  const words = JSON.stringify({ ...known, ...person, pair: pair.id, mode: pair.wrapped ? "prf" : "basic" });
  const remembered = JSON.parse(words); // what is undefined is forgotten here as it is in the sealed copy
  const sealed = await seal(new Uint8Array(pair.public_key), ownInfo(pair, PERSON), utf8(words));
  await put("keys", { ...pair, person: { enc: sealed.enc.buffer, ct: sealed.ct.buffer } });
  await put("meta", remembered, "me");
  adopt(remembered);
  return remembered;
}

/** Whether anybody here can be recognised without a network. */
export const canRecognise = async () => (await all("keys")).some((pair) => pair.person && pair.credential);

/**
 * Without a network: whose passkey is this? The phone's own screen lets people choose, and only who signed in here before is
 * known. -> the person as remembered. Rejects: cancelled, missing.
 */
export async function recognise() {
  const credential = await localCeremony();
  const pairs = (await all("keys")).filter((pair) => pair.person && pair.credential === credential.id);
  const output = credential.getClientExtensionResults().prf?.results?.first;
  for (const pair of pairs.reverse()) {
    const key = pair.wrapped ? output && (await unwrap(pair, output).catch(() => null)) : pair.private;
    if (!key) continue;
    const { enc, ct } = pair.person;
    const said = await open(key, new Uint8Array(pair.public_key), ownInfo(pair, PERSON), new Uint8Array(enc), new Uint8Array(ct));
    lock();
    if (pair.wrapped) keep(pair.id, key);
    return JSON.parse(text(said));
  }
  throw new PhoneError("missing");
}

/**
 * Opens a pair of keys (by default the person's) with a local passkey ceremony; `always` asks for it also where the key lies open
 * already, or without a lock of its own. Rejects: cancelled, missing, signed-out.
 */
export async function unlock(id, { always = false } = {}) {
  const pair = await findPair(id);
  const isOpen = !pair.wrapped || Boolean(await keyOf(pair.id));
  if (isOpen && !(always && pair.credential)) return;
  const output = outputOf(await localCeremony(unb64url(pair.credential)));
  if (!pair.wrapped) return;
  if (!output) throw new PhoneError("missing");
  keep(pair.id, await unwrap(pair, output));
}

/** Whether the person's pair can be used without asking for the passkey. */
export async function unlocked() {
  const pair = await findPair();
  return !pair.wrapped || Boolean(await keyOf(pair.id));
}

/** Seals bytes for oneself -> {pair, enc, ct}; `what` says where it belongs and must be said again to open it. */
export const sealToSelf = async (bytes, what, id) => sealWith(await findPair(id), bytes, what);

/** The same with a pair that was read before. */
export async function sealWith(pair, bytes, what) {
  const { enc, ct } = await seal(new Uint8Array(pair.public_key), ownInfo(pair, what), bytes);
  return { pair: pair.id, enc: enc.buffer, ct: ct.buffer };
}

/** Opens what sealToSelf sealed; PhoneError `locked` when the passkey is needed first. */
export async function openOwn({ pair: id, enc, ct }, what) {
  const pair = await findPair(id);
  const key = pair.wrapped ? await keyOf(id) : pair.private;
  if (!key) throw new PhoneError("locked");
  return open(key, new Uint8Array(pair.public_key), ownInfo(pair, what), new Uint8Array(enc), new Uint8Array(ct));
}

const ownInfo = (pair, what) => `ombun/1|own|${pair.account}|${what}`;

/** The person's pair of keys, or another one by its id. Rejects: signed-out, missing. */
export async function findPair(id) {
  const wanted = id ?? (await me())?.pair;
  if (!wanted) throw new PhoneError("signed-out");
  const pair = await get("keys", wanted);
  if (!pair) throw new PhoneError("missing");
  return pair;
}

/** The PRF output of the ceremony that just took place; a passkey just made may have to be asked a second time. */
async function prfOutput(credential) {
  const result = credential?.getClientExtensionResults().prf;
  if (result?.results?.first) return result.results.first;
  return result?.enabled ? localCeremony(credential.rawId).then(outputOf, () => null) : null;
}

const outputOf = (credential) => credential.getClientExtensionResults().prf?.results?.first ?? null;

/**
 * A ceremony whose signature nobody checks: the challenge is made here; what matters is that the screen lock was opened, by whom,
 * and the PRF output. Works offline. Without `id` people choose among all passkeys of this site. One that does not answer says so
 * to the page (`lock-slow`, then `lock-over`), and is given up when another one begins.
 */
async function localCeremony(id) {
  ceremony.abort();
  ceremony = new AbortController();
  const slow = setTimeout(() => dispatchEvent(new Event("lock-slow")), PATIENCE);
  try {
    return await navigator.credentials.get({
      signal: ceremony.signal,
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        rpId: location.hostname,
        allowCredentials: id ? [{ type: "public-key", id }] : [],
        userVerification: "required",
        extensions: prf(),
      },
    });
  } catch (error) {
    throw new PhoneError("cancelled", error);
  } finally {
    clearTimeout(slow);
    dispatchEvent(new Event("lock-over"));
  }
}

async function wrappedPair(account, credential, output) {
  const kept = (await all("keys")).find((pair) => pair.account === account && pair.credential === credential);
  if (kept) {
    const opened = await unwrap(kept, output).catch(() => null);
    if (opened) {
      keep(kept.id, opened);
      return kept;
    }
  }
  const { id, public_key, made } = await makePair(true);
  const iv = crypto.getRandomValues(new Uint8Array(12)).buffer;
  const wrapping = await wrappingKey(output, account, ["encrypt"]);
  const wrapped = await subtle.encrypt({ name: "AES-GCM", iv }, wrapping, await subtle.exportKey("pkcs8", made));
  const pair = { id, account, credential, public_key, iv, wrapped };
  await put("keys", pair);
  keep(id, await unwrap(pair, output));
  return pair;
}

/** The pair in use, or one that the account has here and this passkey opens (wrapped ones first), or a new basic one. */
async function keptPair(account, credential, used) {
  const kept = (await all("keys")).filter((pair) => pair.account === account && opens(credential, pair));
  const found = kept.find((pair) => pair.id === used && !credential) ?? kept.find((pair) => pair.wrapped) ?? kept[0];
  if (found) return { ...found, credential: credential?.id ?? found.credential };
  const { id, public_key, made } = await makePair(false);
  const pair = { id, account, credential: credential?.id, public_key, private: made };
  await put("keys", pair);
  return pair;
}

const opens = (credential, pair) => !credential || !pair.wrapped || pair.credential === credential.id;

async function makePair(extractable) {
  const { publicKey, privateKey } = await subtle.generateKey(P256, extractable, ["deriveBits"]);
  return { id: crypto.randomUUID(), public_key: await subtle.exportKey("raw", publicKey), made: privateKey };
}

async function unwrap({ account, iv, wrapped }, output) {
  const wrapping = await wrappingKey(output, account, ["decrypt"]);
  const bytes = await subtle.decrypt({ name: "AES-GCM", iv }, wrapping, wrapped);
  return subtle.importKey("pkcs8", bytes, P256, false, ["deriveBits"]);
}

async function wrappingKey(output, account, uses) {
  const secret = await subtle.importKey("raw", output, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: SALT, info: utf8(account) };
  return subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, uses);
}
