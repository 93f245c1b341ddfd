/**
 * A receipt written anew from its code, where its phone is lost: a page of one line, whose book, day, number and sum the code says; who paid,
 * and who took the money, is asked. A copy that turns up later and says the same joins it.
 */

import { fromCode } from "./stub.js";
import { complain, whole } from "./problems.js";
import { text } from "../lib/texts.js";
import { toBuddhist } from "../lib/dates.js";

export const NOBODY = "?";
const form = document.querySelector('[data-face="page"] form[data-code]');

/** Calls back with what the code says, as soon as one was scanned or typed; `refusal(stub)` names the sentence where it cannot be. */
export function begin(refill, refusal) {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    whole(form);
    const said = form.elements.stub.value.trim();
    const stub = fromCode(said);
    if (!stub) return void (said && complain(form, "stub", text("page-code-none")));
    const why = refusal(stub);
    if (why) return complain(form, "stub", text(why));
    form.reset();
    form.closest("details").open = false;
    return refill(stub);
  });
}

/** The head of the page as the code says it. */
export function headOf({ fund, book, satang, paid_on }) {
  const [year, month, day] = paid_on.split("-").map(Number);
  return { fund, book, collector: NOBODY, "paid_on:day": day, "paid_on:month": month, "paid_on:year": toBuddhist(year), foot: satang / 100 };
}
