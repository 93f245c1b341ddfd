/**
 * WebKit puts a page away whole for the way back, with the locks and transactions it holds: every other page would wait for them
 * until it is thrown away. So a page that is put away lets go of them, and takes nothing new before it is shown again.
 */

const heard = (name) => new Promise((resolve) => globalThis.addEventListener(name, resolve, { once: true }));
let shown = Promise.resolve();

/** Calls back when this page is put away; a worker never is. */
export const whenAway = (letGo) =>
  globalThis.addEventListener("pagehide", ({ persisted }) => {
    if (!persisted) return;
    shown = heard("pageshow");
    letGo();
  });

/** -> a promise that is kept when this page is put away. */
export const away = () => heard("pagehide");

/** -> a promise that is kept while this page is no longer put away. */
export const here = () => shown;
