/** The sealed queue leaves this phone as a file, or comes from another phone as one. */

import { me } from "../account/person.js";
import { during } from "../frame/progress.js";
import { pack, read, takeIn } from "../outbox/queue-file.js";
import { hasText, text } from "../lib/texts.js";

const MOST_BYTES = 64_000_000;
const exported = document.querySelectorAll("[data-exported]");
const panel = document.querySelector("[data-take-in]");
const input = panel.querySelector("input");
const told = panel.querySelector("[data-told]");
const refused = panel.querySelector("[data-refused]");
const whole = panel.querySelector("[data-whole]");
let found = null;

for (const button of document.querySelectorAll("[data-export]")) button.addEventListener("click", keep);
input.addEventListener("change", bring);
whole.addEventListener("click", () => take(found));

/** Only somebody who is signed in brings in what others recorded; who it was stays on the line that the server keeps. */
export const showTakeIn = async () => (panel.hidden = !(await me()));

/** Shared where the phone can, else downloaded; some phones share a plain text only, which holds the same bytes. */
async function keep() {
  const kinds = [undefined, ["txt", "text/plain"]];
  const files = await pack();
  if (!files.length) return say(text("nothing-to-export"));
  for (const kind of kinds) {
    const offered = kind ? await pack(...kind) : files;
    if (!navigator.canShare?.({ files: offered })) continue;
    const outcome = await navigator.share({ files: offered }).then(() => "shared", (error) => error.name);
    if (outcome === "AbortError") return say(null);
    if (outcome === "shared") return say(text("exported", { name: offered[0].name }));
  }
  for (const file of files) download(file);
  say(text("exported", { name: files[0].name }));
}

function say(sentence) {
  for (const place of exported) {
    place.hidden = sentence === null;
    place.textContent = sentence ?? "";
  }
}

function download(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A damaged file is refused whole; what is whole in it comes in only by another tap. */
async function bring() {
  const [file] = input.files;
  input.value = "";
  for (const part of [told, refused, whole]) part.hidden = true;
  if (!file) return;
  if (file.size > MOST_BYTES) return refuse("file-too-large");
  found = await during(read(file)).catch(() => ({ lines: [], photos: [], bad: [] }));
  const good = found.lines.length + found.photos.length;
  if (!good) return refuse(file.size ? "file-foreign" : "file-empty");
  if (!found.bad.length) return take(found);
  refuse("file-damaged", { n: found.bad.length, rows: found.bad.slice(0, 5).join(", ") });
  whole.textContent = text("file-whole", { n: good });
  whole.hidden = false;
}

async function take(brought) {
  whole.hidden = true;
  try {
    const { taken, known, photos, clashing } = await during(takeIn(brought));
    const more = [known && text("file-known", { n: known }), photos && text("file-photos", { n: photos }), clashing && text("file-clashing", { n: clashing })];
    told.querySelector("p").textContent = [text(taken ? "file-taken" : "file-nothing-new", { n: taken }), ...more.filter(Boolean)].join(" ");
    told.hidden = false;
  } catch (error) {
    const name = `file-${error?.code}`;
    refuse(hasText(name) ? name : "file-failed");
  }
}

function refuse(name, values) {
  refused.querySelector("p").textContent = text(name, values);
  refused.hidden = false;
}
