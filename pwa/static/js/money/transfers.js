/** To which of the fund's accounts money was transferred: chosen from those that the kit tells; where it tells none the name is typed. */

import { list } from "../lib/templates.js";

/** What the form asks of a transfer to one of these banks, after `target` was changed. `choice(name, value, words)` makes a row to choose. */
export function askBank(form, banks, target, choice) {
  const { elements } = form;
  if (target.name === "bank") elements.bank_account.value = target.value;
  if (target.name !== "fund") return;
  list("bank", banks.map((name) => choice("bank", name, name)));
  elements.bank_account.value = "";
  if (banks.length === 1) form.querySelector("input[name=bank]").click();
}
