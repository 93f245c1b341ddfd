/** Un-hides what a person should know about this very phone: no screen lock, an iPhone's tab, an iPhone's installed app. */

const isIos = "standalone" in navigator;
const installed = navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;

if (isIos) reveal(installed ? "ios-app" : "ios-tab");
openHelp();

function reveal(name) {
  for (const hint of document.querySelectorAll(`[data-hint="${name}"]`)) hint.hidden = false;
}

async function openHelp() {
  const able = await window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.().catch(() => true);
  const help = document.querySelector("[data-no-lock]");
  if (help && able === false) help.open = true;
}
