/** The page of a link in the demo village: who one would be, and going in without a key, with the token that stays unused. */

import { endPending } from "../account/pending-sign-out.js";
import { giveUp, settle, tell } from "../account/passkeys.js";
import { text } from "../lib/texts.js";

const offer = document.querySelector("[data-trial-offer]");
const form = offer.querySelector("form");
const link = document.querySelector("[data-enrol-link]");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  giveUp();
  try {
    await endPending();
    await settle(form);
  } catch (error) {
    tell(error);
  }
});
show();
addEventListener("hashchange", show);

async function show() {
  const token = link.elements.token.value;
  offer.hidden = !token;
  if (!token) return;
  form.elements.token.value = token;
  const answer = await fetch("/trials/offer", { method: "POST", body: new URLSearchParams({ token }), headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  document.querySelector("[data-trial-who]").textContent = text("trial-who", await answer.json());
}
