/** Reads what another phone shows, code by code in any order, by the camera or from a file; what it is says where to go on. */

import { hasCamera, watch } from "../lib/camera.js";
import { gathering } from "../lib/frames.js";
import { fill } from "../lib/templates.js";
import { text } from "../lib/texts.js";
import { understood } from "./handing.js";

const face = document.querySelector('[data-face="scan"]');
const view = face.querySelector("video");
const part = (name) => face.querySelector(`[data-${name}]`);
let tools = null;
let read = gathering();
let stopWatching = null;
let isStarting = false;

export function begin(given) {
  tools = given;
  part("camera").hidden = !hasCamera;
  part("camera").addEventListener("click", start);
  face.querySelector("input[type=file]").addEventListener("change", fromFile);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  addEventListener("pagehide", leave);
}

export function show() {
  if (view.hidden) fill(face, { progress: null });
}

export function leave() {
  stopWatching?.();
  stopWatching = null;
  view.hidden = true;
  part("camera").hidden = !hasCamera;
}

async function start() {
  if (isStarting || stopWatching) return;
  isStarting = true;
  read = gathering();
  view.hidden = false;
  try {
    stopWatching = await watch(view, hear);
    part("camera").hidden = true;
  } catch {
    leave();
    tools.refuse({ code: "no-camera" });
  }
  isStarting = false;
}

/** One code, wherever it was read -> its state, as lib/frames.js says. */
export async function hear(said) {
  const { state, have, of, value } = await read.add(said);
  if (state === "whole") await finish(value);
  else fill(face, { progress: state === "more" ? text("progress", { have, of }) : text(`frame-${state}`) });
  return state;
}

async function finish(value) {
  leave();
  read = gathering();
  const found = await understood(value);
  fill(face, { progress: null });
  if (found) await tools.understood(found).catch(tools.refuse);
  else tools.refuse({ code: "not-understood" });
}

async function fromFile({ target }) {
  const [file] = target.files;
  if (!file) return;
  read = gathering();
  const states = [];
  for (const said of (await file.text()).split(/\r?\n/).filter(Boolean)) states.push(await hear(said.trim()));
  target.value = "";
  if (states.includes("whole")) return;
  fill(face, { progress: null });
  tools.refuse({ code: "file-not-whole" });
}
