/** At the end of the household form: what will be saved, and what was not asked. */

import { text } from "../lib/texts.js";

const pieces = document.querySelector("template[data-icons]").content;

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

/** One line of what will be saved: done, or wait. */
export function line(kind, sentence) {
  const item = document.createElement("li");
  item.className = `checks__item checks__item--${kind}`;
  const words = document.createElement("span");
  words.textContent = sentence;
  item.append(pieces.querySelector(`[data-${kind}] svg`).cloneNode(true), words);
  return item;
}
