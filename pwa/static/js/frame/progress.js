/** A bar for whatever takes longer than 300 ms: fragments, forms and ways to another page. */

const PATIENCE = 300;
const bar = document.querySelector("[data-progress]");
let running = 0;
let timer;

const begin = () => {
  running += 1;
  timer ??= setTimeout(() => (bar.hidden = running === 0), PATIENCE);
};

const end = (all = false) => {
  running = all ? 0 : Math.max(running - 1, 0);
  if (running) return;
  clearTimeout(timer);
  timer = undefined;
  bar.hidden = true;
};

/** Shows the bar while a promise is pending. */
export const during = (promise) => {
  begin();
  return promise.finally(() => end());
};

if (bar) {
  document.addEventListener("htmx:beforeRequest", begin);
  document.addEventListener("htmx:afterRequest", () => end());
  addEventListener("pagehide", () => end(true));
  addEventListener("pageshow", () => end(true));
  addEventListener("submit", (event) => setTimeout(() => event.defaultPrevented || begin()));
  addEventListener("click", (event) => setTimeout(() => leaves(event) && begin()));
}

/** Whether a click goes to another page of ours in this window. */
function leaves(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  if (link.target || link.hasAttribute("download") || link.origin !== location.origin) return false;
  return link.pathname !== location.pathname || link.search !== location.search;
}
