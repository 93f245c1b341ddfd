/** Rows of what nobody has claimed yet (their words lie in kit/_unclaimed.html); a tap opens the claim with what is known filled in. */

import { addressOf } from "../kinds/kinds.js";
import { dayOf } from "../lib/clock.js";
import { row } from "../lib/templates.js";
import { day, month, text } from "../lib/texts.js";
import { unclaimedOf } from "./unclaimed.js";

/** -> rows of these houses; `told` are payloads of claims on this phone. */
export const unclaimedRows = (households, told) => unclaimedOf(households, dayOf(), told).map(oneRow);

function oneRow({ key, title, called, on, last, name, left }) {
  const note = [title, said(on), name].filter(Boolean).join(" · ");
  const until = left !== null ? text("unclaimed-left", { n: left, date: said(last) }) : text(last ? "unclaimed-month" : "unclaimed-always", { date: last && said(last) });
  return row("unclaimed", { href: addressOf("claim", "event", key), name: called, note, until });
}

const said = (date) => (date.length === 7 ? month(Date.parse(`${date}-01`)) : day(Date.parse(date)));
