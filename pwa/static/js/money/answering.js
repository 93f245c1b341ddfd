/** Answers what the fund asks about a receipt, offline too: its remark and its pictures may be others, its money never. */

import { onPicture, reveal } from "../form/form-photos.js";
import { preview } from "../outbox/outbox.js";
import * as returns from "../outbox/returns.js";
import { askJson } from "../outbox/server.js";
import { baht } from "../lib/money.js";
import { fill, list, row } from "../lib/templates.js";
import { day, text } from "../lib/texts.js";
import { clean } from "../lib/thai.js";
import { complain, whole } from "./problems.js";
import { named } from "./receipts.js";
import { answer } from "./receiving.js";

const face = document.querySelector('[data-face="returned"]');
const form = document.querySelector("form[data-answer]");
let tools = null;
let about = null;
let pictures = [];

export function begin(given) {
  tools = given;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  form.addEventListener("photo-failed", ({ detail }) => tools.refuse(detail));
  onPicture(form.querySelector("input[type=file]"), "evidence", (blob, file) => {
    pictures = [...pictures, { blob, file }];
    showPictures();
  });
}

export function clear() {
  about = null;
  form.reset();
}

/** What was typed stays while it is about the same receipt. */
export async function show(world, id) {
  if (about?.id === id) return;
  const { plaintext, reason, comments } = (await find(id)) ?? {};
  about = plaintext?.kind === "contribution" ? { id, plaintext } : null;
  form.hidden = !about;
  const offer = face.querySelector("[data-instead]");
  offer.hidden = !world.receipts.some((one) => one.id === id && !one.isVoid);
  offer.href = `#instead=${id}`;
  if (!about) return fill(face, { asked: text("nothing-asked"), question: null, about: null });
  const { payload, blobs } = plaintext;
  fill(face, {
    asked: text("asks", { name: named(payload) }),
    question: [reason, ...Object.values(comments ?? {})].filter(Boolean).join(" · ") || null,
    about: [payload.payer.name, text("baht", { baht: baht(payload.total_satang) }), day(Date.parse(payload.paid_on))].filter(Boolean).join(" · "),
  });
  whole(form);
  form.elements.answer.value = payload.note ?? "";
  pictures = evidenceOf(payload, blobs);
  await showPictures();
}

/** The pictures that a receipt names, as an answer may keep them. */
const evidenceOf = ({ evidence = [] }, blobs) => blobs.filter(({ sha256 }) => evidence.some(({ blob }) => blob === sha256)).map((blob) => ({ blob }));

/** What this phone keeps of it; what came back to another phone is asked of the server. Nothing once it is answered. */
async function find(id) {
  if ((await returns.list()).some((entry) => entry.id === id && entry.answered)) return null;
  return returns.open(id).catch(() => askJson(`/sync/entries/${id}`).catch(() => null));
}

async function showPictures() {
  list("pictures", await Promise.all(pictures.map(pictureRow)));
}

async function pictureRow(picture) {
  const made = row("picture", {});
  const kept = picture.file ?? (await smallOf(picture.blob));
  if (kept) reveal(made.querySelector("img"), kept);
  made.querySelector("button").addEventListener("click", () => {
    pictures = pictures.filter((one) => one !== picture);
    showPictures();
  });
  return made;
}

async function smallOf({ sha256 }) {
  const bytes = await preview(sha256).catch(() => null);
  return bytes && new Blob([bytes], { type: "image/jpeg" });
}

/** An answer says something that the receipt did not; and a transfer is nothing without its slip. */
function isRight({ payload, blobs }, note) {
  const before = evidenceOf(payload, blobs);
  const isTold = note !== (payload.note ?? "") || pictures.length !== before.length || pictures.some(({ file }) => file);
  const wanted = [
    [isTold, "answer", "need-answer"],
    [payload.channel !== "transfer" || pictures.length, "pictures", "need-slip"],
  ];
  whole(form);
  const missing = wanted.filter(([said]) => !said);
  for (const [, field, sentence] of missing.reverse()) complain(form, field, text(sentence));
  return missing.length === 0;
}

async function save() {
  const { id, plaintext } = about;
  const note = clean(form.elements.answer.value);
  if (!isRight(plaintext, note)) return;
  const needsSlip = plaintext.payload.channel === "transfer" && !pictures.some(({ blob }) => blob.role === "slip");
  const blobs = pictures.map(({ blob }, at) => (needsSlip && at === 0 ? { ...blob, role: "slip" } : blob));
  try {
    const made = await answer(id, plaintext, { note, pictures: blobs });
    clear();
    tools.go(`receipt=${made.id}`);
  } catch (error) {
    tools.refuse(error);
  }
}
