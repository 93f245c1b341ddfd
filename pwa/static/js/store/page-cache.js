/**
 * WebKit puts a page away whole for the way back, with the locks and transactions it holds: every other page would wait for them
 * until it is thrown away. So a page that is put away lets go of them, and takes nothing new before it is shown again. A page
 * that is left before it has loaded is told nothing, and keeps what it has for ever: so it takes nothing before that either.
 */

const LONGEST_LOAD = 5_000;

const untilShown = () => new Promise((resolve) => globalThis.addEventListener("pageshow", resolve, { once: true }));
const untilLoaded = () => Promise.race([untilShown(), new Promise((resolve) => setTimeout(resolve, LONGEST_LOAD))]);

let shown = globalThis.document && document.readyState !== "complete" ? untilLoaded() : Promise.resolve();
let leaving = new AbortController();

globalThis.addEventListener("pagehide", () => {
  shown = untilShown();
  leaving.abort();
  leaving = new AbortController();
});

/** Calls back when this page is put away for the way back; a worker never is. */
export const whenAway = (letGo) => globalThis.addEventListener("pagehide", ({ persisted }) => persisted && letGo());

/** -> a promise that is kept once this page is shown; another one each time it was put away. */
export const here = () => shown;

/** Works under a Web Lock that goes when this page is put away: what goes on after the way back must not rely on it alone. */
export async function locked(name, work) {
  for (;;) {
    await here();
    const { signal } = leaving;
    const away = new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    let result = null;
    const held = () => {
      result = work();
      return Promise.race([result.catch(() => {}), away]);
    };
    const got = await navigator.locks.request(name, { signal }, held).then(() => true, (error) => signal.aborted || Promise.reject(error));
    if (got && result) return result;
  }
}
