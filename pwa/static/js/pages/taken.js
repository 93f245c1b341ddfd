/** A link that is opened where somebody else is at work: said before anything is done here. Whose it is, the server alone knows. */

import { ready } from "../frame/boot.js";
import { unb64url } from "../lib/bytes.js";
import { optionsFrom } from "../account/passkeys.js";
import { me } from "../account/person.js";
import { fill } from "../lib/templates.js";

const banner = document.querySelector("[data-taken]");
const link = document.querySelector("[data-enrol-link]");
const { account, name } = document.documentElement.dataset;

await ready;
look().catch(() => {});
addEventListener("hashchange", () => look().catch(() => {}));

async function look() {
  const token = link.elements.token.value;
  const here = account ? { account, name } : await me();
  if (!token || !here) return;
  const { user } = await optionsFrom("/passkeys/options", { token });
  banner.hidden = idOf(user) === here.account;
  fill(banner, { here: here.name, who: user.name });
}

const idOf = ({ id }) => [...new Uint8Array(unb64url(id))].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
