/** Taking everything of ours off this phone: database, kept pages, worker, sign-in. Nobody writes or sends meanwhile. */

import { isPhoneUnknown } from "./server.js";
import { isWorse, standing } from "./shield.js";
import { PhoneError, destroy } from "../store/store.js";

/**
 * Wipes, if the shield is still of the colour that the person agreed to -> {signedOut}: whether the server was reached to end
 * the sign-in. Rejects with PhoneError `changed` when something came meanwhile that would be lost.
 */
export const wipe = (agreed) =>
  navigator.locks.request("outbox", () =>
    navigator.locks.request("chain", async () => {
      if (isWorse((await standing()).colour, agreed)) throw new PhoneError("changed");
      const signedOut = await leave();
      await destroy();
      for (const name of await caches.keys()) await caches.delete(name);
      for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
      localStorage.clear();
      sessionStorage.clear();
      return { signedOut };
    }),
  );

/** Ends the sign-in and takes this phone's number out of the browser -> whether the server knows nobody here any more. */
export async function leave() {
  const ask = (path, options) => fetch(path, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(10_000), ...options });
  try {
    await ask("/session/end", { method: "POST", body: new URLSearchParams({ wiped: "yes" }) });
    const answer = await ask("/sync/status");
    return isPhoneUnknown(answer.status, await answer.text());
  } catch {
    return false;
  }
}
