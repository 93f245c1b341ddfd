/** What a form answers to beyond typing: cards that come and go, pictures, and a word at the field that was left. */

import { isDoubtful } from "./form-checks.js";
import { ask, fold } from "./form-dates.js";
import { watch } from "./form-elsewhere.js";
import { add, count, fill, remove, rename } from "./form-parts.js";
import { onPicture, reveal, showKept } from "./form-photos.js";
import { watchPlaces } from "./form-places.js";
import { doubt, fieldOf, pin } from "./form-problems.js";
import { showLeft } from "./form-left.js";
import * as steps from "./form-steps.js";
import { text } from "../lib/texts.js";

const removed = document.querySelector("[data-removed]");
let putBack;

/** Attends to the form from now on; `engine` is what form-engine.js gives of itself. */
export function attend(engine) {
  const { form, entry, extras, problems, keepDraft, fail } = engine;
  fold(form);
  extras.attend?.(engine);
  showLeft(form, problems());
  extras.summarise?.(form);
  showKept(form);
  watch(entry, engine.key, engine.isSaving);
  watchPlaces(form);
  if (entry.comments) pin(form, entry.comments, entry.reason, document.querySelector("[data-came-back]"), steps.reveal);
  form.addEventListener("change", (event) => settled(engine, event));
  form.addEventListener("click", (event) => tapped(engine, event));
  form.addEventListener("photo-failed", ({ detail }) => fail(detail, "photo"));
  removed.querySelector("button").addEventListener("click", () => undo(engine));
  addEventListener("step", () => extras.summarise?.(form));
  for (const place of form.querySelectorAll("[data-photos]")) {
    onPicture(place.querySelector("input"), place.dataset.role, (blob, file) => addPhoto(engine, place.dataset.photos, blob, file));
  }
  form.addEventListener("leave", ({ detail }) => keepDraft().then(() => location.assign(detail)));
}

function settled({ form, extras, changed, settle }, { target }) {
  if (target.type === "file") settle("photo");
  if (target.closest("[data-date]")) ask(target.closest("[data-date]"));
  if (target.matches("[data-year-only]")) fold(form);
  if (target.dataset.check === "id") doubt(target.closest("[data-field]"), isDoubtful(target) ? text("doubt-id") : "");
  if (extras.settled?.(form, target)) changed({ target });
}

function tapped({ form, extras, changed }, { target }) {
  const adds = target.closest("[data-add]")?.dataset.add;
  const removes = target.closest("[data-remove]")?.dataset.remove;
  const refusal = adds && extras.refusal?.(adds, count(adds));
  if (refusal) return refuse(fieldOf(form, adds), refusal);
  if (adds) {
    const card = add(`${adds}.${crypto.randomUUID()}`);
    rename();
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

function undo({ form, changed }) {
  putBack();
  removed.hidden = true;
  changed({ target: form });
  document.querySelector("[data-next]").focus();
}

/** Why a list takes no further item. */
function refuse(field, key) {
  doubt(field, text(`problem-${key}`));
  field.querySelector("[data-doubt]").scrollIntoView({ block: "center" });
}

function addPhoto({ form, changed }, list, blob, file) {
  const path = `${list}.${blob.sha256}`;
  fill({ fields: [[`${path}.blob`, JSON.stringify(blob)]], items: [path] });
  const picture = form.querySelector(`[data-path="${path}"] img`);
  reveal(picture, file);
  changed({ target: picture });
}
