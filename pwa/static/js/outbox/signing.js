/**
 * The phone's signature under what it writes (protocol §3, "Signed by the phone"). Key and chain are the phone's, whoever is signed
 * in; the private half never leaves the browser. A key that was lost, or that the browser cannot use any more, costs the number
 * and nothing else.
 */

import { b64url, join, sha256, unb64url, utf8 } from "../lib/bytes.js";
import { get, transaction } from "../store/store.js";

const DSA = { name: "ECDSA", namedCurve: "P-256" };
const HOW = { name: "ECDSA", hash: "SHA-256" };

/** A new pair -> {public_key, private}: the point as base64url, and a key that cannot be taken out. */
export async function makePair() {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(DSA, false, ["sign", "verify"]);
  return { public_key: b64url(await crypto.subtle.exportKey("raw", publicKey)), private: privateKey };
}

/** The name by which the server speaks of a key: the SHA-256 of its point. */
export const nameOf = ({ public_key }) => sha256(unb64url(public_key));

/** Whether a record of the pair belongs to this number, and can sign: WebKit was seen to give back a key as nothing. */
export const isHeld = (signing, device) => signing?.device === device && Boolean(signing.private);

/** The public key that lines of this number are signed by, or null before the server has answered that it knows it. */
export const signer = (signing, device) => (isHeld(signing, device) && signing.answered ? signing.public_key : null);

/** What is signed of an envelope. */
export async function signedText({ author, device, seq, id, prev, kid, enc, ct }) {
  const sealed = await sha256(join(unb64url(enc), unb64url(ct)));
  return `ombun/2|${author}|${device}|${seq}|${id}|${prev}|${kid}|${sealed}`;
}

/** An envelope of `v:1`, signed where its number has a key (`signing`, as it lies in `meta`) -> {envelope, by: the public key or null}. */
export async function signed(envelope, signing) {
  const by = signer(signing, envelope.device);
  if (!by) return { envelope, by };
  try {
    const sig = await crypto.subtle.sign(HOW, signing.private, utf8(await signedText(envelope)));
    return { envelope: { ...envelope, v: 2, sig: b64url(sig) }, by };
  } catch {
    await forget(by);
    return { envelope, by: null };
  }
}

/** The phone's signature under a text of its number, base64url; null where that has no key, or the browser cannot use it. */
export async function proofOf(device, said) {
  const signing = await get("meta", "signing");
  if (!signer(signing, device)) return null;
  return crypto.subtle.sign(HOW, signing.private, utf8(said)).then(b64url, () => null);
}

const forget = (public_key) =>
  transaction(["meta"], "readwrite", async (t) => {
    if ((await t.get("meta", "signing"))?.public_key === public_key) t.remove("meta", "signing");
  });
