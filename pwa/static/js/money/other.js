/**
 * What is not as usual: more periods or another sum, one person, on behalf of somebody, entry fee, donation, a transfer with its slip; and
 * a receipt that is written instead of another, whose money it takes over.
 */

import { shrink } from "../form/photos.js";
import { RECORD, addressOf } from "../kinds/kinds.js";
import { addBlob } from "../outbox/outbox.js";
import { dayAfter } from "../lib/dates.js";
import { baht, read } from "../lib/money.js";
import { fill, list, row } from "../lib/templates.js";
import { day, text } from "../lib/texts.js";
import { clean } from "../lib/thai.js";
import { asked } from "./doubles.js";
import { bought, periods } from "./dues.js";
import * as returns from "../outbox/returns.js";
import { complain, whole } from "./problems.js";
import { named } from "./receipts.js";
import { answer, take } from "./receiving.js";
import { askBank } from "./transfers.js";
import { called, payerOf } from "./walk.js";

const ALL = "all";
const face = document.querySelector('[data-face="other"]');
const part = (name) => face.querySelector(`[data-${name}]`);
const form = document.querySelector("form[data-other]");
const { elements } = form;
let tools = null;
let house = null;
let old = null;
let slip = null;

export function begin(given) {
  tools = given;
  form.addEventListener("change", ({ target }) => rework(target));
  form.addEventListener("input", ({ target }) => target.name === "baht" && rework(target));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(event.submitter?.value === "again");
  });
  part("not-again").addEventListener("click", () => (part("alike").hidden = true));
}

export function clear() {
  delete form.dataset.about;
  house = old = null;
}

/** A house, or none: then it is a donation of somebody from elsewhere. */
export const show = (world, id) => showAbout(world, id, null);

/** The face of a receipt that takes over the money of another one of this phone, for the same people. */
export const instead = {
  begin() {},
  show(world, id) {
    const before = world.receipts.find((one) => one.id === id && !one.isVoid) ?? null;
    const isNobodys = before?.payload.lines.every(({ person }) => !person);
    const isThere = isNobodys || world.houses.some((one) => one.id === before?.subject);
    form.hidden = !isThere;
    if (isThere) return showAbout(world, before.subject, before);
    fill(face, { house: text("missing"), replaced: null });
    list("taken", []);
  },
};

function showAbout(world, id, before) {
  const found = world.houses.find((one) => one.id === id) ?? null;
  const about = before?.id ?? id ?? "none";
  const isSame = form.dataset.about === about;
  [house, old] = [found, before];
  form.hidden = false;
  fill(face, { house: found ? called(found) : text("kind-donation"), replaced: old && text("replaces", { name: old.name, baht: baht(old.payload.total_satang) }) });
  list("taken", (old ? [] : (found?.taken ?? [])).map(takenRow));
  part("absent").hidden = !found || Boolean(old);
  part("absent").href = id ? addressOf(RECORD, "revisit", id) : "/round";
  if (isSame) return;
  form.dataset.about = about;
  anew(world, found);
  if (old) likeBefore(old);
}

/** What the receipt before said, but for its sum. */
function likeBefore({ payload, blobs }) {
  const { lines, payer, fund } = payload;
  const check = (name, value) => form.querySelector(`input[name="${name}"][value="${value}"]`)?.click();
  check("fund", fund);
  check("kind", lines[0].kind);
  if (lines.length === 1 && lines[0].person) check("who", lines[0].person);
  if (!["self", "household"].includes(payer.type)) check("payer", payer.type);
  elements.name.value = payer.name ?? "";
  check("channel", payload.channel);
  if (payload.bank_account) check("bank", payload.bank_account);
  elements.bank_account.value = payload.bank_account ?? "";
  elements.note.value = payload.note ?? "";
  slip = blobs.find(({ role }) => role === "slip") ?? null;
  part("slip-kept").hidden = !slip;
  rework(elements.kind);
}

function anew(world, found) {
  form.reset();
  whole(form);
  slip = null;
  part("slip-kept").hidden = part("alike").hidden = true;
  const people = found?.persons ?? [];
  const several = (found?.members ?? []).length > 1;
  list("who", [...(several ? [choice("who", ALL, text("whole-house"))] : []), ...people.map(({ person, name }) => choice("who", person, name || text("nameless")))]);
  list("fund", Object.values(world.funds).map(({ fund, name }) => choice("fund", fund, name)));
  for (const name of ["who", "fund"]) form.querySelector(`input[name=${name}]`)?.click();
  if (!found) {
    elements.kind.value = "donation";
    form.querySelector("details").open = true;
  }
  rework(elements.kind);
}

function choice(name, value, words) {
  const made = row("choice", { text: words });
  Object.assign(made.querySelector("input"), { name, value });
  return made;
}

const takenRow = ({ id, name, payload }) =>
  row("last", { href: `#receipt=${id}`, name: text("receipt-no", { name }), baht: baht(payload.total_satang), note: day(Date.parse(payload.paid_on)) });

/** The members of the fund for whom it is; for somebody who is none yet, the person alone. */
function forWhom() {
  const fund = elements.fund.value;
  if (!house) return [{ fund, person: null, through: null, plans: plans() }];
  const mine = house.members.filter((one) => one.fund === fund && (elements.who.value === ALL || one.person === elements.who.value)).map(before);
  if (mine.length || elements.who.value === ALL) return mine;
  const { person, name } = house.persons.find((one) => one.person === elements.who.value) ?? {};
  return [{ fund, person, name, through: null, plans: plans() }];
}

/** A member as before the receipt that is replaced, whose days are free again. */
function before(member) {
  const from = old?.payload.lines.find(({ person, covers_from: first }) => person === member.person && first)?.covers_from;
  return from ? { ...member, through: dayAfter(from, -1) } : member;
}

const plans = () => tools.world().funds[elements.fund.value]?.plans ?? [];

const banks = () => tools.world().funds[elements.fund.value]?.banks ?? [];

const counted = (member) => periods(member.through, member.plans, Number(elements.periods.value), tools.world().today);

/** What is asked only sometimes comes and goes, and the sum follows the periods until somebody types one. */
function rework(target) {
  part("alike").hidden = true;
  const isContribution = elements.kind.value === "contribution";
  const hide = (name, isHidden) => (form.querySelector(`[data-field="${name}"]`).hidden = isHidden);
  hide("who", !house);
  hide("payer", !house);
  hide("fund", Boolean(old) || Object.keys(tools.world().funds).length < 2);
  hide("periods", !isContribution || !plans().length);
  hide("name", isOwn());
  const isTransfer = elements.channel.value === "transfer";
  hide("slip", !isTransfer);
  hide("bank", !isTransfer || !banks().length);
  hide("bank_account", !isTransfer || banks().length > 0);
  askBank(form, banks(), target, choice);
  if (target.id === "slip") return void keepSlip(target);
  if (target.name === "baht") form.dataset.typed = "yes";
  else if (["kind", "who", "fund", "periods"].includes(target.name ?? target[0]?.name)) delete form.dataset.typed;
  const sums = isContribution ? forWhom().map(counted) : [];
  if (!form.dataset.typed) elements.baht.value = sums.length && sums.every(Boolean) ? baht(sums.reduce((sum, one) => sum + one.satang, 0)) : "";
  const { satang } = read(elements.baht.value);
  fill(form, { take: satang ? text("take", { baht: baht(satang) }) : text("take-other") });
}

async function keepSlip(input) {
  try {
    const { bytes, preview } = await shrink(input.files[0]);
    slip = await addBlob(bytes, "slip", preview);
    part("slip-kept").hidden = false;
  } catch (error) {
    input.value = "";
    tools.refuse(error);
  }
}

/** The lines of the receipt, or null where the page says what is wrong. */
function linesOf(satang) {
  const kind = elements.kind.value;
  const [members, asCounted] = [forWhom(), forWhom().map(counted)];
  const isCounted = kind === "contribution" && asCounted.length > 0 && asCounted.every(Boolean) && satang === asCounted.reduce((sum, one) => sum + one.satang, 0);
  if (isCounted) return members.map(({ person }, at) => ({ person, ...asCounted[at] }));
  if (members.length !== 1) return void complain(form, "who", text("shares"));
  const [{ person, through, plans: mine }] = members;
  return [{ person, kind, satang, ...(kind === "contribution" ? bought(through, mine, satang) : {}) }];
}

function checked() {
  whole(form);
  const { satang, problem } = read(elements.baht.value);
  const isTransfer = elements.channel.value === "transfer";
  const wanted = [
    [!problem, "baht", `sum-${problem}`],
    [isOwn() || clean(elements.name.value), "name", "need-name"],
    [!isTransfer || clean(elements.bank_account.value), banks().length ? "bank" : "bank_account", "need-bank"],
    [!isTransfer || slip, "slip", "need-slip"],
  ];
  const missing = wanted.filter(([said]) => !said);
  for (const [, field, sentence] of missing.reverse()) complain(form, field, text(sentence));
  return missing.length ? null : linesOf(satang);
}

function ask(question) {
  fill(part("alike"), { alike: question });
  part("alike").scrollIntoView({ block: "center" });
}

/** Who pays: themselves or the household, or whoever is named. */
function payer() {
  if (isOwn()) return payerOf(house, forWhom());
  return { type: house ? elements.payer.value : "donor", name: clean(elements.name.value) };
}

const isOwn = () => elements.payer.value === "self" && house !== null;

async function save(isAnother) {
  const lines = checked();
  if (!lines) return;
  const world = tools.world();
  const question = old ? null : asked(world, elements.fund.value, lines);
  part("alike").hidden = !question || isAnother;
  if (question && !isAnother) return ask(question);
  const note = clean(elements.note.value);
  const transfer = elements.channel.value === "transfer" && { channel: "transfer", bank_account: clean(elements.bank_account.value), evidence: [{ blob: slip.sha256, role: "slip" }], blobs: [slip] };
  try {
    const made = await take(elements.fund.value, { subject: house?.id, lines, payer: payer(), ...transfer, ...(note && { note }), ...(old && takesOver(old)) });
    form.dataset.about = "";
    if (old) await settle(old, made);
    tools.go(`receipt=${made.id}`);
  } catch (error) {
    tools.refuse(error);
  }
}

/** The money of the receipt before, on the day on which it was paid. */
const takesOver = ({ payload: { book, no, paid_on } }) => ({ instead_of: { book, no }, paid_on });

/** What the fund asked about the receipt before is answered by the one that took its place. */
async function settle({ id }, { payload: made }) {
  const asked = (await returns.list()).find((entry) => entry.id === id && !entry.answered);
  if (!asked) return;
  const { plaintext } = await returns.open(id);
  await answer(id, plaintext, { note: text("taken-over", { name: named(made) }), pictures: plaintext.blobs });
}
