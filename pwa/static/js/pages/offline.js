/** The page for no network: what works depends on whether somebody's pages are kept here, and on what waits. */

import { ready } from "../frame/boot.js";
import { canRecognise } from "../account/keys.js";
import * as outbox from "../outbox/outbox.js";
import { moment, text } from "../lib/texts.js";

addEventListener("online", () => location.reload());
new BroadcastChannel("outbox").addEventListener("message", showWaiting);
await ready;
const kept = await caches.match("/phone");
document.querySelector(kept ? "[data-works]" : "[data-sign-in]").hidden = false;
document.querySelector("[data-round]").hidden = !(await caches.match("/round"));
document.querySelector("[data-known]").hidden = Boolean(kept) || !(await canRecognise());
document.querySelector("[data-retry]").href = location.href;
await showWaiting();

async function showWaiting() {
  const { waiting, since } = await outbox.counts();
  const sentence = waiting ? text("waiting-since", { n: waiting, time: moment(since) }) : text("none-waits");
  for (const place of document.querySelectorAll("[data-waiting]")) place.textContent = sentence;
}
