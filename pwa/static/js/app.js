/** What runs on every page, one behaviour a file. */

import { ready } from "./boot.js";
import "./language.js";
import { me } from "./person.js";
import "./progress.js";
import "./refusals.js";
import { showStops } from "./stops.js";
import { get } from "./store.js";

const { account, places } = document.documentElement.dataset;

if (document.querySelector("[data-closed]")) import("./trial.js");

addEventListener("lock-slow", () => import("./lock-slow.js").then(({ say }) => say()));
await ready;
showStops();
if (places) import("./addresses.js").then(({ keep }) => keep(places)).catch(() => {});
if (await me()) {
  if ((await me())?.trial) document.querySelector("[data-trial]")?.removeAttribute("hidden");
  document.querySelector("[data-remembered]")?.removeAttribute("hidden");
  navigator.storage?.persist?.().catch(() => {});
  if (!account) import("./expired.js").then(({ warnOfExpiry }) => warnOfExpiry()).catch(() => {});
  import("./who.js").then(({ showWho }) => showWho()).catch(() => {});
  import("./others.js").then(({ showOthers }) => showOthers()).catch(() => {});
}
if (await get("kit", "head")) import("./kit-watch.js").then(({ watch }) => watch()).catch(() => {});
