/** In whose name this page records, on every form; and when the server knows somebody else here, the page takes nothing more. */

import { owner } from "../account/person.js";
import { get } from "../store/store.js";

const banner = document.querySelector("[data-other-person]");

export async function showWho() {
  const person = await owner();
  const name = document.documentElement.dataset.name ?? person?.name ?? person?.handle;
  if (!name) return;
  for (const place of document.querySelectorAll("[data-recorder]")) {
    place.querySelector("[data-name]").textContent = name;
    place.hidden = false;
  }
  for (const place of banner.querySelectorAll("[data-name]")) place.textContent = name;
  new BroadcastChannel("outbox").addEventListener("message", look);
  await look();
}

async function look() {
  const isOther = Boolean(await get("meta", "other"));
  banner.hidden = !isOther;
  for (const form of document.querySelectorAll("form[data-form], correction-form")) form.inert = isOther;
  if (isOther) banner.scrollIntoView({ block: "center" });
}
