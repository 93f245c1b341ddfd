/** `<signature-pad>`: drawn with a finger, kept as a picture a moment after the last stroke. */

import { drawn, fail, keep, put, shown } from "./form-photos.js";

const PAUSE = 400;

class SignaturePad extends HTMLElement {
  #timer;

  connectedCallback() {
    this.hidden_ = this.querySelector("input");
    this.canvas = this.querySelector("canvas");
    this.said = this.querySelector(".photo__kept");
    this.said.hidden = !this.hidden_.value;
    if (this.pen) return;
    this.pen = this.canvas.getContext("2d");
    Object.assign(this.pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#101820" });
    this.#blank();
    this.#again();
    this.canvas.addEventListener("pointerdown", (event) => this.#begin(event));
    this.canvas.addEventListener("pointermove", (event) => this.#draw(event));
    for (const end of ["pointerup", "pointercancel"]) this.canvas.addEventListener(end, () => this.#end());
    this.querySelector("button").addEventListener("click", () => this.#clear());
  }

  #begin(event) {
    event.preventDefault();
    clearTimeout(this.#timer);
    this.canvas.setPointerCapture(event.pointerId);
    this.drawing = true;
    this.pen.beginPath();
    this.pen.moveTo(...this.#at(event));
    this.#draw(event);
  }

  #draw(event) {
    if (!this.drawing) return;
    this.pen.lineTo(...this.#at(event));
    this.pen.stroke();
  }

  #end() {
    this.drawing = false;
    this.#timer = setTimeout(() => this.#keep(), PAUSE);
  }

  async #keep() {
    try {
      put(this.hidden_, await keep(drawn(this.canvas), "signature"));
      this.said.hidden = false;
    } catch (error) {
      fail(this, error);
    }
  }

  #clear() {
    clearTimeout(this.#timer);
    this.#blank();
    put(this.hidden_, null);
    this.said.hidden = true;
  }

  /** What was signed before a form was left is shown in it again. */
  async #again() {
    const kept = await shown(this.hidden_);
    if (kept && !this.drawing) this.pen.drawImage(await createImageBitmap(kept), 0, 0, this.canvas.width, this.canvas.height);
  }

  #blank() {
    this.pen.fillStyle = "#fff";
    this.pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  #at({ clientX, clientY }) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    return [((clientX - left) / width) * this.canvas.width, ((clientY - top) / height) * this.canvas.height];
  }
}

customElements.define("signature-pad", SignaturePad);
