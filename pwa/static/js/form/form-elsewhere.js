/**
 * One form open in two windows: what one of them saved, the other does not save a second time. It is told, with the way to
 * what was saved, and may be put in its place.
 */

import { ended } from "../outbox/ends.js";
import { text } from "../lib/texts.js";

const banner = document.querySelector("[data-elsewhere]");

/** Looks now and whenever something is saved on this phone. */
export function watch(entry, key, isSaving) {
  const look = () => isSaving() || tell(entry, key).catch(console.warn);
  new BroadcastChannel("outbox").addEventListener("message", ({ data }) => data.type === "changed" && look());
  look();
}

/** Says that this form was saved by another window, if it was; `key` names its draft. */
export async function tell(entry, key) {
  const id = await ended(key);
  if (!id || id === entry.after) return;
  banner.querySelector("a").href = `/saved#${id}`;
  banner.querySelector("button").onclick = () => {
    Object.assign(entry, { replaces: id, after: id });
    document.querySelector("h1").textContent = text("title-correct");
    banner.hidden = true;
  };
  banner.hidden = false;
  banner.scrollIntoView({ block: "center" });
}
