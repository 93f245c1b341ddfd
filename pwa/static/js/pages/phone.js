/** "This phone": everything it holds, from its own store, and what a person may do about it. */

import { ready } from "../frame/boot.js";
import { ask } from "../outbox/custody.js";
import { me, unlock, unlocked } from "../account/keys.js";
import { onUnlock } from "../account/unlocking.js";
import * as outbox from "../outbox/outbox.js";
import { showTakeIn } from "./phone-file.js";
import { showLists } from "./phone-lists.js";
import { showState } from "./phone-state.js";
import { fitWipe } from "./phone-wipe.js";
import { during } from "../frame/progress.js";
import { inTurn } from "../lib/templates.js";
import { showShield, standing } from "../outbox/shield.js";
import { get } from "../store/store.js";
import { flush } from "../outbox/sync.js";
import { hasText, text } from "../lib/texts.js";

const said = document.querySelector("[data-said]");
let everything = false;
let news = null;
const show = inTurn(render);

listen();
await ready;
await show();
askServer();

async function render() {
  const readable = await unlocked().catch(() => null);
  const state = await standing();
  await showShield(state);
  fitWipe(state);
  await showTakeIn();
  const names = await showLists({ ...state, readable, everything, entries: news?.entries ?? [] });
  document.querySelector("[data-locked]").hidden = readable !== false || names === 0;
  await showState();
  const inside = document.querySelector("[data-inside]");
  if (inside && document.querySelector("#waiting:not([hidden]), #aside:not([hidden]), #returned:not([hidden])")) inside.open = true;
}

function listen() {
  new BroadcastChannel("outbox").addEventListener("message", ({ data }) => {
    show();
    if (data.type === "sent") askServer(true);
  });
  document.querySelector("[data-send]").addEventListener("click", sendNow);
  onUnlock(show);
  document.querySelector("[data-more]").addEventListener("click", () => {
    everything = true;
    show();
  });
  document.querySelector('[data-list="aside"]').addEventListener("click", tryAgain);
  document.querySelector("[data-keep]").addEventListener("click", promise);
}

/** Only a phone that somebody uses has anything to ask. */
async function askServer(anew = false) {
  if (!(await me()) && !(await get("meta", "chain"))) return;
  news = await ask(anew).catch(() => null);
  if (news) await show();
}

async function sendNow() {
  said.hidden = true;
  const { sent, stop } = await during(outbox.retryPhotos().then(() => flush("click"))).catch(({ code }) => ({ stop: code ?? "other" }));
  const kept = text(stop === "full" ? "not-sent-full" : "not-sent");
  say(stop ? kept : text(sent ? "sent-now" : "nothing-to-send", { n: sent }));
}

function say(sentence) {
  said.textContent = sentence;
  said.hidden = false;
}

async function tryAgain({ target }) {
  const damaged = target.closest("[data-seal-again]")?.dataset.sealAgain;
  if (damaged) return sealAgain(damaged);
  const id = target.closest("[data-again]")?.dataset.again;
  if (!id) return;
  await outbox.retry(id);
  await show();
  await during(flush("retry"));
}

/** The own copy is opened with this phone's lock; what it says is sealed anew. */
async function sealAgain(id) {
  const { repair } = await import("../outbox/repair.js");
  try {
    await during(unlock().then(() => repair(id)));
    say(text("repaired"));
    await show();
    await during(flush("retry"));
  } catch ({ code }) {
    say(text(hasText(`repair-${code}`) ? `repair-${code}` : "repair-other"));
  }
}

/** Asks the browser once more to keep everything; some ask the person, and some only after a tap. */
async function promise() {
  await navigator.storage?.persist?.().catch(() => false);
  await show();
}
