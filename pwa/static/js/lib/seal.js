/**
 * HPKE base mode (RFC 9180): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, one message a key, empty aad.
 * Public keys and `enc` are uncompressed points of 65 bytes; `info` is text.
 */

import { join, utf8 } from "./bytes.js";

const subtle = crypto.subtle;
const NONE = new Uint8Array();
const KEM = join(utf8("KEM"), two(0x10));
const SUITE = join(utf8("HPKE"), two(0x10), two(1), two(2));

export const P256 = { name: "ECDH", namedCurve: "P-256" };

/** Seals to a public key -> {enc, ct}. The ephemeral key pair is given by tests only. */
export async function seal(publicKey, info, plaintext, ephemeral) {
  const pair = ephemeral ?? (await subtle.generateKey(P256, false, ["deriveBits"]));
  const enc = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
  const { key, nonce } = await schedule(await agree(pair.privateKey, publicKey), enc, publicKey, info);
  const aes = await subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  return { enc, ct: new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv: nonce }, aes, plaintext)) };
}

/** Opens what was sealed to `publicKey`; rejects (OperationError) when anything was altered. */
export async function open(privateKey, publicKey, info, enc, ct) {
  const { key, nonce } = await schedule(await agree(privateKey, enc), enc, publicKey, info);
  const aes = await subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  return new Uint8Array(await subtle.decrypt({ name: "AES-GCM", iv: nonce }, aes, ct));
}

/** The key schedule from the Diffie-Hellman secret -> {key, nonce}. */
export async function schedule(dh, enc, publicKey, info) {
  const prk = await extract(KEM, NONE, "eae_prk", dh);
  const shared = await expand(KEM, prk, "shared_secret", join(enc, publicKey), 32);
  const context = join(
    new Uint8Array(1),
    await extract(SUITE, NONE, "psk_id_hash", NONE),
    await extract(SUITE, NONE, "info_hash", utf8(info)),
  );
  const secret = await extract(SUITE, shared, "secret", NONE);
  return { key: await expand(SUITE, secret, "key", context, 32), nonce: await expand(SUITE, secret, "base_nonce", context, 12) };
}

export async function agree(privateKey, publicKey) {
  const other = await subtle.importKey("raw", publicKey, P256, false, []);
  return new Uint8Array(await subtle.deriveBits({ name: "ECDH", public: other }, privateKey, 256));
}

const extract = (suite, salt, label, secret) => hmac(salt, utf8("HPKE-v1"), suite, utf8(label), secret);

/** HKDF-Expand of at most one hash block, which is all that this suite needs. */
const expand = async (suite, prk, label, info, size) =>
  (await hmac(prk, two(size), utf8("HPKE-v1"), suite, utf8(label), info, new Uint8Array([1]))).slice(0, size);

async function hmac(key, ...parts) {
  const hash = { name: "HMAC", hash: "SHA-256" };
  const usable = await subtle.importKey("raw", key.length ? key : new Uint8Array(32), hash, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", usable, join(...parts)));
}

function two(number) {
  return new Uint8Array([number >> 8, number & 255]);
}
