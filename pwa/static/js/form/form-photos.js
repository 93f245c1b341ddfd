/** Pictures of the form: made small, sealed and kept on the phone at once; the form holds only their description. */

import { addBlob, dropBlob, preview } from "../outbox/outbox.js";
import { previewOf, shrink } from "./photos.js";

const running = new Set();

/** Resolves when no picture is on its way into the phone any more. */
export const idle = () => Promise.all(running);

/** Keeps a picture -> its description for the entry; `work` gives its bytes and a small preview. */
export function keep(work, role) {
  const kept = work.then(({ bytes, preview }) => addBlob(bytes, role, preview));
  const done = kept.catch(() => {}).finally(() => running.delete(done));
  running.add(done);
  return kept;
}

/** Puts a description into its hidden input, and lets go of the picture that was there. */
export function put(input, blob) {
  if (input.value.startsWith("{")) dropBlob(JSON.parse(input.value).sha256);
  input.value = blob ? JSON.stringify(blob) : "";
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

export const fail = (element, error) => element.dispatchEvent(new CustomEvent("photo-failed", { bubbles: true, detail: error }));

/** Calls back with file and description whenever a picture was taken with this input. */
export function onPicture(input, role, then) {
  input.addEventListener("change", async () => {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    input.parentElement.setAttribute("aria-busy", "true");
    try {
      then(await keep(shrink(file), role), file);
    } catch (error) {
      fail(input.parentElement, error);
    } finally {
      input.parentElement.removeAttribute("aria-busy");
    }
  });
}

/** A drawing as bytes with its preview. */
export async function drawn(canvas) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.7));
  return { bytes: await blob.arrayBuffer(), preview: await previewOf(canvas) };
}

/** The small picture of a kept one as a bitmap, or null: an earlier version kept none, and what is locked stays closed. */
export async function shown(input) {
  if (!input.value.startsWith("{")) return null;
  const bytes = await preview(JSON.parse(input.value).sha256).catch(() => null);
  return bytes && new Blob([bytes], { type: "image/jpeg" });
}

/** Shows the pictures that the form already names. */
export async function showKept(form) {
  for (const picture of form.querySelectorAll(".photo__picture[hidden]")) {
    const kept = await shown(picture.parentElement.querySelector("input[type=hidden]"));
    if (kept) reveal(picture, kept);
  }
}

export function reveal(picture, file) {
  picture.src = URL.createObjectURL(file);
  picture.hidden = false;
}

class PhotoField extends HTMLElement {
  connectedCallback() {
    const hidden = this.querySelector("input[type=hidden]");
    const said = this.querySelector(".photo__kept");
    said.hidden = !hidden.value;
    if (this.ready) return;
    this.ready = true;
    onPicture(this.querySelector("input[type=file]"), this.dataset.role, (blob, file) => {
      put(hidden, blob);
      said.hidden = false;
      reveal(this.querySelector(".photo__picture"), file);
    });
  }
}

customElements.define("photo-field", PhotoField);
