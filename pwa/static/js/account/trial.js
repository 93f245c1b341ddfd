/** Looking around without a key: what needs one says so, and is not shown as if it worked, also in parts of a page that come later. */

import { text } from "../lib/texts.js";

const band = document.querySelector("[data-closed]");
const shut = document.querySelector("template[data-shut]");
const closed = Object.fromEntries(
  Object.entries(JSON.parse(band.dataset.closed)).map(([method, rules]) => [method, rules.map((rule) => new RegExp(`^${rule}$`))]),
);
const isClosed = (method, address) => closed[method].some((rule) => rule.test(new URL(address, location.href).pathname));

close(document);
document.addEventListener("htmx:load", ({ target }) => close(target));

function close(part) {
  for (const button of part.querySelectorAll("form button[type=submit]:enabled, button[form]:enabled, [data-with-key]:enabled")) {
    const address = button.getAttribute("formaction") ?? button.form?.getAttribute("action");
    if ("withKey" in button.dataset || (button.form?.method === "post" && isClosed("POST", address ?? location.href))) say(button);
  }
  for (const link of part.querySelectorAll("a[href^='/']")) if (isClosed("GET", link.href)) say(link);
}

/** The act itself stays in the page, out of sight and reach: scripts look for it, also those that come later. */
function say(act) {
  const [note, away] = [shut.content.firstElementChild.cloneNode(true), document.createElement("span")];
  note.lastElementChild.textContent = text("needs-key", { act: act.querySelector(".row__title")?.textContent ?? act.textContent.trim() });
  away.hidden = true;
  act.replaceWith(note, away);
  away.append(act);
  act.disabled = true; // else the Enter key would press it
}
