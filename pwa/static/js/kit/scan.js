/** Reads a QR code with the camera into the field of the form that the button is in; where there is no camera, there is no button. */

import { hasCamera, watch } from "../lib/camera.js";

for (const button of document.querySelectorAll("[data-scan]")) attend(button.closest("form"), button);

function attend(form, button) {
  const [view, refused] = ["scan-view", "scan-refused"].map((name) => form.querySelector(`[data-${name}]`));
  let stopWatching = null;

  const stop = () => {
    stopWatching?.();
    stopWatching = null;
    view.hidden = true;
  };
  const read = (text) => {
    stop();
    const input = form.querySelector("input");
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const start = async () => {
    view.hidden = false;
    stopWatching = await watch(view, read).catch(() => null);
    view.hidden = !stopWatching;
    refused.hidden = Boolean(stopWatching);
  };
  button.addEventListener("click", () => (stopWatching ? stop() : start()));
  document.addEventListener("visibilitychange", stop);
  addEventListener("pagehide", stop);
  button.hidden = !hasCamera;
}
