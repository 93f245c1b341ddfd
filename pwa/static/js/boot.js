/** What every page starts with: the database, the worker, and, on a phone that is not a stranger's, the sender. */

import { boot, get } from "./store.js";
import { register } from "./worker-client.js";

const { account, name, handle, unit } = document.documentElement.dataset;

/** Resolves when the phone's database may be used. */
export const ready = boot();

ready.then(work).catch(() => {});
register().catch(() => {});
for (const form of document.querySelectorAll('form[action="/session/end"]')) form.addEventListener("submit", leave);

/** A stranger's first visit loads nothing more; a phone that somebody used may have lines to send. */
async function work() {
  if (!account && !(await get("meta", "me")) && !(await get("meta", "chain"))) return;
  const [{ meet }, { start }] = await Promise.all([import("./session.js"), import("./triggers.js")]);
  if (account) await meet({ account, name, handle, unit });
  start();
}

async function leave(event) {
  event.preventDefault();
  const { end } = await import("./session.js");
  await end().catch(() => {});
  event.target.submit();
}
