/**
 * The sign-in page: one button, passkeys offered at the digits field where the browser can. Without a network the same button lets
 * in whoever signed in on this phone before.
 */

import { ready } from "../frame/boot.js";
import { endPending, pending } from "../account/pending-sign-out.js";
import { canRecognise } from "../account/keys.js";
import { showOthers } from "../frame/others-waiting.js";
import { attend, offered, optionsFrom, run, settle, use, useQuietly } from "../account/passkeys.js";
import { arrive } from "../account/session.js";

const REFRESH = 4 * 60_000;
const SHORT = 2_000;
const form = document.querySelector("[data-sign-in-form]");
const ending = document.querySelector("[data-ending]");

attend(form, signIn);
document.querySelector("#digits").addEventListener("focus", offerPasskeys, { once: true });
ready.then(greet).catch(() => {});

/** After a sign-out without a network: that it counts, what still waits here, and that it goes out all the same. */
async function greet() {
  await showOthers();
  ending.hidden = !(await pending());
  ending.hidden ||= await endPending();
}

async function signIn(signal) {
  const isKnown = await canRecognise().catch(() => false);
  const options = await optionsFrom("/session/options", {}, isKnown ? SHORT : undefined).catch((error) => {
    if (error.problem !== "network" || !isKnown) throw error;
    return null;
  });
  if (options) return settle(form, await use(options, signal));
  await arrive().catch((error) => {
    throw Object.assign(error, { problem: error.code === "missing" ? "unknown-here" : error.code });
  });
  location.replace(form.elements.next.value || "/");
}

/** Conditional UI: the keyboard offers this phone's passkeys; asked anew before the challenge is too old. */
async function offerPasskeys() {
  if (!offered() || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  const again = setTimeout(offerPasskeys, REFRESH);
  try {
    const credential = await useQuietly(await optionsFrom("/session/options"));
    await run(form, () => settle(form, credential));
  } catch {
    clearTimeout(again);
  }
}
