/** The household form: every keystroke becomes a draft, a refusal loses nothing, saving is an entry in the outbox. */

import { ready } from "./boot.js";
import { add, begin as lay, count, deciding, draft, fill, firstPerson, nameThem, refresh, remove, values } from "./form-parts.js";
import { collect } from "./form-state.js";
import * as steps from "./form-steps.js";
import { open } from "./household-sources.js";
import { clock, hasText, text } from "./texts.js";

const MOST_PEOPLE = 40;
const form = document.querySelector("form[data-form]");
const next = document.querySelector("[data-next]");
const saved = document.querySelector("[data-saved]");
const refused = document.querySelector("[data-refused]");
const removed = document.querySelector("[data-removed]");
let more;
let whole;
let entry;
let failing;
let [isComplaining, isSaving, isDirty] = [false, false, false];
let keeping = null;
let meant = (made) => made;
let putBack;
let timer;

await ready;
addEventListener("hashchange", () => location.reload());
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
open(form, begin, fail).catch(fail);

async function begin(opened) {
  entry = opened.entry;
  if (entry.record) meant = (await import("./revisits.js")).meant(entry);
  form.hidden = false;
  lay(opened.draft ?? firstPerson());
  steps.start(form);
  steps.show(opened.step ?? 0);
  form.addEventListener("input", changed);
  form.addEventListener("keydown", stay);
  form.addEventListener("submit", go);
  performance.mark("form-ready");
  await (whole = complete());
}

/** The cards of people, and all that answers to more than typing, come while the house is being filled in. */
async function complete() {
  more = await import("./form-extras.js");
  refresh();
  if (count("people") === 1) form.querySelector("[data-card]").open = true;
  attend();
  form.dataset.ready = "";
}

function attend() {
  more.fold(form);
  more.showPosition();
  more.showLeft(form, problems());
  more.summarise(form);
  more.showKept(form);
  more.watch(entry, () => isSaving);
  more.watchPlaces(form);
  if (entry.comments) more.pin(form, entry.comments, entry.reason, document.querySelector("[data-came-back]"), steps.reveal);
  form.addEventListener("change", settled);
  form.addEventListener("click", tapped);
  form.addEventListener("photo-failed", ({ detail }) => fail(detail, "photo"));
  removed.querySelector("button").addEventListener("click", undo);
  addEventListener("step", () => more.summarise(form));
  for (const place of form.querySelectorAll("[data-photos] input")) more.onPicture(place, "house", addPhoto);
  form.addEventListener("leave", ({ detail }) => keepDraft().then(() => location.assign(detail)));
  form.addEventListener("focusin", () => import("./alike.js").then(({ watch }) => watch(form, entry.subject)).catch(fail), { once: true });
}

function changed({ target }) {
  document.documentElement.dataset.busy = "1";
  const field = target.closest(".field--problem");
  if (field) more.unmark(field);
  if (target.name && deciding(target.name).length) {
    refresh(target.name);
    steps.show();
  }
  keepDraft();
  clearTimeout(timer);
  timer = setTimeout(lookAgain, 250);
}

async function lookAgain() {
  await whole;
  nameThem();
  const found = problems();
  more.showLeft(form, found);
  more.summarise(form);
  if (isComplaining) more.show(form, found, steps.reveal);
}

function settled({ target }) {
  if (target.type === "file") settle("photo");
  if (target.closest("[data-date]")) more.ask(target.closest("[data-date]"));
  if (target.matches("[data-year-only]")) more.fold(form);
  if (target.dataset.check === "id") more.doubt(target.closest("[data-field]"), more.isDoubtful(target) ? text("doubt-id") : "");
  if (target.matches("[data-people]")) {
    const present = form.querySelector(`[name="people.${CSS.escape(target.value)}.present"]`);
    if (present) present.checked = true;
    changed({ target });
  }
}

function tapped({ target }) {
  const adds = target.closest("[data-add]")?.dataset.add;
  const removes = target.closest("[data-remove]")?.dataset.remove;
  if (adds === "people" && count("people") >= MOST_PEOPLE) return tooMany();
  if (adds) {
    const card = add(`${adds}.${crypto.randomUUID()}`);
    nameThem();
    steps.reveal(card);
    changed({ target });
  } else if (removes) {
    putBack = remove(removes);
    removed.hidden = false;
    removed.querySelector("p").textContent = text("taken-out");
    removed.querySelector("button").focus();
    changed({ target });
  }
}

function undo() {
  putBack();
  removed.hidden = true;
  changed({ target: form });
  next.focus();
}

function tooMany() {
  const people = more.fieldOf(form, "people");
  more.doubt(people, text("problem-crowd"));
  people.querySelector("[data-doubt]").scrollIntoView({ block: "center" });
}

function stay(event) {
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
}

function addPhoto(blob, file) {
  const path = `evidence.${blob.sha256}`;
  fill({ fields: [[`${path}.blob`, JSON.stringify(blob)]], items: [path] });
  const picture = form.querySelector(`[data-path="${path}"] img`);
  more.reveal(picture, file);
  changed({ target: picture });
}

/** Keeps the newest state; while one is on its way to the disk, the next waits for it. */
function keepDraft() {
  isDirty = true;
  return (keeping ??= writeDraft().finally(() => (keeping = null)));
}

async function writeDraft() {
  try {
    while (isDirty && !isSaving) {
      isDirty = false;
      const [house, written] = [{ number: values("house.number")[0], description: values("house.description")[0] }, draft()];
      const { save } = await import("./drafts.js");
      await save(form.dataset.form, entry.subject, { house, entry, draft: written, step: steps.position() });
      saved.hidden = false;
      settle("draft");
      saved.lastElementChild.textContent = text("draft-kept", { time: clock(Date.now()) });
    }
  } catch (error) {
    fail(error, "draft");
  }
}

/** Everything to be mended, in the order of the page, one for a field. */
function problems() {
  const find = more.finder(form);
  const fields = new Map();
  const written = collect(form);
  for (const problem of [...more.ofPlace(form), ...more.ofFields(form), ...more.ofPayload(meant(written).payload, written.payload.people)]) {
    const field = find(problem.path);
    if (!fields.has(field)) fields.set(field, { ...problem, field });
  }
  const before = (one, other) => (one.field.compareDocumentPosition(other.field) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
  return [...fields.values()].sort(before);
}

function complain(found) {
  isComplaining = true;
  more.show(form, found, steps.reveal);
  steps.reveal(found[0].field);
}

/** On to the next section, once nothing is missing here. */
async function go(event) {
  event.preventDefault();
  await whole;
  if (steps.isLast()) return save();
  const here = problems().filter(({ field }) => steps.section().contains(field));
  if (here.length) return complain(here);
  isComplaining = false;
  more.show(form, [], steps.reveal);
  steps.forward();
  keepDraft();
}

async function save() {
  if (isSaving) return;
  settle("save");
  busy(true);
  try {
    await more.idle();
    const found = problems();
    if (found.length) {
      busy(false);
      return complain(found);
    }
    const { subject, base, replaces, after } = entry;
    const place = values("_place")[0];
    const made = more.withNotice(meant(collect(form)));
    const { id } = await more.save({ kind: "household", form: form.dataset.form, subject, place, base, replaces, ...made, draft: subject, after });
    delete document.documentElement.dataset.busy;
    location.replace(`/saved#${id}`);
  } catch (error) {
    busy(false);
    if (error.code === "elsewhere") more.tell(entry);
    else fail(error, "save");
  }
}

function busy(is) {
  isSaving = is;
  next.setAttribute("aria-busy", String(is));
  if (is) next.firstElementChild.textContent = text("saving");
  else steps.show();
}

/** Says what went wrong; it stays to be read until the same thing was tried again. */
function fail(error, what) {
  failing = what;
  const name = `error-${error?.code ?? "other"}`;
  refused.querySelector("p").textContent = text(hasText(name) ? name : "error-other", { time: error?.until && clock(error.until) });
  refused.lastElementChild.hidden = error?.code !== "signed-out";
  if (refused.hidden) requestAnimationFrame(() => refused.scrollIntoView({ block: "center" }));
  refused.hidden = false;
  if (!error?.code) console.warn(error);
}

function settle(what) {
  if (failing === what) refused.hidden = true;
}
