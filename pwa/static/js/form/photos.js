/** A photo becomes a small JPEG without EXIF before it touches the outbox; one at a time, for the phone's memory. */

import { PhoneError } from "../store/store.js";

const LONGEST_SIDE = 1600;
const PREVIEW_SIDE = 320;
const MOST_BYTES = 300 * 1024;
const QUALITIES = [0.7, 0.6, 0.5, 0.4];

let line = Promise.resolve();

/** -> {bytes: ArrayBuffer, preview: ArrayBuffer (small), width, height, type}. Rejects: not-a-picture, heic. */
export function shrink(file) {
  const result = line.then(() => shrinkOne(file));
  line = result.catch(() => {});
  return result;
}

async function shrinkOne(file) {
  const picture = await decoded(file);
  try {
    let scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    for (;;) {
      const canvas = draw(picture, scale);
      for (const quality of QUALITIES) {
        const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
        if (blob?.type !== "image/jpeg") throw new PhoneError("not-a-picture");
        if (blob.size > MOST_BYTES) continue;
        const preview = await previewOf(picture);
        return { bytes: await blob.arrayBuffer(), preview, width: canvas.width, height: canvas.height, type: blob.type };
      }
      scale *= 0.8;
    }
  } finally {
    picture.close();
  }
}

/** What the browser can show it can take, whatever its format. */
async function decoded(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (error) {
    const code = (await isHeic(file)) ? "heic" : "not-a-picture";
    return asImage(file).catch(() => Promise.reject(new PhoneError(code, error)));
  }
}

async function asImage(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return await createImageBitmap(image);
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

/** The format of iPhone cameras, told by name, type or first bytes. */
async function isHeic(file) {
  if (/hei[cf]/i.test(`${file.type} ${file.name}`)) return true;
  const head = new TextDecoder("latin1").decode(await file.slice(4, 12).arrayBuffer());
  return /^ftyp(hei|hev|mif|msf)/.test(head);
}

/** A picture small enough to lie sealed beside the real one, for who looks at a form again. */
export async function previewOf(picture) {
  const canvas = draw(picture, Math.min(1, PREVIEW_SIDE / Math.max(picture.width, picture.height)));
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.6));
  return blob.arrayBuffer();
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
