/** Getting ready for the field: what lies on this phone, one button that brings it, one that erases it. */

import { ready } from "../frame/boot.js";
import { erase, prepare, status } from "../kit/kit.js";
import { fill, inTurn } from "../lib/templates.js";
import { get } from "../store/store.js";
import { age, amount, hasText, moment, text } from "../lib/texts.js";

const section = document.querySelector("[data-kit]");
const none = document.querySelector("[data-no-kit]");
const button = document.querySelector("[data-prepare]");
const said = document.querySelector("[data-said]");
const show = inTurn(render);

addEventListener("kit-changed", show);
button.addEventListener("click", bring);
document.querySelector("[data-erase]").addEventListener("click", () => erase("asked"));
await ready;
await show();
setInterval(show, 60_000);
button.dataset.ready = "";

async function render() {
  const kit = await status();
  if (!kit) await explain();
  none.hidden = Boolean(kit);
  if (!kit) section.hidden = true;
  if (!kit) return;
  fill(section, {
    places: kit.assignment.places.map(({ name }) => name).join(" · "),
    age: text("ago", { age: age(kit.updated, kit.now) }),
    size: text("holds", { households: kit.households, people: kit.people, size: size(kit.bytes) }),
    until: moment(kit.until, kit.now),
    protection: text(`protection-${kit.protection}`),
  });
  section.hidden = false;
  fill(button, { prepare: text("update") });
}

/** Before it is shown: whoever looks for the kit reads why it is gone, and nothing else first. */
async function explain() {
  const { why } = (await get("meta", "kit-erased")) ?? {};
  if (why && hasText(`erased-${why}`)) fill(none, { why: text(`erased-${why}`) });
}

async function bring() {
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  say("bringing");
  try {
    await prepare();
    say("brought");
  } catch ({ code }) {
    say(hasText(`refused-${code}`) ? `refused-${code}` : "refused-other");
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function say(name) {
  said.textContent = text(name);
  document.querySelector("[data-sign-in]").hidden = name !== "refused-sign-in";
  said.hidden = false;
}

function size(bytes) {
  return bytes < 1e6 ? amount(Math.ceil(bytes / 1000), "kilobyte") : amount(bytes / 1e6, "megabyte");
}
