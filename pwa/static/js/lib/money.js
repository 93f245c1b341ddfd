// Money as people type it and as paper says it in words: the same rules as pwa/domain/text/money.py, held to it by tests/golden/money.json.

import { clean, digits } from "./thai.js";

const MOST = 99_999_999_999;
const DIGITS = ["", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"];
const PLACES = ["", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"];
const TYPED = /^([-−–])? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]*))?$/;
const AROUND = /^(?:฿|THB) ?| ?(?:บาท(?: ?ถ้วน)?|บ\.?|฿|THB)$/gi;

/** A sum in baht as it was typed -> {satang} or {problem}, which names a sentence. */
export function read(typed) {
  const bare = digits(clean(String(typed))).replace(AROUND, "").replace(/(?<=[0-9])\.?-$/, "");
  if (!bare) return { problem: "empty" };
  const found = bare.match(TYPED);
  if (!found) return { problem: "unreadable" };
  const [, minus, whole, part] = found;
  if (part === "" || part?.length > 2) return { problem: "fraction" };
  const satang = Number(whole.replaceAll(",", "")) * 100 + Number((part ?? "").padEnd(2, "0"));
  if (minus || satang === 0) return { problem: "nothing" };
  return satang > MOST ? { problem: "too_much" } : { satang };
}

/** Baht in digits, with satang only where there are some. */
export function baht(satang) {
  const part = satang % 100;
  const whole = String((satang - part) / 100).replace(/\B(?=(?:\d{3})+$)/g, ",");
  return part ? `${whole}.${String(part).padStart(2, "0")}` : whole;
}

/** A sum in words as Thai paper says it. */
export function words(satang) {
  const part = satang % 100;
  const whole = (satang - part) / 100;
  if (!part) return `${number(whole) || "ศูนย์"}บาทถ้วน`;
  return `${whole ? `${number(whole)}บาท` : ""}${number(part)}สตางค์`;
}

/** Six digits at a time: what stands before ล้าน is read like a number of its own. */
function number(n) {
  const rest = n % 1_000_000;
  const millions = (n - rest) / 1_000_000;
  const isAlone = rest < 10 && !millions;
  const spoken = [...String(rest)].map((digit, at, all) => named(Number(digit), all.length - 1 - at, isAlone)).join("");
  return millions ? `${number(millions)}ล้าน${spoken}` : spoken;
}

function named(digit, place, isAlone) {
  if (digit === 0) return "";
  if (place === 0) return digit === 1 && !isAlone ? "เอ็ด" : DIGITS[digit];
  if (place === 1) return ({ 1: "", 2: "ยี่" }[digit] ?? DIGITS[digit]) + PLACES[1];
  return DIGITS[digit] + PLACES[place];
}
