/** What one phone shows the other: the offer for who takes it, the answer for who gave; each as codes in turn, or as a file. */

import { me } from "../account/person.js";
import { drawInTurn } from "../lib/codes.js";
import { baht, words } from "../lib/money.js";
import { fill } from "../lib/templates.js";
import { moment, text } from "../lib/texts.js";
import { countAnew, summed } from "./hand.js";
import { framesOfOffer, framesOfTaking } from "./handing.js";

const part = (name) => document.querySelector(`[data-${name}]`);
const face = document.querySelector('[data-face="shown"]');
const canvas = face.querySelector("canvas");
let tools = null;
let shown = null;
let frames = [];

export function begin(given) {
  tools = given;
  part("as-file").addEventListener("click", asFile);
  part("anew").addEventListener("click", async () => {
    await countAnew(shown.id).catch(tools.refuse);
    tools.replace("");
  });
}

export async function showOffer({ offers }, id) {
  const offer = offers.find((one) => one.id === id);
  const { answer } = offer ?? {};
  const isDone = Boolean(answer) || offer?.isTaken;
  reveal(offer && "offer", offer && (isDone ? "done" : "open"));
  if (answer) fill(face, { answered: text("answered", { name: answer.taker, baht: baht(answer.counted_satang) }) });
  else fill(face, { answered: text("taken") });
  for (const one of face.querySelectorAll("[data-step=taken], [data-step=heard]")) one.classList.toggle("timeline__item--done", Boolean(isDone));
  const counted = offer ? summed(offer.payload.counted) : 0;
  const isSame = counted === offer?.payload.expected_satang;
  fill(face, { counted: [text("baht", { baht: baht(counted) }), isSame ? text("give-same") : text("receipts-say", { baht: baht(offer?.payload.expected_satang ?? 0) })].join(" · ") });
  await present(offer, { satang: counted, title: text("scan-this"), make: framesOfOffer, isShown: !isDone });
  part("anew").hidden = !offer || isDone || offer.isOver;
}

export async function showAnswer({ takings }, id) {
  const taking = takings.find((one) => one.id === id);
  reveal(taking && "answer");
  await present(taking, { satang: taking ? summed(taking.payload.counted) : 0, title: text("scan-back"), make: framesOfTaking, isShown: true });
  part("anew").hidden = true;
}

/** Shows what is of an offer or of an answer, and of one that waits (open) or was taken (done). */
function reveal(of, when) {
  for (const one of face.querySelectorAll("[data-of]")) one.hidden = one.dataset.of !== of;
  for (const one of document.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== when;
}

/** Nothing is drawn any more. */
export function leave() {
  shown = null;
  drawInTurn(canvas, [], () => {});
}

async function present(one, { satang, title, make, isShown }) {
  const isSame = shown?.id === one?.id && frames.length > 0;
  shown = one ?? null;
  part("missing").hidden = Boolean(one);
  part("code").hidden = !one || !isShown;
  if (!one) return drawInTurn(canvas, [], () => {});
  const from = (await me())?.name ?? "";
  fill(face, { shown: title, amount: text("baht", { baht: baht(satang) }), words: words(satang), from: [from, moment(one.saved)].filter(Boolean).join(" · ") });
  if (isSame && isShown) return undefined;
  frames = isShown ? await make(one) : [];
  return drawInTurn(canvas, frames, (n) => fill(face, { turn: frames.length > 1 ? text("turn", { n, of: frames.length }) : null }));
}

/** For a phone whose camera cannot read: the same frames, as text. */
async function asFile() {
  const file = new File([frames.join("\n")], `${text("file-name")}.txt`, { type: "text/plain" });
  if (navigator.canShare?.({ files: [file] })) return navigator.share({ files: [file] }).catch(() => {});
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name });
  link.click();
  return undefined;
}
