/** Changes the language, also of the pages that the phone keeps for offline use. */

import { get } from "../store/store.js";
import { keepShells } from "../account/shells.js";

for (const form of document.querySelectorAll("[data-language]")) form.addEventListener("submit", change);

async function change(event) {
  event.preventDefault();
  const { action, method } = event.target;
  try {
    await fetch(action, { method, body: new FormData(event.target, event.submitter), redirect: "manual" });
    const kept = await get("meta", "shells");
    if (kept) await keepShells(kept.account, kept.urls);
  } finally {
    location.reload();
  }
}
