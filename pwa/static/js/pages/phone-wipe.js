/** The wiping of this phone: one more tap in green, a word to be typed where something would be lost or has no backup yet. */

import { during } from "../frame/progress.js";
import { showShield, standing } from "../outbox/shield.js";
import { hasText, text } from "../lib/texts.js";
import { leave, wipe } from "../outbox/wipe.js";

const panel = document.querySelector("[data-wipe]");
const field = panel.querySelector(".field");
const input = field.querySelector("input");
const message = field.querySelector(".field__message");
const failed = panel.querySelector("[data-wipe-failed]");
const THAI_ZERO = "๐".codePointAt(0);
let state = null;

/** Fits the panel to the shield. */
export function fitWipe(now) {
  state = now;
  for (const part of panel.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state.colour);
  panel.querySelector("[data-lost]").textContent = text("wipe-lost", { n: state.lost });
  for (const slot of panel.querySelectorAll("[data-word]")) slot.textContent = word();
}

panel.querySelector("form").addEventListener("submit", submit);

/** What must be typed names what would be lost. */
const word = () => (state.colour === "red" ? text("wipe-word-red", { n: state.lost }) : text("wipe-word"));

async function submit(event) {
  event.preventDefault();
  failed.hidden = true;
  if (state.colour !== "green" && plain(input.value) !== plain(word())) return complain();
  complain(false);
  try {
    done(await during(wipe(state.colour)));
  } catch (error) {
    state = await standing().catch(() => state);
    await showShield(state);
    fitWipe(state);
    const name = `wipe-${error.code}`;
    failed.textContent = text(hasText(name) ? name : "wipe-failed");
    failed.hidden = false;
  }
}

/** As it is meant: Thai digits, spaces and invisible letters of a keyboard do not matter. */
function plain(typed) {
  const digits = typed.normalize("NFC").replace(/[๐-๙]/g, (digit) => digit.codePointAt(0) - THAI_ZERO);
  return digits.replace(/[\s\u200b-\u200d\ufeff"“”]/g, "").toLowerCase();
}

function complain(is = true) {
  field.classList.toggle("field--problem", is);
  input.classList.toggle("field__input--problem", is);
  message.hidden = !is;
  if (!is) return input.removeAttribute("aria-invalid");
  message.querySelector("span").textContent = text(input.value.trim() ? "wipe-mistyped" : "wipe-untyped", { word: word() });
  input.setAttribute("aria-invalid", "true");
  input.focus();
}

/** Nothing else of the page means anything any more. */
function done({ signedOut }) {
  const end = document.querySelector("[data-wiped]");
  const left = end.querySelector("[data-not-signed-out]");
  for (const part of document.querySelectorAll("main > :not([data-wiped]), .dock")) part.remove();
  left.hidden = signedOut;
  end.hidden = false;
  const again = async () => (left.hidden = await during(leave()));
  left.querySelector("button").addEventListener("click", again);
  if (!signedOut) addEventListener("online", again);
  end.querySelector("h2").focus();
}
