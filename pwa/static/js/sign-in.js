/** The sign-in page: one button, passkeys offered at the digits field where the browser can, and hints that fit this phone. */

import { offered, optionsFrom, run, settle, use, useQuietly } from "./passkeys.js";

const REFRESH = 4 * 60_000;
const form = document.querySelector("[data-sign-in-form]");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run(form, signIn);
});
document.querySelector("#digits").addEventListener("focus", offerPasskeys, { once: true });

async function signIn() {
  await settle(form, await use(await optionsFrom("/session/options")));
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
