/** What every page starts with: the database, the worker, and, on a phone that is not a stranger's, the sender. */

import { look } from "../lib/clock.js";
import { endPending, pending } from "../account/pending-sign-out.js";
import { me, owner, whenSwitched } from "../account/person.js";
import { boot, get, put } from "../store/store.js";
import { register } from "./worker-client.js";

const root = document.documentElement;
const { account, name, handle, unit, trial } = root.dataset;

/** Resolves when the phone's database may be used. */
export const ready = boot().then(look);

ready.then(work).catch(() => {});
ready.then(keepLanguage).catch(() => {});
register().catch(() => {});
for (const form of document.querySelectorAll('form[action="/session/end"]')) form.addEventListener("submit", leave);
whenSwitched(check);
addEventListener("pageshow", ({ persisted }) => persisted && check());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && check());

/** The worker shows its own pages in the language of the last one. */
async function keepLanguage() {
  if ((await get("meta", "language")) !== root.lang) await put("meta", root.lang, "language");
}

/** A stranger's first visit loads nothing more; a phone that somebody used may have lines to send. */
async function work() {
  if (account && (await pending())) return turnAway();
  if (!account && !(await get("meta", "me")) && !(await get("meta", "chain"))) return;
  await owner();
  const [{ meet }, { start }] = await Promise.all([import("../account/session.js"), import("../outbox/triggers.js")]);
  if (account) await meet({ account, name, handle, unit, trial });
  start();
}

/** The browser showed a page of somebody who has left: their session is ended first, then the page is gone. */
async function turnAway() {
  root.hidden = true;
  await endPending();
  location.replace((await me()) ? "/" : "/sign-in");
}

/** A page of somebody who left this phone, or gave it to another one, goes; what is typed in it is on the disk first. */
async function check() {
  const [whose, known] = [await owner(), await me()];
  const isTheirs = whose?.account === known?.account && (!known || !account || known.account === account);
  if (isTheirs) return;
  root.hidden = true;
  const { written } = await import("../form/drafts.js");
  await written();
  location.replace(known ? "/" : "/sign-in");
}

async function leave(event) {
  event.preventDefault();
  const form = event.target;
  const { end } = await import("../account/session.js");
  await end().then(() => location.replace("/sign-in"), () => form.submit());
}
