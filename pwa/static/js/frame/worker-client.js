/** The page's side of the worker: its registration, and the change to a new version. */

import { keepShells } from "../account/shells.js";
import { get } from "../store/store.js";

const MOST_WAIT = 3000;
const root = document.documentElement;

/** Registers the worker; a new version that waits shows the element [data-update], whose button changes over. */
export async function register() {
  if (!navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register("/sw.js", { type: "module", updateViaCache: "imports" });
  const offer = () => {
    const prompt = document.querySelector("[data-update]");
    if (prompt) prompt.hidden = !registration.waiting || "busy" in root.dataset;
  };
  const watch = () => registration.installing?.addEventListener("statechange", offer);
  registration.addEventListener("updatefound", watch);
  new MutationObserver(offer).observe(root, { attributeFilter: ["data-busy"] });
  document.querySelector("[data-update] button")?.addEventListener("click", (event) => changeOver(registration, event.currentTarget));
  watch();
  offer();
}

/**
 * The new version takes over, if it can with the person's pages of that version too (those of the old one go on working).
 * Where Chromium lets it wait on although the old one has nothing to do any more, a reload is what helps. A form in progress is
 * never reloaded.
 */
async function changeOver(registration, button) {
  button.disabled = true;
  const kept = await get("meta", "shells");
  if (kept) await keepShells(kept.account, kept.urls).catch(() => {});
  const reload = () => "busy" in root.dataset || location.reload();
  navigator.serviceWorker.addEventListener("controllerchange", reload, { once: true });
  registration.waiting?.postMessage("skip");
  setTimeout(reload, MOST_WAIT);
}
