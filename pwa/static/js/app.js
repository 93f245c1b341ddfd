/** What runs on every page, one behaviour a file. */

import { ready } from "./boot.js";
import { warnOfExpiry } from "./expired.js";
import { me } from "./keys.js";
import "./language.js";
import "./progress.js";
import "./refusals.js";
import { showStops } from "./stops.js";

await ready;
showStops();
if (await me()) {
  document.querySelector("[data-remembered]")?.removeAttribute("hidden");
  navigator.storage?.persist?.().catch(() => {});
  warnOfExpiry();
}
