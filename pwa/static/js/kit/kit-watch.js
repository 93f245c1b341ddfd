/** On every page of a phone that holds a kit: it goes when its time is over, is brought up to date, and says its age. */

import { alive, now } from "./kit-life.js";
import { age, text } from "../lib/texts.js";

const OFTEN = 60_000;

let kit = null;

/** Looks now and from here on. Nothing more is loaded on a phone without a kit. */
export async function watch() {
  addEventListener("kit-changed", look);
  addEventListener("online", keepUp);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look().then(keepUp));
  new BroadcastChannel("outbox").addEventListener("message", ({ data }) => data.type === "sent" && keepUp());
  setInterval(() => look().then(keepUp), OFTEN);
  await look();
  await keepUp();
}

async function look() {
  const head = await alive().catch(() => null);
  if (head) kit ??= await import("./kit.js");
  const line = document.querySelector("[data-kit-age]");
  if (!line) return;
  line.hidden = !head;
  if (!head) return;
  const at = await now(head);
  const said = at - head.updated < OFTEN ? "kit-age-now" : "kit-age";
  line.querySelector("[data-slot]").textContent = text(said, { age: age(head.updated, at) });
}

const keepUp = async () => kit?.refresh().catch(() => {});
