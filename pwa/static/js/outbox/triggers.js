/** When the outbox is sent: whenever there may be a network again. navigator.onLine is never asked. */

import { flush } from "./sync.js";

const SHORTEST = 15_000;
const LONGEST = 120_000;

let pause = SHORTEST;
let timer;

/** Sends now and from here on by itself: on save, load, return to the page, `online`, and by a timer while it is visible. */
export function start() {
  const soon = (why) => () => send(why);
  addEventListener("outbox-saved", () => {
    wake();
    send("save");
  });
  addEventListener("pageshow", (event) => event.persisted && send("pageshow"));
  addEventListener("online", soon("online"));
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? send("visible") : clearTimeout(timer)));
  return send("load");
}

async function send(why) {
  clearTimeout(timer);
  const { stop } = await flush(why).catch(() => ({ stop: "network" }));
  pause = stop || why === "timer" ? Math.min(pause * 2, LONGEST) : SHORTEST;
  clearTimeout(timer);
  if (document.visibilityState === "visible") timer = setTimeout(() => send("timer"), SHORTEST + Math.random() * (pause - SHORTEST / 2));
}

/** Asks the browser to wake the worker when there is a network, also with the page closed; asked anew at every save. */
const wake = () => navigator.serviceWorker?.ready.then((registration) => registration.sync?.register("outbox")).catch(() => {});
