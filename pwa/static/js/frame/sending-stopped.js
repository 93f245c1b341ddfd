/** Shows why sending stopped, and hides it again when something went through. */

import { fill } from "../lib/templates.js";
import { moment, text } from "../lib/texts.js";

function showing(why, until) {
  for (const banner of document.querySelectorAll("[data-stop]")) {
    banner.hidden = banner.dataset.stop !== why;
    if (why === "numbers" && !banner.hidden) fill(banner, { until: text("number-until", { time: moment(until) }) });
  }
}

/** Listens to the outbox; a phone that knows it has no network says so at once. */
export function showStops() {
  if (!document.querySelector("[data-stop]")) return;
  if (!navigator.onLine) showing("network");
  addEventListener("offline", () => showing("network"));
  addEventListener("online", () => showing(null));
  new BroadcastChannel("outbox").addEventListener("message", ({ data }) => {
    if (data.type === "stop") showing(data.why, data.until);
    if (data.type === "sent") showing(null);
  });
}
