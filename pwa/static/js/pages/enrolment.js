/**
 * <enrolment-code data-presence data-address>: the page that shows a QR code and digits says that it is open, and that it is
 * hidden or gone; the server lets the digits work meanwhile. It also tells when the phone is ready.
 */

const EVERY = 20_000;
const LIMIT = 10 * 60_000;

class EnrolmentCode extends HTMLElement {
  connectedCallback() {
    history.replaceState(history.state, "", this.dataset.address);
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.away() : this.here()), { signal });
    addEventListener("pagehide", () => this.away(), { signal });
    this.querySelector("[data-print]")?.addEventListener("click", () => print());
    this.beat = setInterval(() => this.here(), EVERY);
    this.limit = setTimeout(() => this.over(), LIMIT);
    this.querySelector("h2").focus({ preventScroll: true });
    scrollTo(0, 0);
    this.here();
  }

  disconnectedCallback() {
    this.leaving.abort();
    clearInterval(this.beat);
    clearTimeout(this.limit);
    this.away();
  }

  async here() {
    if (document.hidden) return;
    const body = new URLSearchParams({ open: "yes" });
    const answer = await fetch(this.dataset.presence, { method: "POST", body, redirect: "error" }).catch(() => null);
    const { used } = answer?.ok ? await answer.json() : {};
    if (!used) return;
    this.querySelector("[data-used]").hidden = false;
    this.over();
  }

  away() {
    navigator.sendBeacon(this.dataset.presence, new URLSearchParams({ open: "no" }));
  }

  over() {
    clearInterval(this.beat);
    this.querySelector("[data-digits]").hidden = true;
    this.querySelector("[data-digits-off]").hidden = false;
  }
}

customElements.define("enrolment-code", EnrolmentCode);
