/** The phone remembers somebody but the server has ended the session: say so, and see to it that nothing is lost. */

import { ask } from "../outbox/custody.js";

/** Asks only on pages that neither say who is signed in nor are the place to sign in. */
export async function warnOfExpiry() {
  const banner = document.querySelector("[data-expired]");
  if (!banner || document.documentElement.dataset.account || banner.querySelector("a").pathname === location.pathname) return;
  const answer = await ask().catch(() => null);
  banner.hidden = !answer || Boolean(answer.account);
  if (answer?.hasEnded) (await import("./session.js")).expired().catch(() => {});
}
