/** What every page starts with: the database, the worker, the sender, and who the page says is signed in. */

import { me, remember } from "./keys.js";
import { SHELLS, begin, end } from "./session.js";
import { boot } from "./store.js";
import { start } from "./triggers.js";
import { refreshShells, register } from "./worker-client.js";

const { account, name, handle, unit, places } = document.documentElement.dataset;

/** Resolves when the phone's database may be used. */
export const ready = boot();

ready.then(meet).then(start);
register().catch(() => {});
for (const form of document.querySelectorAll('form[action="/session/end"]')) form.addEventListener("submit", leave);

/** A page of a signed-in person keeps the phone true to the session; a shell says nothing and changes nothing. */
async function meet() {
  if (!account) return;
  if (places) import("./addresses.js").then(({ keep }) => keep(places)).catch(() => {});
  const known = await me();
  const person = { account, name, handle, unit };
  if (known?.account !== account) return begin(person).catch(() => {});
  if (known.name !== name || known.unit !== unit || known.handle !== handle) await remember(person);
  refreshShells(account, SHELLS).catch(() => {});
}

async function leave(event) {
  event.preventDefault();
  await end().catch(() => {});
  event.target.submit();
}
