/**
 * `<address-search data-source>` around a text input, a hidden input and a `[data-found]` status: typing offers subdistricts,
 * choosing one puts its code into the hidden input, its postal code into the field beside it, and tells the form with "input".
 */

import { find, load } from "../lib/addresses.js";
import { hasText, text } from "../lib/texts.js";

class AddressSearch extends HTMLElement {
  #input;
  #code;
  #status;
  #list;
  #places = [];
  #active = -1;

  connectedCallback() {
    if (this.#input) return;
    this.#input = this.querySelector("input:not([type=hidden])");
    this.#code = this.querySelector("input[type=hidden]");
    this.#status = this.querySelector("[data-found]");
    this.#makeList();
    this.#input.addEventListener("focus", () => load(this.dataset.source).catch(() => this.#say("addresses-missing")));
    this.#input.addEventListener("input", () => this.#typed());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("blur", () => this.#close());
    if (this.#code.value) this.show(this.#code.value);
  }

  /** Shows the subdistrict of a code that came from elsewhere: a draft, the register. */
  async show(code) {
    this.#code.value = code;
    const entries = await load(this.dataset.source).catch(() => []);
    if (this.#code.value === code) this.#input.value = entries.find((entry) => entry.code === code)?.label ?? code;
  }

  #makeList() {
    const input = this.#input;
    this.#list = document.createElement("ul");
    Object.assign(this.#list, { id: `${input.id}-places`, className: "rows address-search__list", role: "listbox", hidden: true });
    this.#list.setAttribute("aria-label", input.labels[0].textContent.trim());
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#choose([...this.#list.children].indexOf(event.target.closest("li"))));
    input.after(this.#list);
    const state = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.#list.id };
    for (const [name, value] of Object.entries(state)) input.setAttribute(name, value);
  }

  async #typed() {
    if (this.#code.value) this.#tell("");
    const typed = this.#input.value;
    const entries = await load(this.dataset.source).catch(() => null);
    if (!entries) return this.#say("addresses-missing");
    if (typed === this.#input.value) this.#offer(find(entries, typed));
  }

  #offer(places) {
    this.#places = places;
    this.#list.replaceChildren(...places.map(({ label }, place) => {
      const option = document.createElement("li");
      Object.assign(option, { id: `${this.#list.id}-${place}`, className: "row", role: "option", textContent: label });
      return option;
    }));
    this.#list.hidden = !places.length;
    this.#input.setAttribute("aria-expanded", String(places.length > 0));
    this.#activate(-1);
    if (this.#input.value.trim()) this.#say(places.length ? "addresses-found" : "addresses-none", { n: places.length });
  }

  #key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    const count = this.#list.hidden ? 0 : this.#places.length;
    if (event.key in moves && count) this.#activate((this.#active + moves[event.key] + count + (this.#active < 0 && event.key === "ArrowUp")) % count);
    else if (event.key === "Enter" && this.#active >= 0) this.#choose(this.#active);
    else if (event.key === "Escape" && count) this.#close();
    else return;
    event.preventDefault();
  }

  #activate(place) {
    this.#active = place;
    [...this.#list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = this.#list.children[place];
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#input.setAttribute("aria-activedescendant", option.id);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #choose(place) {
    const chosen = this.#places[place];
    if (!chosen) return;
    this.#input.value = chosen.label;
    this.#close();
    this.#tell(chosen.code, chosen.postalCode);
  }

  #tell(code, postalCode) {
    this.#code.value = code;
    const postal = this.parentElement.querySelector('[name$=".postal_code"]');
    if (postal && postalCode) postal.value = postalCode;
    this.#code.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #close() {
    this.#offer([]);
    if (this.#status) this.#status.textContent = "";
  }

  #say(name, values) {
    if (this.#status && hasText(name)) this.#status.textContent = text(name, values);
  }
}

customElements.define("address-search", AddressSearch);
