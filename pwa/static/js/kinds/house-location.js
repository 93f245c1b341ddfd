/** The position of the house, only when asked for with the button. */

import { text } from "../lib/texts.js";

const place = document.querySelector("[data-location]");
const hidden = place.querySelector("input");
const said = place.querySelector("[data-position]");

place.querySelector("button").addEventListener("click", () => {
  said.textContent = text("locating");
  navigator.geolocation.getCurrentPosition(keep, () => (said.textContent = text("no-location")), { enableHighAccuracy: true, timeout: 20000 });
});

/** Says what is kept, after a draft was opened too. */
export function showPosition() {
  if (hidden.value) said.textContent = text("located", { n: JSON.parse(hidden.value).accuracy_m ?? "?" });
}

/** A position that is only roughly known, as a computer's, is none. */
function keep({ coords }) {
  if (coords.accuracy > 100_000) return (said.textContent = text("no-location"));
  const short = (degrees) => Number(degrees.toFixed(6));
  hidden.value = JSON.stringify({ lat: short(coords.latitude), lng: short(coords.longitude), accuracy_m: Math.round(coords.accuracy) });
  hidden.dispatchEvent(new Event("input", { bubbles: true }));
  showPosition();
}
