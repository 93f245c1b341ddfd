/** My rights and my passbook without a signal, from this phone alone: locked until it is opened, and closed again as the kit is. */

import { ready } from "../frame/boot.js";
import { dayOf } from "../lib/clock.js";
import { now } from "../kit/kit-life.js";
import { whenOver } from "../kit/kit-idle.js";
import { onLock } from "../account/keys.js";
import { cardsOf } from "../pocket/pocket-cards.js";
import { passbook } from "../pocket/pocket-passbook.js";
import { alive } from "../pocket/pocket-life.js";
import { lock, open, unlock } from "../pocket/pocket.js";
import { inTurn, row } from "../lib/templates.js";
import { day, moment, text } from "../lib/texts.js";

const part = (name) => document.querySelector(`[data-${name}]`);
const onDay = (iso) => day(Date.parse(iso));
const show = inTurn(render);

onLock(close);
whenOver(lock);
for (const name of ["kit-changed", "pocket-changed"]) addEventListener(name, show);
addEventListener("pagehide", close);
addEventListener("online", () => (part("again").hidden = false));
part("unlock").addEventListener("click", unlocking);
await ready;
await show();
setInterval(show, 60_000);
document.querySelector("main").dataset.ready = "";

async function render() {
  const kept = await alive();
  const pocket = kept ? await opened() : null;
  part("none").hidden = Boolean(kept);
  part("locked").hidden = !kept || Boolean(pocket);
  if (!pocket) return close();
  part("age").textContent = text("told", { time: moment(pocket.updated, await now(kept)) });
  part("age").hidden = false;
  part("funds").replaceChildren(...pocket.funds.map(fund));
  part("passbook").replaceChildren(...(pocket.passbook ?? []).map(passbook));
}

/** In plain, or null while it is locked. */
async function opened() {
  try {
    return await open();
  } catch (error) {
    if (!["locked", "missing", "signed-out"].includes(error.code)) throw error;
    return null;
  }
}

/** At once: what was shown is gone before anything is read again. */
function close() {
  if (!part("funds").firstChild) return;
  for (const one of ["funds", "passbook"]) part(one).replaceChildren();
  part("age").hidden = true;
  show();
}

async function unlocking() {
  part("unlock-refused").hidden = true;
  try {
    await unlock();
    await show();
  } catch {
    part("unlock-refused").hidden = false;
  }
}

function fund(one) {
  const made = row("fund", {
    fund: one.fund,
    number: text("number", { number: one.number }),
    standing: one.standing,
    paid: one.paid_through ? onDay(one.paid_through) : text("paid-unknown"),
  });
  made.querySelector("[data-unruled]").hidden = one.benefits.length > 0;
  made.querySelector("[data-cards]").replaceChildren(...cardsOf(one, dayOf()).map(card));
  return made;
}

function card({ title, icon, state, amounts, says, since, next }) {
  const made = row("card", {
    title,
    says,
    since: since && text("since", { date: onDay(since) }),
    next: next && text("from-on", { date: onDay(next.day), says: next.says }),
  });
  made.classList.toggle("benefit--later", state !== "now");
  made.querySelector("[data-head]").prepend(row(`icon-${icon}`, {}));
  made.querySelector("[data-amounts]").append(...amounts.map((textContent) => Object.assign(row("amount", {}), { textContent })), row(`state-${state}`, {}));
  return made;
}

