/** In whose name this page records, on every form; and when the server knows somebody else here, the page takes nothing more. */

import { owner } from "../account/person.js";
import { get } from "../store/store.js";

const banner = document.querySelector("[data-other-person]");

export async function showWho() {
  const name = await tellWho(document);
  if (!name) return;
  for (const place of banner.querySelectorAll("[data-name]")) place.textContent = name;
  new BroadcastChannel("outbox").addEventListener("message", look);
  await look();
}

/** Writes it wherever something is recorded here -> the name, or nothing where nobody is known. */
export async function tellWho(root) {
  const person = await owner();
  const name = document.documentElement.dataset.name ?? person?.name ?? person?.handle;
  for (const place of name ? root.querySelectorAll("[data-recorder]") : []) {
    place.querySelector("[data-name]").textContent = name;
    place.hidden = false;
  }
  return name;
}

async function look() {
  const isOther = Boolean(await get("meta", "other"));
  banner.hidden = !isOther;
  for (const form of document.querySelectorAll("form[data-form], correction-form")) form.inert = isOther;
  if (isOther) banner.scrollIntoView({ block: "center" });
}
