/** A fund of the member's passbook as this phone keeps it: which months are covered, and every payment with its receipt. */

import { baht } from "../lib/money.js";
import { row } from "../lib/templates.js";
import { day, text } from "../lib/texts.js";

const sum = (satang) => text("baht", { baht: baht(satang) });

/** One fund of a pocket's passbook -> its part of the page. */
export function passbook({ fund, paid_through: through, behind, months, covered, span: [first = "", last = ""], lines }) {
  const known = [through && text("through", { day: day(Date.parse(through)) }), behind && text("behind", { baht: sum(behind) })];
  const made = row("passbook", { fund: text("passbook", { fund }), through: known.filter(Boolean).join(" · ") || null, first, last });
  made.querySelector("[data-strip]").hidden = months.length === 0;
  const strip = made.querySelector("[data-months]");
  strip.setAttribute("aria-label", covered);
  strip.append(...months.map((state) => row(`month-${state}`, {})));
  made.querySelector("[data-payments]").append(...lines.map(payment));
  made.querySelector("[data-payments]").hidden = lines.length === 0;
  made.querySelector("[data-no-payment]").hidden = lines.length > 0;
  return made;
}

function payment({ on, receipt, kind, satang, until, state }) {
  const note = [text("payment", { name: receipt }), kind, until].filter(Boolean).join(" · ");
  const made = row("payment", { day: day(Date.parse(on)), baht: sum(satang), note });
  made.querySelector(".row__main").append(row(`receipt-${state}`, {}));
  return made;
}
