/** On a member's own page: what it says of their rights is kept on their phone, or where others use it too, only when asked for. */

import { ready } from "../frame/boot.js";
import { now } from "../kit/kit-life.js";
import { me } from "../account/keys.js";
import { alive, isShared } from "../pocket/pocket-life.js";
import { keep } from "../pocket/pocket-keep.js";
import { inTurn } from "../lib/templates.js";
import { moment, text } from "../lib/texts.js";

const part = document.querySelector("[data-pocket]");
const button = part.querySelector("button");
const said = part.querySelector("[data-said]");
const show = inTurn(render);

addEventListener("pocket-changed", show);
button.addEventListener("click", asked);
await ready;
if (await isWanted()) await keep().catch(() => {});
await show();
part.dataset.ready = "";

/** Kept by itself for who has this phone alone, not for who looks around without a key; where it lies already it is renewed. */
async function isWanted() {
  const person = await me();
  if (!person || person.trial || person.account !== document.documentElement.dataset.account) return false;
  return Boolean(await alive()) || !(await isShared());
}

async function asked() {
  await keep().catch(() => {});
  await show();
  if (button.hidden) return;
  said.textContent = text("pocket-refused");
  said.hidden = false;
}

async function render() {
  const kept = await alive();
  button.hidden = Boolean(kept);
  said.hidden = !kept;
  if (kept) said.textContent = text("pocket-kept", { time: moment(kept.updated, await now(kept)) });
  part.hidden = !kept && Boolean((await me())?.trial);
}
