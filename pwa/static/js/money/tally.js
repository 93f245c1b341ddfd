/** Beside each kind of note or coin what it comes to, and below how far the sum is from what should be there. */

import { baht } from "../lib/money.js";
import { digits } from "../lib/thai.js";

const MOST = 100_000;
const form = document.querySelector("[data-tally]");

/** What was counted -> {rows: [{satang, count}], satang, wrong}; `wrong` = names of fields that hold no number of notes or coins. */
export function counted() {
  const typed = [...form.querySelectorAll("[data-satang]")].filter(({ value }) => value.trim() !== "");
  const rows = typed.map((input) => ({ satang: Number(input.dataset.satang), count: howMany(input) }));
  const wrong = typed.filter((input) => howMany(input) === null).map(({ name }) => name);
  return { rows, satang: rows.reduce((sum, { satang, count }) => sum + satang * (count ?? 0), 0), wrong };
}

/** Null for what is no whole number, or more than anybody holds. */
function howMany({ value }) {
  const said = digits(value).replaceAll(/\s/g, "");
  return /^\d{1,6}$/.test(said) && Number(said) <= MOST ? Number(said) : null;
}

function count() {
  for (const input of form.querySelectorAll("[data-satang]")) {
    const many = howMany(input);
    input.closest(".tally__line").querySelector("[data-sum]").textContent = many ? baht(many * Number(input.dataset.satang)) : "";
  }
  const { rows, satang } = counted();
  show(satang, rows.length > 0);
  name(satang, rows.length > 0);
}

function name(total, isCounted) {
  const act = document.querySelector("[data-act]");
  act.dataset.plain = act.dataset.plain || act.textContent;
  act.textContent = isCounted ? act.dataset.words.replace("{sum}", baht(total)) : act.dataset.plain;
}

function show(total, isCounted) {
  const sum = document.querySelector("[data-total]");
  const words = document.querySelector("[data-difference]");
  const off = total - Number(form.dataset.expected);
  sum.textContent = isCounted ? sum.dataset.unit.replace("{sum}", baht(total)) : "";
  const said = off === 0 ? words.dataset.same : off < 0 ? words.dataset.short : words.dataset.over;
  words.textContent = isCounted ? said.replace("{sum}", baht(Math.abs(off))) : "";
}

if (form) {
  form.addEventListener("input", count);
  count();
}
