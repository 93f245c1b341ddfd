/** The button that opens what the person sealed on this phone: then the page shows it, or says that it stayed locked. */

import { unlock } from "./keys.js";

export function onUnlock(show) {
  const refused = document.querySelector("[data-unlock-refused]");
  document.querySelector("[data-unlock]").addEventListener("click", async () => {
    try {
      await unlock();
      refused.hidden = true;
      await show();
    } catch {
      refused.hidden = false;
    }
  });
}
