/**
 * The account's own keys on this phone. Writing needs only the public half; reading needs the private half, which is wrapped
 * by the passkey's PRF output (`prf`), or, where passkeys cannot do that, kept as a non-extractable key (`basic`).
 * A pair belongs to one passkey and is never rewrapped: with another passkey the account gets another pair.
 */

import { unb64url, utf8 } from "./bytes.js";
import { me } from "./person.js";
import { P256, open, seal } from "./seal.js";
import { PhoneError, all, get, put } from "./store.js";

export { me };

const subtle = crypto.subtle;
const SALT = utf8("ombun/1|own keys");
const unlockedPairs = new Map();

/** The extension to merge into the options of navigator.credentials.create and get. */
export const prf = () => ({ prf: { eval: { first: SALT } } });

/** Remembers who signed in, with the pair of keys that the passkey just used can open (made when there is none). */
export async function remember(person, credential) {
  const before = await me();
  const known = before?.account === person.account ? before : {};
  const output = await prfOutput(credential);
  const pair = output ? await wrappedPair(person.account, credential.id, output) : await keptPair(person.account, credential, known.pair);
  const remembered = { ...known, ...person, pair: pair.id, mode: pair.wrapped ? "prf" : "basic" };
  await put("meta", remembered, "me");
  return remembered;
}

/** Opens a pair of keys (by default the person's) with a local passkey ceremony. Rejects: cancelled, missing, signed-out. */
export async function unlock(id) {
  const pair = await findPair(id);
  if (unlockedPairs.has(pair.id)) return;
  if (!pair.wrapped) return void unlockedPairs.set(pair.id, pair.private);
  const output = await localCeremony(unb64url(pair.credential));
  if (!output) throw new PhoneError("missing");
  unlockedPairs.set(pair.id, await unwrap(pair, output));
}

/** Whether the person's pair can be used without asking for the passkey. */
export async function unlocked() {
  const pair = await findPair();
  return unlockedPairs.has(pair.id) || !pair.wrapped;
}

export const lock = () => unlockedPairs.clear();

/** Seals bytes for oneself -> {pair, enc, ct}; `what` says where it belongs and must be said again to open it. */
export async function sealToSelf(bytes, what) {
  const pair = await findPair();
  const { enc, ct } = await seal(new Uint8Array(pair.public_key), ownInfo(pair, what), bytes);
  return { pair: pair.id, enc: enc.buffer, ct: ct.buffer };
}

/** Opens what sealToSelf sealed; PhoneError `locked` when the passkey is needed first. */
export async function openOwn({ pair: id, enc, ct }, what) {
  const pair = await findPair(id);
  if (!unlockedPairs.has(id) && pair.wrapped) throw new PhoneError("locked");
  const key = unlockedPairs.get(id) ?? pair.private;
  return open(key, new Uint8Array(pair.public_key), ownInfo(pair, what), new Uint8Array(enc), new Uint8Array(ct));
}

const ownInfo = (pair, what) => `ombun/1|own|${pair.account}|${what}`;

async function findPair(id) {
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
  return result?.enabled ? localCeremony(credential.rawId).catch(() => null) : null;
}

/** A ceremony whose signature nobody checks: the challenge is made here, only the PRF output matters. Works offline. */
async function localCeremony(id) {
  try {
    const credential = await navigator.credentials.get({
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        rpId: location.hostname,
        allowCredentials: [{ type: "public-key", id }],
        userVerification: "required",
        extensions: prf(),
      },
    });
    return credential.getClientExtensionResults().prf?.results?.first ?? null;
  } catch (error) {
    throw new PhoneError("cancelled", error);
  }
}

async function wrappedPair(account, credential, output) {
  const kept = (await all("keys")).find((pair) => pair.account === account && pair.credential === credential);
  if (kept) {
    const opened = await unwrap(kept, output).catch(() => null);
    if (opened) {
      unlockedPairs.set(kept.id, opened);
      return kept;
    }
  }
  const { id, public_key, made } = await makePair(true);
  const iv = crypto.getRandomValues(new Uint8Array(12)).buffer;
  const wrapping = await wrappingKey(output, account, ["encrypt"]);
  const wrapped = await subtle.encrypt({ name: "AES-GCM", iv }, wrapping, await subtle.exportKey("pkcs8", made));
  const pair = { id, account, credential, public_key, iv, wrapped };
  await put("keys", pair);
  unlockedPairs.set(id, await unwrap(pair, output));
  return pair;
}

/** The pair in use, or one that the account has here and this passkey opens (wrapped ones first), or a new basic one. */
async function keptPair(account, credential, used) {
  const kept = (await all("keys")).filter((pair) => pair.account === account && opens(credential, pair));
  const found = kept.find((pair) => pair.id === used && !credential) ?? kept.find((pair) => pair.wrapped) ?? kept[0];
  if (found) return found;
  const { id, public_key, made } = await makePair(false);
  const pair = { id, account, public_key, private: made };
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
