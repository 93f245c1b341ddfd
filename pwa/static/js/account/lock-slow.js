/** The phone's lock was asked and does not answer: the page says so, and what to try, until it does. */

import { text } from "../lib/texts.js";

const line = document.createElement("p");
line.className = "banner banner--wait";
line.setAttribute("role", "status");

export function say() {
  const words = document.createElement("span");
  words.className = "banner__title";
  words.textContent = text("lock-slow");
  line.replaceChildren(words);
  document.querySelector("main").prepend(line);
  line.scrollIntoView({ block: "center" });
  addEventListener("lock-over", () => line.remove(), { once: true });
}
