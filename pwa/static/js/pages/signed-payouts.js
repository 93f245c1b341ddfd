/** Signing that money came: the payments that this phone knows of, and one of them under the payee's finger. */

import "../form/form-photos.js";
import "../form/signature.js";
import { ready } from "../frame/boot.js";
import { unlock as unlockOwn, unlocked } from "../account/keys.js";
import * as kits from "../kit/kit.js";
import { baht, read } from "../lib/money.js";
import { fill, inTurn, list, row } from "../lib/templates.js";
import { clean } from "../lib/thai.js";
import { day, hasText, moment, text } from "../lib/texts.js";
import { ask, load, save } from "../money/payouts.js";
import { complain, whole } from "../money/problems.js";

const LATELY = 5;
const part = (name) => document.querySelector(`[data-${name}]`);
const form = document.querySelector("form[data-payout]");
const show = inTurn(render);
let about = null;

form.addEventListener("change", rework);
form.addEventListener("input", ({ target }) => settle(target.closest("[data-field]")));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  keep();
});
form.addEventListener("photo-failed", ({ detail }) => refuse(detail));
new BroadcastChannel("outbox").addEventListener("message", show);
addEventListener("kit-changed", show);
for (const kind of ["change", "submit", "hashchange"]) addEventListener(kind, () => (part("refused").hidden = true), { capture: true });
addEventListener("hashchange", () => show().then(() => scrollTo(0, 0)));
part("unlock").addEventListener("click", unlock);
await ready;
await show();
document.querySelector("main").dataset.ready = "";
if ("asks" in part("open").dataset) ask().then(show, () => {});

async function render() {
  const world = await opened();
  const [, id] = location.hash.match(/^#payment=([0-9a-f-]+)$/) ?? [];
  part("locked").hidden = Boolean(world);
  part("open").hidden = !world;
  for (const face of document.querySelectorAll("[data-face]")) face.hidden = face.dataset.face !== (id ? "payment" : "all");
  for (const back of document.querySelectorAll("[data-back]")) back.hidden = (back.dataset.back === "all") !== Boolean(id);
  list("unsigned", (world?.unsigned ?? []).map(unsignedRow));
  list("lately", (world?.lately ?? []).slice(0, LATELY).map(latelyRow));
  part("nothing").hidden = !world || world.unsigned.length > 0;
  present(world?.unsigned.find((one) => one.id === id) ?? null);
}

async function opened() {
  try {
    return (await unlocked()) ? await load() : null;
  } catch (error) {
    if (!["locked", "signed-out"].includes(error.code)) throw error;
    return null;
  }
}

function noteOf({ n, on }) {
  return text("voucher", { n, date: day(Date.parse(on)) });
}

function inBaht(satang) {
  return text("baht", { baht: baht(satang) });
}

function unsignedRow(one) {
  return row("unsigned", { href: `#payment=${one.id}`, name: one.name, baht: inBaht(one.satang), note: noteOf(one) });
}

function latelyRow({ payload, saved, payment }) {
  const received = payload.received_satang ?? payment?.satang;
  const isWhole = !payload.not_given && (!payment || received === payment.satang);
  const note = text(isWhole ? "signed-at" : "told-otherwise", { time: moment(saved) });
  return row("lately", { href: "/phone", name: payment?.name ?? text("payment"), baht: payload.not_given || !received ? null : inBaht(received), note });
}

/** What was typed for a payment stays while this page is told of something else. */
function present(payment) {
  if (payment?.id !== about?.id) empty();
  about = payment;
  form.hidden = !payment;
  part("gone").hidden = Boolean(payment);
  fill(form, payment ? { name: payment.name, baht: inBaht(payment.satang), note: noteOf(payment) } : { name: "", baht: "", note: "" });
  rework();
}

function empty() {
  form.reset();
  whole(form);
  for (const button of form.querySelectorAll("signature-pad button")) button.click();
  for (const one of form.querySelectorAll("photo-field")) {
    one.querySelector("input[type=hidden]").value = "";
    for (const shown of one.querySelectorAll(".photo__kept, .photo__picture")) shown.hidden = true;
  }
}

function rework() {
  const { came, how } = form.elements;
  for (const one of form.querySelectorAll("[data-when]")) one.hidden = !one.dataset.when.split(" ").includes(came.value);
  for (const one of form.querySelectorAll("[data-how]")) one.hidden = !one.dataset.how.split(" ").includes(how.value);
}

/** What was said of a field goes once something else is typed there. */
function settle(field) {
  field?.classList.remove("field--problem");
  field?.querySelector("[data-message]")?.remove();
}

/** [whether it is said, field, sentence] of all that is needed for what was chosen. */
function wanted({ came, how, reason, signature, paper }, { satang, problem }) {
  const isSigned = ["all", "less"].includes(came.value);
  return [
    [came.value, "came", "need-how"],
    [came.value !== "less" || !problem, "baht", `sum-${problem === "empty" ? "empty" : "unreadable"}`],
    [came.value !== "less" || problem || satang <= about.satang, "baht", "sum-too-much"],
    [came.value !== "none" || clean(reason.value), "reason", "need-reason"],
    [!isSigned || how.value, "how", "need-how"],
    [!isSigned || how.value !== "signature" || signature.value, "signature", "need-signature"],
    [!isSigned || !["thumbprint", "paper"].includes(how.value) || paper.value, "paper", "need-paper"],
  ];
}

async function keep() {
  const said = form.elements;
  const sum = read(said.baht.value);
  whole(form);
  const missing = wanted(said, sum).filter(([is]) => !is);
  for (const [, field, sentence] of missing.reverse()) complain(form, field, text(sentence));
  if (missing.length) return;
  const isGiven = said.came.value !== "none";
  const blob = isGiven ? JSON.parse(said.how.value === "signature" ? said.signature.value : said.paper.value) : null;
  const witness = said.how.value === "thumbprint" ? clean(said.witness.value) : "";
  const received = said.came.value === "less" ? sum.satang : about.satang;
  try {
    await save(about, { blob, how: said.how.value, witness, ...(isGiven ? { received } : { reason: clean(said.reason.value) }) });
    location.hash = "all";
  } catch (error) {
    refuse(error);
  }
}

/** Says what could not be done; nothing was saved then. */
function refuse(error) {
  const name = `error-${error?.code}`;
  fill(part("refused"), { refused: text(hasText(name) ? name : "error-other") });
  part("refused").hidden = false;
  part("refused").scrollIntoView({ block: "center" });
}

async function unlock() {
  try {
    await kits.unlock();
    if (!(await unlocked())) await unlockOwn();
    part("unlock-refused").hidden = true;
    await show();
  } catch {
    part("unlock-refused").hidden = false;
  }
}
