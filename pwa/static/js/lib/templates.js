/** Markup lies in the page as templates; values are put in as text, never as markup. */

/** A copy of `<template data-row="name">` with its slots filled. */
export function row(name, values) {
  const made = document.querySelector(`template[data-row="${name}"]`).content.firstElementChild.cloneNode(true);
  fill(made, values);
  return made;
}

/** Puts each value into the elements `data-slot` of its name; null hides them. `href` is the root's own address. */
export function fill(root, { href, ...values }) {
  if (href) root.href = href;
  for (const [name, value] of Object.entries(values)) {
    for (const slot of root.querySelectorAll(`[data-slot="${name}"]`)) {
      slot.hidden = value === null;
      if (value !== null) slot.textContent = value;
    }
  }
}

/** The same work, never twice at once: a later call waits, so that what is shown last is what is true last. */
export function inTurn(work) {
  let latest = Promise.resolve();
  return () => (latest = latest.catch(() => {}).then(work));
}

/**
 * Fills a list and shows the section around it only when there is something in it. Links that say the same as before stay the
 * elements that they are, and so does a whole list of the same: a finger or a focus that is there meets it there.
 */
export function list(name, rows) {
  const holder = document.querySelector(`[data-list="${name}"]`);
  const shown = [...holder.children];
  const next = rows.map((row, at) => (row.tagName === "A" && shown[at]?.isEqualNode(row) ? shown[at] : row));
  if (next.length !== shown.length || next.some((one, at) => one !== shown[at])) holder.replaceChildren(...next);
  (holder.closest("[data-part]") ?? holder).hidden = rows.length === 0;
}
