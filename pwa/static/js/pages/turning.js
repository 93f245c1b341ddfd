/** The arrow keys turn to the item before and after, except while somebody writes. */
const KEYS = { ArrowLeft: "prev", PageUp: "prev", ArrowRight: "next", PageDown: "next" };

addEventListener("keydown", (event) => {
  const to = KEYS[event.key];
  const isBusy = event.target.closest?.("input, textarea, select") || event.altKey || event.ctrlKey || event.metaKey;
  const link = to && !isBusy && document.querySelector(`a[rel="${to}"]`);
  if (!link) return;
  event.preventDefault();
  location.assign(link.href);
});
