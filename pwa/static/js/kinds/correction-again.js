/** An own correction once more: what was seen and said, what the checker says of it, and a better sentence in its place. */

import { ready } from "../frame/boot.js";
import { unlock } from "../account/keys.js";
import { add, copy } from "../outbox/outbox.js";
import * as returns from "../outbox/returns.js";
import { askJson } from "../outbox/server.js";
import { fill } from "../lib/templates.js";
import { hasText, text } from "../lib/texts.js";
import { clean } from "../lib/thai.js";

const ITEM = /(^people|^evidence|\.beneficiaries)\.[^.]+/g;
const form = document.querySelector("[data-again]");
const locked = document.querySelector("[data-locked]");
const back = document.querySelector("[data-came-back]");
const refused = document.querySelector("[data-refused]");
const [, what, id] = location.hash.match(/^#(returned|correct)=([0-9a-f-]+)$/) ?? [];

addEventListener("hashchange", () => location.reload());
locked.querySelector("button").addEventListener("click", () => unlock().then(open).catch(refuse));
await ready;
if (id) await open().catch(refuse);
else say(text("missing"));

/** What the phone keeps of it; one that came back to another phone is asked of the server. */
async function find() {
  if (what !== "returned") return { plaintext: await copy(id) };
  return returns.open(id).catch((error) => {
    if (error.code === "locked") throw error;
    return askJson(`/sync/entries/${id}`).catch(() => Promise.reject(error));
  });
}

async function open() {
  const { plaintext, reason, comments = {} } = await find();
  locked.hidden = refused.hidden = true;
  if (plaintext.kind !== "correction") return say(text("missing"));
  if ((await returns.list()).find((entry) => entry.id === id)?.answered) return say(text("answered"));
  const { path, shown, statement } = plaintext.payload;
  const name = `field-${path.replace(ITEM, "$1.*")}`;
  fill(form, { field: text(hasText(name) ? name : "field-other"), shown: shown || null });
  form.elements.statement.value = statement;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(plaintext);
  });
  if (!reason && !Object.keys(comments).length) return;
  fill(back, { reason: reason || null });
  back.querySelector("ul").replaceChildren(...Object.values(comments).map(line));
  back.hidden = false;
}

async function save({ subject, base, payload: { path, person, shown } }) {
  const statement = clean(form.elements.statement.value);
  if (!statement) return complain("statement");
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const payload = { path, person, shown, statement };
    const made = await add({ kind: "correction", form: "correction@1", subject, base, replaces: id, payload });
    location.replace(`/saved#${made.id}`);
  } catch (error) {
    button.disabled = false;
    complain(hasText(error.code ?? "") ? error.code : "not-saved");
  }
}

function complain(name) {
  const message = form.querySelector("[data-message]");
  message.querySelector("span").textContent = text(name);
  message.hidden = false;
  message.closest(".field").classList.add("field--problem");
  form.elements.statement.focus();
}

function refuse(error) {
  locked.hidden = error.code !== "locked" && error.code !== "cancelled";
  if (locked.hidden) say(text("missing"));
}

function say(sentence) {
  refused.querySelector("p").textContent = sentence;
  refused.hidden = false;
}

function line(sentence) {
  const item = document.createElement("li");
  item.textContent = sentence;
  return item;
}
