/** What the phone keeps of the server: its keys, what it said of this phone, and whether a proof is really its own. */

import { unb64url, utf8 } from "../lib/bytes.js";
import { endPending } from "../account/pending-sign-out.js";
import { tell } from "../lib/channel.js";
import { PhoneError, get, put, transaction } from "../store/store.js";

const DSA = { name: "ECDSA", namedCurve: "P-256" };
const BASE_LIMIT = 20_000;
const verifiers = new Map();

/** The states of a line whose receipt is not here yet. */
export const UNPROVED = ["queued", "kept", "aside"];

/** A request to our own server, never redirected, with 20 s and 1 s more for every 4 kB; it tells how many lines still wait here. */
export async function request(path, { headers, ...options } = {}, size = 0) {
  const waiting = await held();
  if (!(await endPending())) throw new Error("ending");
  return fetch(path, {
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout(BASE_LIMIT + size / 4),
    headers: { ...headers, ...(waiting === null ? {} : { "Ombun-Waiting": waiting }) },
    ...options,
  });
}

/** Whether our own server says this, and not a proxy before it or somebody's Wi-Fi. */
export const isOurs = (response) => response.headers.has("Ombun");

/** Whether the server knows neither this phone nor anybody on it: its own words, since any network may answer 401. */
export const isPhoneUnknown = (status, body) => status === 401 && parse(body)?.error === "device";

/** How many lines on this phone have no receipt, whoever wrote them; null on a phone without a store. */
export const held = () =>
  transaction(["outbox"], "readonly", async (t) => {
    const states = await Promise.all(UNPROVED.map((state) => t.keys("outbox", state)));
    return states.flat().length;
  }).catch(() => null);

export const askJson = async (path, options) => (await askDated(path, options)).said;

/** What the server says -> {said, date}: its JSON, and the time there in ms. */
export async function askDated(path, options) {
  const response = await request(path, options);
  if (!isOurs(response)) throw new Error(path);
  if (!response.ok) throw Object.assign(new Error(path), { status: response.status });
  return { said: await response.json(), date: Date.parse(response.headers.get("Date")) };
}

/** The text as JSON, or null: what a captive portal says is no JSON. */
export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Fetches and keeps the server's public keys. */
export async function fetchKeys() {
  const { keys, receipt_keys } = await askJson("/sync/keys");
  if (unb64url(keys[0].public_key).length !== 65) throw new Error("no key");
  const known = { keys, receipt_keys, fetched: Date.now() };
  await put("meta", known, "server");
  return known;
}

/** The newest key to seal to -> {kid, publicKey}. Rejects with PhoneError `no-key`. */
export async function newestKey() {
  const known = (await get("meta", "server")) ?? (await fetchKeys().catch((error) => Promise.reject(new PhoneError("no-key", error))));
  return { kid: known.keys[0].kid, publicKey: unb64url(known.keys[0].public_key) };
}

/** Remembers up to which number this phone had sent -> whether it had sent any above `through`. */
export async function noteLoss({ device, seen_through, missing }, through = 0) {
  const last = missing.length ? missing.at(-1)[1] + 1 : seen_through;
  if (last <= through) return false;
  await put("meta", { device, last, missing, at: Date.now() }, "vanished");
  tell({ type: "changed" });
  return true;
}

/** Whether `sig` is the server's ES256 signature over the text, by one of the receipt keys that the phone knows. */
export async function isProof(signed, { kid, sig }) {
  if (typeof sig !== "string") return false;
  try {
    const key = await verifier(kid);
    return key !== null && (await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, unb64url(sig), utf8(signed)));
  } catch {
    return false;
  }
}

/** Whether the phone knows the receipt key of this name. */
export const knowsReceiptKey = async (kid) => (await receiptKey(kid)) !== undefined;

const receiptKey = async (kid) => (await get("meta", "server"))?.receipt_keys.find((key) => key.kid === kid)?.jwk;

async function verifier(kid) {
  const jwk = await receiptKey(kid);
  if (!jwk) return null;
  const { kty, crv, x, y } = jwk;
  const name = `${x} ${y}`;
  if (!verifiers.has(name)) verifiers.set(name, crypto.subtle.importKey("jwk", { kty, crv, x, y }, DSA, false, ["verify"]));
  return verifiers.get(name);
}
