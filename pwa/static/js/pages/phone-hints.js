/** Un-hides what a person should know about this very phone: an iPhone's tab or app, no screen lock, and every trouble of today. */

import { ready } from "../frame/boot.js";
import { fill } from "../lib/templates.js";

const PAUSE = 2000;
const isIos = "standalone" in navigator;
const installed = navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;

if (isIos) reveal(installed ? "ios-app" : "ios-tab");
openHelp();
if (document.querySelector("[data-trouble]")) watch();
if (document.querySelector("[data-copy]")) import("./copy-link.js");

function reveal(name) {
  for (const hint of document.querySelectorAll(`[data-hint="${name}"]`)) hint.hidden = false;
}

async function openHelp() {
  const able = await window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.().catch(() => true);
  const help = document.querySelector("[data-no-lock]");
  if (help && able === false) help.open = true;
}

/** Looks when the page opens, when the outbox or the server's word changes, and while somebody fills in a form or takes pictures. */
async function watch() {
  const [{ TROUBLES, acknowledgeLoss }] = await Promise.all([import("../frame/troubles.js"), ready]);
  let timer;
  const look = () => {
    for (const [name, find] of Object.entries(TROUBLES)) find().then((values) => show(name, values), () => {});
  };
  document.querySelector("[data-acknowledge]").addEventListener("click", () => acknowledgeLoss().then(look));
  new BroadcastChannel("outbox").addEventListener("message", look);
  document.addEventListener("visibilitychange", look);
  addEventListener("phone-full", look);
  document.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  look();
}

function show(name, values) {
  const banner = document.querySelector(`[data-trouble="${name}"]`);
  if (!banner) return;
  if (values) fill(banner, values);
  banner.hidden = !values;
}
