/** One section at a time: where I am, the way back named by its place, and what comes next under the thumb. */

import { text } from "../lib/texts.js";

const back = document.querySelector("[data-back]");
const next = document.querySelector("[data-next]");
const stepper = document.querySelector("[data-stepper]");
let home;
let form;
let current = 0;
let pushed = 0;

const sections = () => [...form.querySelectorAll("[data-step]")];

export const position = () => current;
export const section = () => sections()[current];
export const isLast = () => current >= sections().length - 1;

export function start(element) {
  form = element;
  home = { href: back.href, name: back.textContent.trim() };
  back.addEventListener("click", (event) => {
    if (!current) return;
    event.preventDefault();
    if (pushed) history.back();
    else show(current - 1);
  });
  addEventListener("popstate", ({ state }) => {
    pushed = Math.max(0, pushed - 1);
    show(state?.step ?? 0);
  });
  next.closest("footer").hidden = stepper.hidden = false;
  show(0, { focus: false });
}

export function forward() {
  pushed += 1;
  history.pushState({ step: current + 1 }, "");
  show(current + 1);
}

/** Shows one section and says so; also after sections came or went. */
export function show(wanted = current, { focus = true } = {}) {
  const all = sections();
  const moved = wanted !== current;
  current = Math.min(wanted, all.length - 1);
  all.forEach((section, at) => (section.hidden = at !== current));
  stepper.querySelector("[data-step-number]").textContent = text("step", { n: current + 1, all: all.length });
  stepper.querySelector("[data-step-name]").textContent = all[current].dataset.title;
  stepper.querySelector("[role=img]").setAttribute("aria-label", text("steps-done", { n: current, all: all.length }));
  stepper.querySelector("ol").replaceChildren(...all.map((_, at) => knot(at)));
  back.lastElementChild.textContent = current ? all[current - 1].dataset.title : home.name;
  next.firstElementChild.textContent = isLast() ? text("save") : text("go-on", { name: all[current + 1].dataset.title });
  next.lastElementChild.toggleAttribute("hidden", isLast());
  if (moved) {
    scrollTo(0, 0);
    if (focus) all[current].querySelector("h2").focus({ preventScroll: true });
    dispatchEvent(new Event("step"));
  }
}

/** Opens the section and the cards around a field, and puts the cursor there. */
export function reveal(field) {
  show(sections().findIndex((section) => section.contains(field)), { focus: false });
  for (let around = field; around; around = around.parentElement) if (around.matches("details")) around.open = true;
  const control = field.querySelector("input:not([type=hidden]), select, textarea") ?? field.querySelector("summary, button");
  (control ?? field).focus();
  field.scrollIntoView({ block: "center" });
}

function knot(at) {
  const one = document.createElement("li");
  one.className = `stepper__knot${at < current ? " stepper__knot--done" : at === current ? " stepper__knot--now" : ""}`;
  return one;
}
