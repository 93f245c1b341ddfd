/** Making this phone's passkey: with the link's token, taken out of the address at once, or with eight digits that are typed. */

import { attend, make, optionsFrom, settle, use } from "../account/passkeys.js";

const link = document.querySelector("[data-enrol-link]");
const typed = document.querySelector("[data-enrol-digits]");

for (const form of [link, typed].filter(Boolean)) attend(form, (signal) => enrol(form, signal));
if (link) {
  takeToken();
  addEventListener("hashchange", takeToken);
}

async function enrol(form, signal) {
  const token = form.elements.token.value;
  const options = await optionsFrom("/passkeys/options", { token });
  let credential;
  try {
    credential = await make(options, signal);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    return signInInstead(form, signal);
  }
  await settle(form, credential);
}

/** The phone holds a passkey of this account already: it signs in with that one, and the link stays unused. */
async function signInInstead(form, signal) {
  const credential = await use(await optionsFrom("/session/options"), signal);
  form.action = "/session";
  await settle(form, credential);
}

/** The token leaves address bar and history, and stays in this page only; LINE's way out takes it along. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("t");
  if (!token) return;
  link.elements.token.value = token;
  link.hidden = false;
  document.querySelector("[data-enrol-typed]").hidden = true;
  for (const outside of document.querySelectorAll("[data-outside]")) outside.hash = `t=${token}`;
  history.replaceState(null, "", location.pathname);
}
