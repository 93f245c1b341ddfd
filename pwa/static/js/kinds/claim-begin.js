/** Where a claim begins without a house: what nobody has claimed, a name out of the kit, or a member number that the server is asked for. */

import { ready } from "../frame/boot.js";
import { unlock as unlockOwn, unlocked } from "../account/keys.js";
import { fullName, known } from "../kit/houses.js";
import * as kits from "../kit/kit.js";
import { find, prepare } from "../kit/search.js";
import { unclaimedRows } from "../kit/unclaimed-row.js";
import { addressOf } from "./kinds.js";
import { inTurn, list, row } from "../lib/templates.js";
import { text } from "../lib/texts.js";
import { written } from "../money/receipts.js";
import { askJson } from "../outbox/server.js";

const MOST = 12;
const PAUSE = 400;
const part = (name) => document.querySelector(`[data-${name}]`);
const input = document.querySelector("#whose");
const show = inTurn(render);
let open = null;
let asking;

addEventListener("hashchange", () => location.reload());
addEventListener("kit-changed", show);
input.addEventListener("input", () => {
  clearTimeout(asking);
  asking = setTimeout(answer, PAUSE);
});
input.form.addEventListener("submit", (event) => event.preventDefault());
part("begin-unlock").addEventListener("click", unlock);
part("no-house").hidden = false;
await ready;
await show();
part("no-house").dataset.ready = "";

async function render() {
  open = await opened();
  const hasKit = Boolean(await kits.status());
  part("begin-locked").hidden = Boolean(open) || !hasKit;
  if (open) prepare(open);
  list("unclaimed", open ? unclaimedRows(open.households, open.told) : []);
  await answer();
}

async function opened() {
  try {
    if (!(await unlocked())) return null;
    const [house, claims] = await Promise.all([known(), written(["claim"])]);
    return { ...house, told: claims.map(({ payload }) => payload) };
  } catch (error) {
    if (!["locked", "signed-out"].includes(error.code)) throw error;
    return null;
  }
}

/** Whoever the words fit on this phone; a member number is asked of the server too, where it answers. */
async function answer() {
  const typed = input.value.trim();
  if (open && typed) await prepare(open);
  const here = open && typed ? find(open, typed, { limit: MOST }).filter(({ person }) => person) : [];
  const told = "asks" in part("no-house").dataset && /\d/.test(typed) ? await askJson(`/claims/new/members?number=${encodeURIComponent(typed)}`).catch(() => null) : null;
  if (typed !== input.value.trim()) return;
  const rows = [
    ...here.map(({ household, person }) => row("whose", { href: addressOf("claim", "house", household.id), name: fullName(person) || text("nameless"), note: household.house?.number ? text("house", { number: household.house.number }) : null })),
    ...(told?.members ?? []).map(([id, name, note]) => row("whose", { href: addressOf("claim", "member", id), name, note })),
  ];
  list("whose", rows);
  part("nobody").hidden = !typed || rows.length > 0;
}

async function unlock() {
  try {
    await kits.unlock();
    if (!(await unlocked())) await unlockOwn();
    await show();
  } catch {
    part("begin-refused").hidden = false;
  }
}
