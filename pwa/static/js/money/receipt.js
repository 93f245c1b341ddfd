/** One receipt, big: what it says, until when it reaches if it passes, and how far it has come. To show, to share, to print, with its code. */

import { baht, words } from "../lib/money.js";
import { me } from "../account/person.js";
import { draw } from "../lib/codes.js";
import { fill, list, row } from "../lib/templates.js";
import { day, moment, text } from "../lib/texts.js";
import { named } from "./receipts.js";
import { stubOf } from "./stub.js";
import { wasShown } from "./walk.js";

const face = document.querySelector('[data-face="receipt"]');
const part = (name) => face.querySelector(`[data-${name}]`);
const WAY = { here: ["here"], reached: ["here", "reached"], asked: ["here", "reached"], booked: ["here", "reached", "booked"], rejected: ["here", "reached"] };
let shown = null;

export function begin(tools) {
  part("print").addEventListener("click", () => print());
  part("share").addEventListener("click", async () => {
    const { share } = await import("./receipt-picture.js");
    await share(part("paper"), text("picture")).catch(tools.refuse);
  });
}

export async function show(world, id) {
  shown = world.receipts.find((one) => one.id === id);
  for (const one of ["paper", "way"]) part(one).hidden = !shown;
  if (!shown) return fill(face, { receipt: text("missing") });
  wasShown(id);
  const { payload, name, step, isVoid, successor, record } = shown;
  fill(face, {
    receipt: text("receipt-no", { name }),
    fund: world.funds[payload.fund]?.name ?? payload.fund,
    amount: text("baht", { baht: baht(payload.total_satang) }),
    words: words(payload.total_satang),
    payer: payload.payer.name ?? text("the-household"),
    day: day(Date.parse(payload.paid_on)),
    channel: payload.channel === "transfer" ? text("transfer", { bank: payload.bank_account }) : text("cash"),
    collector: payload.collector ? nameOf(payload, world.funds) : ((await me())?.name ?? text("me")),
    saved: moment(record.saved),
    remark: payload.note ?? null,
    "taken-over": successor && text("taken-over", { name: successor.name }),
    instead: payload.instead_of ? text("instead-of", { name: named(payload.instead_of) }) : null,
  });
  part("stub").hidden = isVoid;
  draw(part("stub").querySelector("canvas"), await stubOf(shown));
  list("lines", payload.lines.map((line) => lineRow(line, { ...world, isBooked: step === "booked", isVoid })));
  for (const banner of face.querySelectorAll("[data-step-banner]")) banner.hidden = banner.dataset.stepBanner !== (successor ? "over" : isVoid ? "void" : step);
  for (const one of face.querySelectorAll("[data-step]")) one.classList.toggle("timeline__item--done", WAY[step].includes(one.dataset.step));
  part("on-paper").hidden = step === "here";
  part("on-paper").href = `/receipts/${[payload.fund, payload.book, payload.no].map(encodeURIComponent).join("/")}`;
  for (const one of ["annul", "instead"]) part(one).hidden = isVoid;
  part("annul").href = `#void=${id}`;
  part("instead").href = `#instead=${id}`;
  part("answer").hidden = record.status?.state !== "returned" || isVoid;
  part("answer").href = `#returned=${id}`;
  part("successor").href = `#receipt=${successor?.id}`;
}

/** Whoever took the money that somebody else typed in. */
const nameOf = ({ fund, collector }, funds) => funds[fund]?.hands?.find(([code]) => code === collector)?.[1] ?? collector;

/** What a line is for and, of a contribution, until when: as a condition until it is in the books. */
function lineRow({ person, kind, amount_satang: satang, covers_from: from, covers_to: to }, { houses, isBooked, isVoid }) {
  const who = houses.flatMap(({ persons }) => persons).find((one) => one.person === person);
  const days = from && to ? `${day(Date.parse(from))} – ${day(Date.parse(to))}` : null;
  const until = to && !isVoid ? text(isBooked ? "passed" : "if-passed", { date: day(Date.parse(to)) }) : null;
  return row("line", {
    who: person ? (who?.name ?? text("nameless")) : text(`kind-${kind}`),
    baht: baht(satang),
    what: [text(`kind-${kind}`), days].filter(Boolean).join(" · "),
    until,
  });
}
