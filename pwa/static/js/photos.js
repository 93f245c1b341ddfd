/** A photo becomes a small JPEG without EXIF before it touches the outbox; one at a time, for the phone's memory. */

import { PhoneError } from "./store.js";

const LONGEST_SIDE = 1600;
const MOST_BYTES = 300 * 1024;
const QUALITIES = [0.7, 0.6, 0.5, 0.4];

let line = Promise.resolve();

/** -> {bytes: ArrayBuffer, width, height, type}. Rejects: not-a-picture. */
export function shrink(file) {
  const result = line.then(() => shrinkOne(file));
  line = result.catch(() => {});
  return result;
}

async function shrinkOne(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch((error) => {
    throw new PhoneError("not-a-picture", error);
  });
  try {
    let scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    for (;;) {
      const canvas = draw(picture, scale);
      for (const quality of QUALITIES) {
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
        if (blob?.type !== "image/jpeg") throw new PhoneError("not-a-picture");
        if (blob.size > MOST_BYTES) continue;
        return { bytes: await blob.arrayBuffer(), width: canvas.width, height: canvas.height, type: blob.type };
      }
      scale *= 0.8;
    }
  } finally {
    picture.close();
  }
}

/** Drawn on white, so that a signature with a clear ground stays readable. */
function draw(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
