/** What runs on every page, one behaviour a file. */

import { ready } from "./frame/boot.js";
import "./frame/language.js";
import { me } from "./account/person.js";
import "./frame/progress.js";
import "./frame/refusals.js";
import { showStops } from "./frame/sending-stopped.js";
import { get } from "./store/store.js";

const { account, places } = document.documentElement.dataset;

if (document.querySelector("[data-closed]")) import("./account/trial.js");

addEventListener("lock-slow", () => import("./account/lock-slow.js").then(({ say }) => say()));
await ready;
showStops();
if (places) import("./lib/addresses.js").then(({ keep }) => keep(places)).catch(() => {});
if (await me()) {
  if ((await me())?.trial) document.querySelector("[data-trial]")?.removeAttribute("hidden");
  document.querySelector("[data-remembered]")?.removeAttribute("hidden");
  navigator.storage?.persist?.().catch(() => {});
  import("./pocket/pocket-life.js").then(({ alive }) => alive()).catch(() => {});
  if (!account) import("./account/expired.js").then(({ warnOfExpiry }) => warnOfExpiry()).catch(() => {});
  import("./frame/recording-as.js").then(({ showWho }) => showWho()).catch(() => {});
  import("./frame/others-waiting.js").then(({ showOthers }) => showOthers()).catch(() => {});
}
if (await get("kit", "head")) import("./kit/kit-watch.js").then(({ watch }) => watch()).catch(() => {});
