/**
 * The ceremonies of a passkey, and what follows: the credential travels in the hidden field of an ordinary form, the phone
 * learns who arrived (with the same ceremony's PRF output, which never leaves it), and the browser goes on.
 * What went wrong is a sentence of the page, [data-problem], that is un-hidden.
 */

import { b64url, unb64url } from "../lib/bytes.js";
import { endPending } from "./pending-sign-out.js";
import { prf } from "./keys.js";
import { during } from "../frame/progress.js";
import { isOurs } from "../outbox/server.js";
import { begin } from "./session.js";

const ARRIVAL_LIMIT = 60_000;
const OPTIONS_LIMIT = 20_000;
const GIVEN_UP = 2_000;
const PATIENCE = 10_000;
const PROBLEMS = { NotAllowedError: "cancelled", AbortError: "cancelled", NotSupportedError: "unsupported", SecurityError: "address" };

export const offered = () => "PublicKeyCredential" in window && "credentials" in navigator;

let ceremony = new AbortController();
let settling = false;
let pressed = null;
let asking = Promise.resolve();
let waitsFor = "server";

/** Makes a passkey from the options JSON of POST /passkeys/options. */
export const make = (options, signal) => alone(signal, () => navigator.credentials.create({ publicKey: withPrf(readable(options)), signal }));

/** Asks a passkey to sign the options JSON of POST /session/options. */
export const use = (options, signal, how = {}) =>
  alone(signal, () => navigator.credentials.get({ publicKey: withPrf(readable(options)), signal, ...how }));

/** Lets the keyboard offer passkeys, until somebody chooses one or presses a button; what was pressed already goes on alone. */
export async function useQuietly(options) {
  if (pressed) throw new DOMException("", "AbortError");
  return use(options, renew().signal, { mediation: "conditional" });
}

/**
 * One ceremony after the other: a phone that is asked to make two passkeys at once may keep the second and tell of the first. What
 * was given up meanwhile is not asked any more, nor counts what it gave.
 */
async function alone(signal, ask) {
  const before = asking;
  const asked = (async () => {
    await Promise.race([before, new Promise((resolve) => setTimeout(resolve, GIVEN_UP))]);
    signal.throwIfAborted();
    waitsFor = "lock";
    const credential = await ask();
    signal.throwIfAborted();
    return credential;
  })();
  asking = asked.catch(() => {});
  return asked;
}

/**
 * Fetches options; rejects with an Error whose `sentence` is what the server said. Whoever left this phone is signed out first.
 * `limit` = how many milliseconds the network may take.
 */
export async function optionsFrom(address, fields = {}, limit = OPTIONS_LIMIT) {
  waitsFor = "server";
  if (!(await endPending(limit))) throw Object.assign(new Error("ending"), { problem: "network" });
  return post(address, fields, limit);
}

/** Sends the form with the credential in it, lets the phone know who arrived, and goes where the server says. */
export async function settle(form, credential = null) {
  settling = true;
  tell(null);
  try {
    if (credential) form.elements.credential.value = JSON.stringify(spelt(credential));
    const { next, ...person } = await post(form.action, new FormData(form));
    const limit = new Promise((resolve) => setTimeout(resolve, ARRIVAL_LIMIT));
    await Promise.race([begin(person, credential), limit]).catch(() => {});
    location.replace(next);
  } catch (error) {
    settling = false;
    throw error;
  }
}

/** The form's button asks for a passkey. Until this runs it is disabled: pressed before, it would send the form without one. */
export function attend(form, steps) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form, steps);
  });
  form.querySelector("[type=submit]").disabled = false;
}

/**
 * Runs the steps of a form (they take the signal that they were given up) and tells trouble, also when nothing comes for a while:
 * that ends nothing, for a lock on another phone may take minutes. Pressed again, it asks anew.
 */
export async function run(form, steps) {
  if (settling) return;
  const own = (pressed = renew());
  tell(null);
  form.ariaBusy = "true";
  const slow = setTimeout(async () => {
    const problem = await silence();
    if (ceremony === own && !settling && form.ariaBusy) tell({ problem });
  }, PATIENCE);
  try {
    if (!offered()) throw Object.assign(new Error("unsupported"), { problem: isSecureContext ? "unsupported" : "address" });
    await during(steps(own.signal));
  } catch (error) {
    if (ceremony === own) tell(error);
  } finally {
    clearTimeout(slow);
    if (pressed === own) pressed = null;
    if (ceremony === own) form.ariaBusy = null;
  }
}

/** Shows the page's sentence for an error, or none. */
export function tell(error) {
  const problem = error && (error.sentence ? "said" : (error.problem ?? PROBLEMS[error.name] ?? "failed"));
  for (const one of document.querySelectorAll("[data-problem]")) one.hidden = one.dataset.problem !== problem;
  if (error?.sentence) document.querySelector("[data-said]").textContent = error.sentence;
  document.querySelector("[data-problem]:not([hidden])")?.scrollIntoView({ block: "center" });
}

/** A ceremony that still waits is given up, and nothing is said of it. */
export const giveUp = () => void renew();

/** What is silent, as far as a page can know: the server, a lock of this machine, or a window that asks for another phone. */
async function silence() {
  if (waitsFor === "server") return "silent-server";
  const able = await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable?.().catch(() => null);
  return able === false ? "silent-no-lock" : "silent-lock";
}

/** The ceremony before, if it still waits, is given up. */
function renew() {
  ceremony.abort();
  ceremony = new AbortController();
  return ceremony;
}

async function post(address, fields, limit) {
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json" },
    redirect: "error",
    signal: limit ? AbortSignal.timeout(limit) : null,
  }).catch((error) => Promise.reject(Object.assign(new Error("network", { cause: error }), { problem: "network" })));
  if (!isOurs(response)) throw Object.assign(new Error(address), { problem: "network" });
  const answer = await response.json().catch(() => ({}));
  if (response.ok && Object.keys(answer).length) return answer;
  const sentence = typeof answer.error === "string" ? answer.error : "";
  throw Object.assign(new Error(`${address}: ${response.status}`), { sentence, problem: response.ok ? "network" : "failed" });
}

function withPrf(options) {
  return { ...options, extensions: { ...options.extensions, ...prf() } };
}

/** The options as the browser wants them: bytes where the JSON has base64url. */
function readable(options) {
  const read = (entry) => ({ ...entry, id: unb64url(entry.id) });
  const bytes = { ...options, challenge: unb64url(options.challenge) };
  if (options.user) bytes.user = read(options.user);
  for (const list of ["excludeCredentials", "allowCredentials"]) bytes[list] = (options[list] ?? []).map(read);
  return bytes;
}

/** The credential as JSON, without extension results: the PRF output is for this phone only. */
function spelt({ id, rawId, type, authenticatorAttachment, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const filled = parts.filter((part) => response[part]).map((part) => [part, b64url(response[part])]);
  const transports = response.getTransports ? { transports: response.getTransports() } : {};
  const said = { ...Object.fromEntries(filled), ...transports };
  return { id, rawId: b64url(rawId), type, authenticatorAttachment, response: said, clientExtensionResults: {} };
}
