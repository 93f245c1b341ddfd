/** Reads QR codes with the camera; where the browser has no reader of its own, a small one of ours looks at the pictures. */

const OFTEN = 120;
const WIDEST = 800;

/** Whether this browser may have a camera at all. */
export const hasCamera = Boolean(navigator.mediaDevices?.getUserMedia);

/** Shows the camera in `video` and calls `heard(text)` with each code it sees -> a function that stops it. Rejects when there is no camera. */
export async function watch(video, heard) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  let isOver = false;
  const stop = () => {
    isOver = true;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  video.srcObject = stream;
  video.play().catch(stop);
  const read = await reader().catch((error) => (stop(), Promise.reject(error)));
  const look = async () => {
    const text = video.readyState >= video.HAVE_CURRENT_DATA ? await read(video).catch(() => null) : null;
    if (isOver) return;
    if (text) await heard(text);
    if (!isOver) setTimeout(look, OFTEN);
  };
  look();
  return stop;
}

async function reader() {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
  if (!formats?.includes("qr_code")) return ourOwn();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video))[0]?.rawValue;
}

async function ourOwn() {
  const { default: decode } = await import("../../vendor/qr-decode-0.7.0.min.js");
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    return decode(pen.getImageData(0, 0, canvas.width, canvas.height));
  };
}
