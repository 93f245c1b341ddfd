/** Makes a receipt void: it was never paid, or the money was given back on the spot and the payer signs. */

import "../form/signature.js";
import { complain, whole } from "./problems.js";
import { fill } from "../lib/templates.js";
import { text } from "../lib/texts.js";
import { clean } from "../lib/thai.js";
import { annul } from "./receiving.js";

const face = document.querySelector('[data-face="void"]');
const form = document.querySelector("form[data-void]");
let tools = null;
let about = null;

export function begin(given) {
  tools = given;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  form.addEventListener("change", () => (form.querySelector("[data-signed]").hidden = form.elements.money.value !== "given_back"));
  form.addEventListener("photo-failed", ({ detail }) => tools.refuse(detail));
}

export function show(world, id) {
  const found = world.receipts.find((one) => one.id === id && !one.isVoid);
  if (found?.id !== about?.id) form.reset();
  about = found ?? null;
  form.hidden = !found;
  fill(face, { annulled: found ? text("receipt-no", { name: found.name }) : text("missing") });
}

async function save() {
  const { reason, money, signature } = form.elements;
  const wanted = [
    [clean(reason.value), "reason", "need-reason"],
    [money.value, "money", "need-money"],
    [money.value !== "given_back" || signature.value, "signature", "need-signature"],
  ];
  whole(form);
  const missing = wanted.filter(([said]) => !said);
  for (const [, field, sentence] of missing.reverse()) complain(form, field, text(sentence));
  if (missing.length) return;
  const blob = money.value === "given_back" ? JSON.parse(signature.value) : null;
  const signed = blob && { signature: { blob: blob.sha256, kind: "signature" }, blobs: [blob] };
  try {
    await annul(about.payload, { reason: clean(reason.value), [money.value]: true, ...signed });
    form.reset();
    tools.go(`receipt=${about.id}`);
  } catch (error) {
    tools.refuse(error);
  }
}
