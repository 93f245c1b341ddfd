/**
 * A page of the paper book, typed line by line: Enter is the next house as usual, a number or a name is somebody else, numbers run on. Nothing
 * is a receipt before the sum at the foot of the page agrees; until then the page lies sealed on this phone.
 */

import { me } from "../account/person.js";
import { onPicture } from "../form/form-photos.js";
import { baht, read } from "../lib/money.js";
import { fill, list, row } from "../lib/templates.js";
import { day, text } from "../lib/texts.js";
import { clean, digits } from "../lib/thai.js";
import { asked } from "./doubles.js";
import * as code from "./page-code.js";
import * as head from "./page-head.js";
import { expected, otherwise, typed } from "./page-lines.js";
import { begun, done, keep } from "./page-kept.js";
import { complain, whole } from "./problems.js";
import { take } from "./receiving.js";

const LAST = 999_999;
const NOTHING = { head: {}, next: 1, lines: [], picture: null, code: null };
const face = document.querySelector('[data-face="page"]');
const part = (name) => face.querySelector(`[data-${name}]`);
const entry = face.querySelector("form[data-entry]");
let tools = null;
let page = null;
let skipped = 0;
let isSaving = false;
let isAsked = false;

export function begin(given) {
  tools = given;
  const guarded = (work) => (event) => {
    if (event.type === "submit") event.preventDefault();
    return work(event).catch(tools.refuse);
  };
  head.form.addEventListener("change", guarded(remember));
  head.form.addEventListener("input", guarded(jot));
  head.form.addEventListener("submit", guarded(save));
  code.begin((stub) => anew(stub).catch(tools.refuse), cannotBe);
  entry.addEventListener("submit", guarded(({ submitter }) => accept(submitter?.value === "again")));
  entry.addEventListener("input", () => {
    shut();
    propose();
  });
  entry.elements.who.addEventListener("keydown", step);
  part("skip").addEventListener("click", () => move(1));
  part("leave-out").addEventListener("click", () => shut());
  onPicture(head.form.querySelector("input[type=file]"), "page", (blob) => {
    page.picture = blob;
    remember().catch(tools.refuse);
  });
}

export function clear() {
  page = null;
  head.form.reset();
  entry.reset();
}

/** What is on the page so far, for the running total. */
export const sum = () => ({ satang: (page?.lines ?? []).reduce((all, { satang }) => all + satang, 0), count: page?.lines.length ?? 0 });

export async function show(world) {
  if (!isAsked && Object.keys(world.funds).length === 0) tools.ask("");
  isAsked = true;
  head.offer("fund", Object.values(world.funds).map(({ fund, name }) => [fund, name]));
  if (!page) open((await begun()) ?? structuredClone(NOTHING));
  const hands = world.funds[head.fund()]?.hands ?? [];
  const { handle } = (await me()) ?? {};
  head.offer("collector", [...(page.code ? [[code.NOBODY, text("page-code-who")]] : []), ["", text("myself")], ...hands.filter(([code]) => code !== handle)], page.head.collector);
  present();
}

function open(begunPage) {
  page = begunPage;
  head.begin(page.head);
  entry.elements.no.value = page.next;
}

/** Why a receipt cannot be written anew here, or nothing. */
function cannotBe({ fund, book, no }) {
  const { funds, receipts } = tools.world();
  if (!funds[fund]) return "page-code-fund";
  if (page.lines.length) return "page-code-first";
  return receipts.some(({ payload }) => payload.fund === fund && payload.book === book && payload.no === no) ? "page-code-here" : null;
}

async function anew(stub) {
  page.code = stub;
  open({ ...page, head: code.headOf(stub), next: stub.no });
  await show(tools.world());
  await remember();
  entry.elements.who.focus();
}

async function remember() {
  await jot();
  await tools.changed();
}

/** Kept letter by letter: a field that was never left is lost with the browser otherwise. */
async function jot() {
  page.head = head.said();
  await keep(page);
}

function present() {
  list("page-lines", page.lines.map(lineRow));
  part("picture-kept").hidden = !page.picture;
  const { satang, count } = sum();
  fill(face, { "page-save": count ? text("page-save", { n: count, baht: baht(satang) }) : text("page-save-none") });
  propose();
}

function lineRow(line, at) {
  const to = line.lines.map((one) => one.to).filter(Boolean).sort()[0];
  const made = row("page-line", { who: `${line.no} · ${line.who}`, baht: baht(line.satang), until: to ? text("until", { date: day(Date.parse(to)) }) : text(`kind-${line.lines[0].kind}`) });
  const button = made.querySelector("button");
  button.setAttribute("aria-label", text("page-remove", { no: line.no }));
  button.addEventListener("click", () => {
    page.lines.splice(at, 1);
    remember().catch(tools.refuse);
  });
  return made;
}

/** Who the line is about: whoever was typed, else the next house that owes something. */
function chosen() {
  const [world, iso, fund] = [tools.world(), head.day(), head.fund()];
  if (!world || !iso) return null;
  const words = entry.elements.who.value;
  if (words.trim()) return typed(world, fund, iso, words);
  const next = expected(world, fund, iso, page.lines);
  return next[skipped % next.length] ?? null;
}

function propose() {
  const line = page && chosen();
  const to = line?.lines.map((one) => one.to).filter(Boolean).sort()[0];
  const said = [line?.who, line?.members.length > 1 && text("page-people", { n: line.members.length }), line && text("baht", { baht: baht(line.satang) }), to && text("until", { date: day(Date.parse(to)) })];
  fill(entry, { proposed: line ? said.filter(Boolean).join(" · ") : text(nobody()) });
}

/** Why the line is about nobody. */
function nobody() {
  if (!head.day()) return "date-no_day";
  return entry.elements.who.value.trim() ? "page-nobody" : "page-all";
}

/** The house before and after, without a letter typed. */
function step(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  move(by);
}

function move(by) {
  skipped = Math.max(0, skipped + by);
  entry.elements.who.value = "";
  shut();
  propose();
  entry.elements.who.focus();
}

function shut() {
  part("page-alike").hidden = true;
}

async function accept(isAnother) {
  whole(entry);
  const words = entry.elements.who.value.trim();
  if (!head.isRight(["collector", "paid_on", "book"], { code: page.code })) return;
  fill(face, { "page-saved": null });
  if (!chosen() && words) await tools.ask(words);
  const line = finished(chosen());
  if (!line) return;
  const onPage = page.lines.find(({ lines }) => lines.some(({ person }) => line.lines.some((one) => one.person === person)));
  const question = onPage ? text("page-twice", { no: onPage.no }) : asked(tools.world(), head.fund(), line.lines);
  shut();
  if (question && !isAnother) {
    part("page-alike").hidden = false;
    fill(part("page-alike"), { "page-question": question });
    return part("page-alike").querySelector("button").focus();
  }
  page.lines.push(line);
  page.next = line.no + 1;
  entry.reset();
  entry.elements.no.value = page.next;
  await remember();
  entry.elements.who.focus();
}

/** The line with its number and the sum that was typed, or null where the page says what is wrong. */
function finished(line) {
  const { no, baht: typedSum, line_kind: kind } = entry.elements;
  if (!line) return void complain(entry, "who", text(nobody()));
  const number = Number(digits(clean(no.value)));
  if (!Number.isInteger(number) || number < 1 || number > LAST) return void complain(entry, "no", text("page-number"));
  if (page.code && number !== page.code.no) return void complain(entry, "no", text("page-code-number", page.code));
  if (isWritten(number)) return void complain(entry, "no", text("page-number-taken", { no: number }));
  const isUsual = !typedSum.value.trim() && kind.value === "contribution" && line.satang > 0;
  if (isUsual) return { no: number, ...line };
  const { satang, problem } = read(typedSum.value);
  if (problem) return void complain(entry, "baht", text(`sum-${problem}`));
  if (satang === line.satang && kind.value === "contribution") return { no: number, ...line };
  const other = otherwise(line, { kind: kind.value, satang });
  return other ? { no: number, ...other } : void complain(entry, "baht", text("shares"));
}

/** Whether this number of the book stands on the page, or was written on this phone before. */
function isWritten(no) {
  return page.lines.some((line) => line.no === no) || isReceipt(no);
}

const isReceipt = (no) => tools.world().receipts.some(({ payload }) => payload.fund === head.fund() && payload.book === head.about().book && payload.no === no);

/** A receipt a line. Whatever was written before the browser was closed is not written again. */
async function save() {
  if (entry.elements.who.value.trim()) return complain(entry, "who", text("page-open"));
  if (isSaving || !head.isRight(["foot", "collector", "paid_on", "book"], { ...sum(), code: page.code })) return;
  isSaving = true;
  await write().finally(() => (isSaving = false));
  await done(following());
  await tools.changed();
  entry.elements.who.focus();
}

/** The next page is of the same book and hand, and its numbers run on, also when the browser was closed; its day is another. */
function following() {
  const { fund, book, collector } = head.said();
  return book ? { ...NOTHING, head: { fund, book, collector }, next: page.next } : null;
}

async function write() {
  const [about, count] = [head.about(), page.lines.length];
  const shown = page.picture && { evidence: [{ blob: page.picture.sha256, role: "page" }], blobs: [page.picture] };
  for (const { no, subject, lines, payer } of [...page.lines]) {
    if (!isReceipt(no)) await take(head.fund(), { ...about, no, subject, lines, payer, ...shown, ...(page.code && { note: text("page-code-note", page.code) }) });
    page.lines.shift();
    await keep(page);
  }
  head.form.elements.foot.value = "";
  if (page.code) head.form.elements.book.value = "";
  page.picture = page.code = null;
  fill(face, { "page-saved": text("page-saved", { n: count }) });
}
