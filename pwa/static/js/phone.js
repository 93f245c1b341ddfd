/** "This phone": everything it holds, from its own store, and the four things a person may do about it. */

import { ready } from "./boot.js";
import { ask } from "./custody.js";
import { me, unlock, unlocked } from "./keys.js";
import * as outbox from "./outbox.js";
import { showLists } from "./phone-lists.js";
import { showState } from "./phone-state.js";
import { during } from "./progress.js";
import { inTurn } from "./rows.js";
import { showShield, standing } from "./shield.js";
import { get } from "./store.js";
import { flush } from "./sync.js";
import { text } from "./texts.js";

const refused = document.querySelector("[data-unlock-refused]");
const said = document.querySelector("[data-said]");
const exported = document.querySelector("[data-exported]");
let everything = false;
let news = null;
const show = inTurn(render);

await ready;
await show();
listen();
askServer();

async function render() {
  const readable = await unlocked().catch(() => null);
  showShield(await standing());
  const names = await showLists({ readable, everything, entries: news?.entries ?? [] });
  document.querySelector("[data-locked]").hidden = readable !== false || names === 0;
  await showState();
}

function listen() {
  new BroadcastChannel("outbox").addEventListener("message", ({ data }) => {
    show();
    if (data.type === "sent") askServer(true);
  });
  document.querySelector("[data-send]").addEventListener("click", sendNow);
  document.querySelector("[data-unlock]").addEventListener("click", open);
  document.querySelector("[data-more]").addEventListener("click", () => {
    everything = true;
    show();
  });
  document.querySelector('[data-list="aside"]').addEventListener("click", tryAgain);
  for (const button of document.querySelectorAll("[data-export]")) button.addEventListener("click", keepFile);
}

/** Only a phone that somebody uses has anything to ask. */
async function askServer(anew = false) {
  if (!(await me()) && !(await get("meta", "chain"))) return;
  news = await ask(anew).catch(() => null);
  if (news) await show();
}

async function sendNow() {
  said.hidden = true;
  const { sent, stop } = await during(flush("click"));
  said.textContent = stop ? text("not-sent") : text(sent ? "sent-now" : "nothing-to-send", { n: sent });
  said.hidden = false;
}

async function open() {
  try {
    await unlock();
    refused.hidden = true;
    await show();
  } catch {
    refused.hidden = false;
  }
}

async function tryAgain({ target }) {
  const id = target.closest("[data-again]")?.dataset.again;
  if (!id) return;
  await outbox.retry(id);
  await show();
  await during(flush("retry"));
}

/** One sealed file for another phone or the office: shared where the phone can, else downloaded. */
async function keepFile() {
  exported.hidden = false;
  const file = await outbox.exportFile();
  if (file.size === 0) return void (exported.textContent = text("nothing-to-export"));
  if (navigator.canShare?.({ files: [file] })) {
    const shared = await navigator.share({ files: [file] }).then(() => true, (error) => error.name !== "AbortError" && null);
    if (shared === false) return void (exported.hidden = true);
    if (shared === null) download(file);
  } else download(file);
  exported.textContent = text("exported", { name: file.name });
}

function download(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
