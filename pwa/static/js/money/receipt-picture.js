/** A receipt as a picture: drawn from the words on the page, shared where the phone can, else saved. */

const WIDTH = 720;
const MARGIN = 48;
const LINE = 46;
const CODE = 360;

/** Shares the words of an element, and the code in it, as a PNG; -> when the person has chosen where, or it was saved. */
export async function share(paper, name) {
  await document.fonts.ready;
  const code = paper.querySelector("[data-stub]:not([hidden]) canvas");
  const canvas = draw(linesOf(paper), getComputedStyle(document.body).fontFamily, code);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  const file = new File([blob], `${name}.png`, { type: blob.type });
  if (navigator.canShare?.({ files: [file] })) return navigator.share({ files: [file] }).catch(unless("AbortError"));
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: file.name });
  link.click();
  return undefined;
}

/** [{words, size, isStrong}] in the order of the page. */
function linesOf(paper) {
  const said = [...paper.querySelectorAll("[data-slot], dt")].filter((one) => !one.hidden && !one.closest("[hidden]") && one.textContent.trim());
  return said.map((one) => ({
    words: one.textContent.trim(),
    size: one.matches(".amount") ? 64 : one.matches("h2") ? 40 : 30,
    isStrong: one.matches(".amount, h2, strong"),
  }));
}

function draw(lines, family, code) {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const set = ({ size, isStrong }) => (pen.font = `${isStrong ? 700 : 400} ${size}px ${family}`);
  const wrapped = lines.flatMap((line) => {
    set(line);
    return wrap(pen, line.words).map((words) => ({ ...line, words }));
  });
  canvas.width = WIDTH;
  canvas.height = MARGIN * 2 + wrapped.reduce((sum, { size }) => sum + Math.max(LINE, size * 1.6), 0) + (code ? CODE + MARGIN : 0);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  let y = MARGIN;
  for (const line of wrapped) {
    set(line);
    y += Math.max(LINE, line.size * 1.6);
    pen.fillText(line.words, MARGIN, y - line.size * 0.5);
  }
  pen.imageSmoothingEnabled = false;
  if (code) pen.drawImage(code, (WIDTH - CODE) / 2, y + MARGIN, CODE, CODE);
  return canvas;
}

/** Thai has no spaces between words; the browser knows where one ends. */
function wrap(pen, words) {
  const cut = Intl.Segmenter ? [...new Intl.Segmenter("th", { granularity: "word" }).segment(words)].map(({ segment }) => segment) : words.split(/(?<= )/);
  const lines = [""];
  for (const piece of cut) {
    if (lines.at(-1) && pen.measureText(lines.at(-1) + piece).width > WIDTH - 2 * MARGIN) lines.push("");
    lines[lines.length - 1] += piece;
  }
  return lines;
}

const unless = (name) => (error) => {
  if (error.name !== name) throw error;
};
