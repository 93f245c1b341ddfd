/** Cash counted by notes and coins on this phone: by who hands it over, or by who takes it; nothing is filled in beforehand. */

import { fill, list, row } from "../lib/templates.js";
import { baht } from "../lib/money.js";
import { text } from "../lib/texts.js";
import { clean } from "../lib/thai.js";
import { named } from "./hand.js";
import { offer, take } from "./handing.js";
import { complain, whole } from "./problems.js";
import { counted } from "./tally.js";

const form = document.querySelector("form[data-tally]");
const part = (name) => document.querySelector(`[data-${name}]`);
let tools = null;
let about = null;

export function begin(given) {
  tools = given;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
}

/** What is in a hand of ours, to be handed over. */
export function showCount({ hands }, fund) {
  const hand = hands.find((one) => one.fund === fund) ?? null;
  present({ name: `count ${fund}`, expected: hand?.satang ?? 0, mode: "give", hand });
  form.hidden = !hand;
  list("expected", hand ? [...receiptRows(hand), ...partRows(hand), ...paidRows(hand), totalRow(text("should-be"), "", hand.satang)] : [sumRow(text("hand-empty"), "", "")]);
}

/** What another phone offered, to be taken. */
export function showTake(said) {
  const { giver, n, expected_satang: expected } = said.clear;
  present({ name: `take ${said.line.id}`, expected, mode: "take", said });
  const note = [n ? text("n-receipts", { n }) : null, ...rangesIn(said.clear.ranges)].filter(Boolean).join(" · ");
  list("expected", [totalRow(text("offered-by", { name: giver }), note, expected)]);
}

/** Nothing of what was typed stays when it is about something else. */
function present(now) {
  if (about?.name !== now.name) form.reset();
  whole(form);
  about = now;
  form.hidden = false;
  form.dataset.expected = now.expected;
  const act = part("act");
  Object.assign(act.dataset, { plain: text(`${now.mode}-plain`), words: text(`${now.mode}-words`, { sum: "{sum}" }) });
  part("difference").dataset.same = text(`${now.mode}-same`);
  form.querySelector("[data-field=differs]").hidden = now.mode !== "take";
  form.querySelector("[data-reason-hint]").hidden = now.mode === "take";
  form.dispatchEvent(new Event("input"));
}

async function save() {
  const { rows, satang, wrong } = counted();
  const reason = clean(form.elements.reason.value);
  whole(form);
  for (const name of wrong) complain(form, name, text("whole-number"));
  if (wrong.length) return;
  if (!rows.length) return tools.refuse({ code: "uncounted" });
  if (satang !== about.expected && about.mode === "give" && !reason) return complain(form, "reason", text("need-reason"));
  if (satang !== about.expected && about.mode === "take" && !form.elements.differs.checked) return complain(form, "differs", text("need-differs", { theirs: baht(about.expected), yours: baht(satang) }));
  await once(() => keep(rows, reason));
}

async function keep(rows, reason) {
  try {
    const id = about.mode === "give" ? await offer(about.hand, rows, reason) : await take(about.said, rows, reason);
    const face = about.mode === "give" ? "offer" : "answer";
    about = null;
    form.reset();
    tools.replace(`${face}=${id}`);
  } catch (error) {
    tools.refuse(error);
  }
}

/** However often it is tapped meanwhile. */
async function once(work) {
  const button = part("act").closest("button");
  if (button.disabled) return;
  button.disabled = true;
  await work().finally(() => (button.disabled = false));
}

const receiptRows = ({ receipts }) => {
  const satang = receipts.reduce((sum, one) => sum + one.satang, 0);
  return receipts.length ? [sumRow(text("n-receipts", { n: receipts.length }), rangesIn(named(receipts)).join(" · "), satang)] : [];
};

const partRows = ({ parts }) => (parts.length ? [sumRow(text("n-parts", { n: parts.length }), "", parts.reduce((sum, one) => sum + one.satang, 0))] : []);

const paidRows = ({ paid }) => (paid ? [sumRow(text("paid-out"), "", -paid)] : []);

const totalRow = (...about) => {
  const made = sumRow(...about);
  made.classList.add("sums__line--total");
  return made;
};

function sumRow(what, note, satang) {
  const made = row("sum", { what, note: note || null });
  fill(made, { satang: satang === "" ? null : `${satang < 0 ? "−" : ""}${text("baht", { baht: baht(Math.abs(satang)) })}` });
  return made;
}

/** ["book M7, no. 1–40, 42–54"], whatever another phone said. */
export const rangesIn = (said) =>
  (Array.isArray(said) ? said : []).map(({ book, ranges }) => text("book", { book, numbers: (ranges ?? []).map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(", ") }));
