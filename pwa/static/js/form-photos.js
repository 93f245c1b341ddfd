/** Pictures of the form: made small, sealed and kept on the phone at once; the form holds only their description. */

import { addBlob, dropBlob } from "./outbox.js";
import { shrink } from "./photos.js";

const running = new Set();

/** Resolves when no picture is on its way into the phone any more. */
export const idle = () => Promise.all(running);

/** Keeps a picture -> its description for the entry; `work` gives its bytes. */
export function keep(work, role) {
  const kept = work.then((bytes) => addBlob(bytes, role));
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
      then(await keep(shrink(file).then(({ bytes }) => bytes), role), file);
    } catch (error) {
      fail(input.parentElement, error);
    } finally {
      input.parentElement.removeAttribute("aria-busy");
    }
  });
}

class PhotoField extends HTMLElement {
  connectedCallback() {
    const hidden = this.querySelector("input[type=hidden]");
    const said = this.querySelector(".photo__kept");
    said.hidden = !hidden.value;
    if (this.ready) return;
    this.ready = true;
    onPicture(this.querySelector("input[type=file]"), this.dataset.role, (blob) => {
      put(hidden, blob);
      said.hidden = false;
    });
  }
}

customElements.define("photo-field", PhotoField);
