/** The sign-in page: one button, passkeys offered at the digits field where the browser can, and hints that fit this phone. */

import { offered, optionsFrom, run, settle, use } from "./passkeys.js";

const form = document.querySelector("[data-sign-in-form]");
const REFRESH = 4 * 60_000;
let waiting = null;

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    waiting?.abort();
    run(form, signIn);
  });
  document.querySelector("#digits")?.addEventListener("focus", () => offerPasskeys(), { once: true });
}

async function signIn() {
  await settle(form, await use(await optionsFrom("/session/options")));
}

/** Conditional UI: the keyboard offers this phone's passkeys; asked anew before the challenge is too old. */
async function offerPasskeys() {
  if (!offered() || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  waiting = new AbortController();
  const { signal } = waiting;
  const again = setTimeout(() => (waiting.abort(), offerPasskeys()), REFRESH);
  try {
    const credential = await use(await optionsFrom("/session/options"), { mediation: "conditional", signal });
    await run(form, () => settle(form, credential));
  } catch {
    // nobody chose one
  } finally {
    clearTimeout(again);
  }
}
