/**
 * <correction-form>: one sentence of a member about one value, sealed and saved like every entry before it says so. An empty one is
 * written when the value that it is about is opened.
 */

import { tellWho } from "../frame/recording-as.js";
import { row } from "../lib/templates.js";
import { add } from "../outbox/outbox.js";
import { moment, text } from "../lib/texts.js";
import { clean } from "../lib/thai.js";

class CorrectionForm extends HTMLElement {
  connectedCallback() {
    if (!this.firstElementChild) this.closest("details").addEventListener("toggle", () => this.#write(), { once: true });
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save(event.target);
    });
  }

  #write() {
    this.append(row("correction", {}));
    const [label, message, field] = ["label", "[data-message]", "textarea"].map((part) => this.querySelector(part));
    const id = `correction-${this.dataset.path}`;
    field.id = id;
    message.id = `${id}-message`;
    label.htmlFor = id;
    field.setAttribute("aria-describedby", message.id);
    tellWho(this);
  }

  async #save(form) {
    const statement = clean(form.elements.statement.value);
    if (!statement) return this.#say("statement");
    const { subject, path, person, shown } = this.dataset;
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await add({ kind: "correction", form: "correction@1", subject, payload: { path, person, shown: shown.slice(0, 500), statement } });
      (this.querySelector("details") ?? form).remove();
      this.querySelector("[data-saved]").hidden = false;
    } catch (error) {
      this.#say(["full", "signed-out", "too-many-numbers"].includes(error.code) ? error.code : "not-saved", error);
    } finally {
      button.disabled = false;
    }
  }

  #say(name, { until } = {}) {
    const message = this.querySelector("[data-message]");
    message.querySelector("span").textContent = text(name, { time: until ? moment(until) : "" });
    message.querySelector("a").hidden = name !== "signed-out";
    message.hidden = false;
    message.closest(".field").classList.add("field--problem");
    this.querySelector("[name=statement]").focus();
  }
}

customElements.define("correction-form", CorrectionForm);
