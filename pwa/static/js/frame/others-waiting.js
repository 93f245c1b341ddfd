/** How many entries of somebody else wait on this phone: a number, nothing of what they say. They go out all the same. */

import { me } from "../account/person.js";
import { all } from "../store/store.js";
import { text } from "../lib/texts.js";

const places = document.querySelectorAll("[data-others]");

/** Shows it where the page has a place for it, now and whenever the outbox changes. */
export async function showOthers() {
  if (!places.length) return;
  new BroadcastChannel("outbox").addEventListener("message", show);
  await show();
}

async function show() {
  const [person, queued, kept] = await Promise.all([me(), all("outbox", "queued"), all("outbox", "kept")]);
  const n = [...queued, ...kept].filter((record) => record.author !== person?.account).length;
  for (const place of places) {
    place.hidden = n === 0;
    place.querySelector("[data-number]").textContent = text("others-wait", { n });
  }
}
