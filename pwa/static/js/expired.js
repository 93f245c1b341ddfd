/** The phone remembers somebody but the server has ended the session: say so, and that nothing is lost. */

import { ask } from "./custody.js";

/** Asks only on pages that do not say themselves who is signed in. */
export async function warnOfExpiry() {
  const banner = document.querySelector("[data-expired]");
  if (!banner || document.documentElement.dataset.account) return;
  const answer = await ask().catch(() => null);
  banner.hidden = !answer || Boolean(answer.account);
}
