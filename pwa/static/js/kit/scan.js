/** Reads a QR code with the camera into the search field beside the button; where the browser cannot, there is no button. */

const OFTEN = 200;
const button = document.querySelector("[data-scan]");
const view = document.querySelector("[data-scan-view]");
const refused = document.querySelector("[data-scan-refused]");
const input = button.closest("form").querySelector("input");

let reading = null;

button.addEventListener("click", () => (reading ? stop() : start()));
document.addEventListener("visibilitychange", stop);
addEventListener("pagehide", stop);
const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
button.hidden = !formats?.includes("qr_code");

async function start() {
  try {
    view.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    refused.hidden = false;
    return;
  }
  refused.hidden = true;
  view.hidden = false;
  view.play().catch(stop);
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  reading = setInterval(() => look(detector), OFTEN);
}

async function look(detector) {
  const [code] = await detector.detect(view).catch(() => []);
  if (!code || !reading) return;
  stop();
  input.value = code.rawValue;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function stop() {
  clearInterval(reading);
  reading = null;
  for (const track of view.srcObject?.getTracks() ?? []) track.stop();
  view.srcObject = null;
  view.hidden = true;
}
