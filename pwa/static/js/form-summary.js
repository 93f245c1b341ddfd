/** How far the form is: a chip on each card, and at the end what will be saved. */

import { text } from "./texts.js";

const pieces = document.querySelector("template[data-icons]").content;

/** A chip on each card: how many fields must still be filled in. */
export function showLeft(form, problems) {
  const open = problems.map(({ field }) => field.closest("details[data-path]"));
  for (const place of form.querySelectorAll("[data-left]")) {
    const card = place.closest("details[data-path]");
    const n = open.filter((one) => one === card).length;
    const chip = n || "card" in card.dataset ? pieces.querySelector(n ? "[data-chip-wait]" : "[data-chip-done]").firstElementChild.cloneNode(true) : "";
    if (n) chip.append(text("left", { n }));
    if (place.textContent !== (chip && chip.textContent)) place.replaceChildren(chip);
  }
}

/** What will be saved, in a few lines, and what was not asked. */
export function summarise(form) {
  const list = form.querySelector("[data-summary] ul");
  if (!list) return;
  const count = (selector) => form.querySelectorAll(selector).length;
  const told = count('[name="notice.how"]:checked');
  const respondent = form.querySelector('[name="respondent.person"]').value;
  const lines = [
    ["done", text("sum-people", { n: count("[data-card]") })],
    ["done", text("sum-applicants", { n: count('[name$=".membership"][value=apply]:checked') })],
    ["done", text("sum-members", { n: count('[name$=".membership"][value=member]:checked') })],
    ["done", text("sum-photos", { n: count('[data-list="evidence"] > [data-path]') })],
    ...(told ? [] : [["wait", text("sum-no-notice")]]),
    ...(respondent ? [] : [["wait", text("sum-no-respondent")]]),
  ];
  list.replaceChildren(...lines.map(([kind, sentence]) => line(kind, sentence)));
}

/** The privacy notice was given to the respondent unless somebody else is named. */
export function withNotice({ payload, blobs }) {
  const { notice, respondent } = payload;
  const told = notice?.given_to ?? respondent?.person ?? respondent?.name;
  return { payload: notice && told ? { ...payload, notice: { ...notice, given_to: told } } : payload, blobs };
}

function line(kind, sentence) {
  const item = document.createElement("li");
  item.className = `checks__item checks__item--${kind}`;
  const words = document.createElement("span");
  words.textContent = sentence;
  item.append(pieces.querySelector(`[data-${kind}] svg`).cloneNode(true), words);
  return item;
}
