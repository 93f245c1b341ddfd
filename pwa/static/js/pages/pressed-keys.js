/**
 * Keys for what is done a hundred times a day: each presses what carries it as `data-key` on this page, and "?" or the button lists them.
 * Letters are known by their place, so that they work while the keyboard writes Thai, and can be switched off in this browser. A key
 * presses as a click does: what shuts a button for a moment shuts its key, and nothing happens while somebody writes.
 */

import { row } from "../lib/templates.js";

const OFF = "ombun-keys-off";
const WRITING = "input:not([type=checkbox], [type=radio]), textarea, select, dialog";
const SAME = { PageUp: "ArrowLeft", PageDown: "ArrowRight" };
const SIGNS = { ArrowLeft: "←", ArrowRight: "→" };
const dialog = document.querySelector("[data-keys]");
const areOn = dialog.querySelector("[data-keys-on]");

document.querySelector("[data-keys-open]").addEventListener("click", show);
areOn.addEventListener("change", () => (areOn.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "yes")));
addEventListener("keydown", press);

function press(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.target.closest?.(WRITING)) return;
  const key = keyOf(event);
  const found = key === "?" ? null : document.querySelector(`[data-key="${key}"]`);
  if (key !== "?" && (!found || (key.length === 1 && localStorage.getItem(OFF)))) return;
  event.preventDefault();
  if (found) found.click();
  else show();
}

/** A letter by where it lies; "?" also by where it lies, because a Thai keyboard has another sign there. */
function keyOf({ code, key, shiftKey }) {
  if (code === "Slash" && shiftKey) return "?";
  if (/^Key[A-Z]$/.test(code) && !shiftKey) return code.at(-1).toLowerCase();
  return /^\w+$|^\?$/.test(key) ? (SAME[key] ?? key) : "";
}

function show() {
  areOn.checked = !localStorage.getItem(OFF);
  dialog.querySelector("[data-keys-list]").replaceChildren(...[...document.querySelectorAll("[data-key]")].map(told));
  dialog.showModal();
}

function told({ dataset, textContent }) {
  const words = dataset.keySays ?? textContent.replaceAll(/\s+/g, " ").trim();
  return row("key", { words, key: SIGNS[dataset.key] ?? dataset.key.toUpperCase() });
}
