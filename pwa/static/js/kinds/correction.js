/** <correction-form>: one sentence of a member about one value, sealed and saved like every entry before it says so. */

import { add } from "../outbox/outbox.js";
import { moment, text } from "../lib/texts.js";
import { clean } from "../lib/thai.js";

class CorrectionForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save(event.target);
    });
  }

  async #save(form) {
    const statement = clean(form.elements.statement.value);
    if (!statement) return this.#say("statement");
    const { subject, path, person, shown } = this.dataset;
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await add({ kind: "correction", form: "correction@1", subject, payload: { path, person, shown: shown.slice(0, 500), statement } });
      this.querySelector("details").remove();
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
    this.querySelector("textarea").focus();
  }
}

customElements.define("correction-form", CorrectionForm);
