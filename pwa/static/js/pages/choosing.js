/** A long list to choose from: found by typing, all at once, and always with how many are chosen. Without this the boxes stay boxes. */

import { letters } from "../lib/thai.js";

for (const list of document.querySelectorAll("[data-choosing]")) choose(list);

function choose(list) {
  const rows = [...list.querySelectorAll("[data-one]")].map((row) => ({ row, box: row.querySelector("input"), words: letters(row.textContent) }));
  const [tools, find, all, none] = ["tools]", "find]", "all]", "none]"].map((name) => list.querySelector(name === "tools]" ? "[data-choosing-tools]" : `[data-${name}`));
  const told = list.form.querySelector("[data-chosen]");
  const shown = () => rows.filter(({ row }) => !row.hidden);

  const tell = () => {
    const visible = shown();
    const chosen = visible.filter(({ box }) => box.checked).length;
    all.checked = visible.length > 0 && chosen === visible.length;
    all.indeterminate = chosen > 0 && chosen < visible.length;
    none.hidden = visible.length > 0;
    told.textContent = told.dataset.textOne.replace("{n}", rows.filter(({ box }) => box.checked).length);
  };
  const narrow = () => {
    const wanted = find.value.split(/\s+/).map(letters).filter(Boolean);
    for (const { row, words } of rows) row.hidden = !wanted.every((word) => words.includes(word));
    tell();
  };

  find.addEventListener("input", narrow);
  find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  all.addEventListener("change", () => {
    for (const { box } of shown()) box.checked = all.checked;
    tell();
  });
  list.addEventListener("change", tell);
  tools.hidden = false;
  narrow();
}
