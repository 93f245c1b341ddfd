/** What has changed of a member's claims since they last looked on this phone: marked once, by names that say nothing to anybody else. */

import { ready } from "../frame/boot.js";
import { me } from "../account/person.js";
import { get, put } from "../store/store.js";

await ready;
const account = (await me())?.account;
const cards = [...document.querySelectorAll("[data-news]")];
if (account) await tell(`news|${account}`);

async function tell(place) {
  const seen = await get("meta", place);
  const fresh = seen ? cards.filter(({ dataset }) => !seen.includes(dataset.news)) : [];
  for (const card of fresh) {
    card.open = true;
    card.querySelector("[data-fresh]").hidden = false;
  }
  const banner = document.querySelector("[data-news-banner]");
  if (banner) banner.hidden = fresh.length === 0;
  await put("meta", cards.map(({ dataset }) => dataset.news), place);
}
