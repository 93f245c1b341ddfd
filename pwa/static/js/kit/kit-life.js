/**
 * How long a field kit lives on this phone, known without opening it: seven days after it was brought up to date, never past
 * the assignment, never with another person. Shared by pages and worker.
 */

import { look, real } from "../lib/clock.js";
import { me } from "../account/person.js";
import { get, transaction } from "../store/store.js";

const DAY = 86_400_000;
const LIFE = 7 * DAY;
const isPage = typeof document !== "undefined";
const channel = new BroadcastChannel("kit");

if (isPage) channel.addEventListener("message", ({ data }) => hear(data));

/** What lies on this phone, nothing personal, or null: {now, account, made, updated, until, assignment, households, people, bytes, protection}. */
export async function status() {
  const head = await alive();
  if (!head) return null;
  const { account, made, updated, until, assignment, households, people, bytes, protection } = head;
  return { now: await now(head), account, made, updated, until, assignment, households, people, bytes, protection };
}

/** The kit's plain head, or null; one that is over is erased first. */
export async function alive() {
  const head = await get("kit", "head");
  const why = head && (await over(head));
  if (why) await erase(why);
  return why ? null : (head ?? null);
}

/** Takes everything of the kit off this phone. `why`: asked, old, over, clock, other, right, assignment. */
export async function erase(why) {
  await transaction(["kit", "meta"], "readwrite", async (t) => {
    for (const { id } of await t.all("kit")) t.remove("kit", id);
    t.put("meta", { why, at: Date.now() }, "kit-erased");
  });
  tell({ type: "erased", why });
}

/** What /sync/status says of the right to a kit; without a session it speaks only to a phone that was taken out of use. */
export async function check({ account, kit }) {
  const head = await get("kit", "head");
  if (!head || !kit) return;
  if (account && head.account !== account) await erase("other");
  else if (kit.assignment !== head.assignment.id) await erase(kit.assignment ? "assignment" : "right");
}

/** When a kit must go: its last update and seven days, or the end of the assignment's last day in Thailand. */
export const lasts = (updated, { until }) => Math.min(updated + LIFE, Date.parse(`${until}T23:59:59.999+07:00`));

/** Tells this page and every other one: `kit-changed` with {type: updated|unlocked|locked|erased, why?}. */
export function tell(change) {
  channel.postMessage(change);
  if (isPage) hear(change);
}

/** The same in this page alone. */
export const hear = (change) => dispatchEvent(new CustomEvent("kit-changed", { detail: change }));

/** What time it is for a kit: the server's, from which its days count; one of an earlier version of ours counts by this phone's clock. */
export async function now({ here, updated }) {
  await look();
  return here === undefined ? Date.now() : real(Date.now(), here - updated);
}

async function over(head) {
  const { account, updated, until, assignment } = head;
  const person = await me();
  if (person && person.account !== account) return "other";
  const at = await now(head);
  if (at < updated - DAY) return "clock";
  if (at < until) return null;
  return until < lasts(Infinity, assignment) ? "old" : "over";
}
