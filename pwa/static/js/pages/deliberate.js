/**
 * Decisions are made on purpose. A sheet takes nothing before it was shown for a moment, and only what began on it: the second
 * tap of a double tap, or a key still held, belongs to the sheet before. A press that comes too early begins the moment anew.
 * What was decided before is spoken, and the heading of the new sheet has the focus. A form without this works as it is.
 */

const MOMENT = 1_000;
const SPEAK_AFTER = 400;
const PRESSES = new Set(["Enter", " "]);
const COUNTED = "form[data-deliberate] button, button[data-deliberate]";

const buttons = () => [...document.querySelectorAll("button")].filter(isCounted);
const isCounted = (button) => button.matches(COUNTED) || Boolean(button.form?.hasAttribute("data-deliberate"));
const began = { press: null, keys: new Set() };
let timer;
let isOpen = false;

/** Shuts the buttons until the sheet has been looked at for a moment. */
function wait() {
  isOpen = false;
  began.press = null;
  for (const button of buttons()) button.disabled = true;
  clearTimeout(timer);
  if (document.visibilityState === "visible") timer = setTimeout(open, MOMENT);
}

function open() {
  isOpen = true;
  for (const button of buttons()) button.disabled = false;
}

/** The button under a press; a shut one hears nothing itself. */
const under = (event) => event.target.closest?.("button") ?? null;

function press(event) {
  const button = under(event);
  if (!button || !isCounted(button)) return;
  if (isOpen) began.press = button;
  else wait();
}

function key(event) {
  if (!event.repeat) began.keys.add(event.key);
  else if (PRESSES.has(event.key) && !began.keys.has(event.key)) stop(event);
}

/** A press by finger or mouse must have begun here; a key and a screen reader's way of pressing send no press at all. */
function click(event) {
  const button = under(event);
  if (!button || !isCounted(button)) return;
  if (!isOpen || (event.detail > 0 && began.press !== button)) stop(event);
  began.press = null;
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** A status is read out when it changes, not when it comes with the page. */
function speak() {
  const said = document.querySelector("[data-decided] .banner__title");
  if (said) setTimeout(() => said.replaceChildren(said.textContent), SPEAK_AFTER);
}

function begin() {
  wait();
  speak();
  const heading = document.querySelector("h1");
  if (!heading || location.hash || document.activeElement !== document.body) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

addEventListener("pointerdown", press, true);
addEventListener("keydown", key, true);
addEventListener("keyup", (event) => began.keys.delete(event.key), true);
addEventListener("click", click, true);
addEventListener("pageshow", ({ persisted }) => persisted && wait());
document.addEventListener("visibilitychange", wait);
begin();
