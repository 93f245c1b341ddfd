/**
 * A form on the phone, whatever it asks: every keystroke becomes a draft, a refusal loses nothing, saving is an entry in the outbox.
 * What a kind of entry has beyond that it gives to `fillIn`; all of it may be left out:
 *
 *     first()              {fields, items} that a new form begins with
 *     named()              called whenever values or parts have changed: words that the form repeats are written anew
 *     about()              what lists of drafts say of it before it is opened
 *     sources              {name: {open: async (id) => what the form opens with at `#name=id`, back: [address, name of a text]}} (form-sources.js)
 *     shown(payload)       {whole, fields}: paths that one control holds, and pairs that the payload does not say
 *     around(sent)         what a sent entry needs around it, to be filled in once more: {record, whole}
 *     known(payload)       the ids of list items that the register knows
 *     saved(id)            where to go once it is saved; to its own page where nothing is said
 *     meant(entry)         async; gives what a filled-in form means: (made) => made
 *     extras()             async; what comes once somebody types: attend(engine), settled(form, control), ofPayload(payload, written),
 *                          finished(made), refusal(list, count), summarise(form)
 */

import { ready } from "../frame/boot.js";
import { begin as lay, deciding, draft, refresh, rename, values } from "./form-parts.js";
import { open } from "./form-sources.js";
import { collect } from "./form-state.js";
import * as steps from "./form-steps.js";
import { draftKey, kindOf } from "../kinds/kinds.js";
import { clock, hasText, text } from "../lib/texts.js";

/** Troubles of which the same is said. */
const ALIKE = { cancelled: "locked", "no-key": "no-device" };
const form = document.querySelector("form[data-form]");
const next = document.querySelector("[data-next]");
const saved = document.querySelector("[data-saved]");
const refused = document.querySelector("[data-refused]");
const kind = kindOf(form.dataset.form);
let own = {};
let extras;
let more;
let whole;
let entry;
let failing;
let [isComplaining, isSaving, isDirty] = [false, false, false];
let keeping = null;
let meant = (made) => made;
let timer;

/** Opens the form that the page holds. */
export async function fillIn(given = {}) {
  own = given;
  await ready;
  addEventListener("hashchange", () => location.reload());
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  await open(form, own, begin, fail).catch(fail);
}

async function begin(opened) {
  entry = opened.entry;
  meant = (await own.meant?.(entry)) ?? meant;
  form.hidden = false;
  lay(opened.draft ?? own.first?.() ?? { fields: [], items: [] }, own.named);
  steps.start(form);
  steps.show(opened.step ?? 0);
  form.addEventListener("input", changed);
  form.addEventListener("keydown", stay);
  form.addEventListener("submit", go);
  performance.mark("form-ready");
  await (whole = complete());
}

const key = () => draftKey(kind, entry.subject, entry.replaces);

/** The cards of lists, and all that answers to more than typing, come while the first section is being filled in. */
async function complete() {
  [more, extras] = await Promise.all([import("./form-extras.js"), own.extras?.() ?? {}]);
  refresh();
  more.attend({ form, entry, key: key(), extras, changed, problems, keepDraft, fail, settle, isSaving: () => isSaving });
  form.dataset.ready = "";
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
  rename();
  const found = problems();
  more.showLeft(form, found);
  extras.summarise?.(form);
  if (isComplaining) more.show(form, found, steps.reveal);
}

function stay(event) {
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
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
      const kept = { ...own.about?.(), entry, draft: draft(), step: steps.position() };
      const { save } = await import("./drafts.js");
      await save(form.dataset.form, key(), kept);
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
  const { payload } = meant(written);
  const beyond = [...more.ofRules(form, payload), ...(extras.ofPayload?.(payload, written.payload) ?? [])];
  for (const problem of [...more.ofPlace(form), ...more.ofFields(form), ...beyond]) {
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
    const made = meant(collect(form));
    const about = { kind, form: form.dataset.form, subject, place: values("_place")[0], base, replaces };
    const { id } = await more.save({ ...about, ...(extras.finished?.(made) ?? made), draft: key(), after });
    delete document.documentElement.dataset.busy;
    location.replace(own.saved?.(id) ?? `/saved#${id}`);
  } catch (error) {
    busy(false);
    if (error.code === "elsewhere") more.tell(entry, key());
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
  const name = `error-${ALIKE[error?.code] ?? error?.code ?? "other"}`;
  refused.querySelector("p").textContent = text(hasText(name) ? name : "error-other", { time: error?.until && clock(error.until) });
  refused.lastElementChild.hidden = error?.code !== "signed-out";
  if (refused.hidden) requestAnimationFrame(() => refused.scrollIntoView({ block: "center" }));
  refused.hidden = false;
  if (!error?.code) console.warn(error);
}

function settle(what) {
  if (failing === what) refused.hidden = true;
}
