/** Draws QR codes: one, or several in turn until the next are shown. */

import encode from "../../vendor/qr-0.7.0.min.js";

const TURN = 450;
const DOT = 6;
const turns = new WeakMap();

/** Draws one text as a code that fills the canvas. */
export function draw(canvas, text) {
  const rows = encode(text, "raw", { ecc: "low", border: 4 });
  const pen = canvas.getContext("2d");
  canvas.width = canvas.height = rows.length * DOT;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  for (const [y, row] of rows.entries()) for (const [x, isDark] of row.entries()) if (isDark) pen.fillRect(x * DOT, y * DOT, DOT, DOT);
}

/** Draws several in turn, and calls `shown(n)` with which one it is; nothing any more without texts. */
export function drawInTurn(canvas, texts, shown) {
  clearInterval(turns.get(canvas));
  let at = 0;
  const next = () => {
    draw(canvas, texts[at]);
    shown(at + 1);
    at = (at + 1) % texts.length;
  };
  if (!texts.length) return;
  next();
  if (texts.length > 1) turns.set(canvas, setInterval(next, TURN));
}
