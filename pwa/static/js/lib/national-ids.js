// Thai 13-digit numbers on the phone: the same rules as pwa/domain/text/national_ids.py. A wrong one warns, never blocks.

import { clean as cleanText, digits } from "./thai.js";

/** What was typed, as digits: no spaces, dashes or dots. */
export function clean(text) {
  return digits(cleanText(text)).replace(/[ .\u2010-\u2015\u2212_-]+/g, "");
}

/** Whether a cleaned number has 13 digits and the right last one. */
export function valid(number) {
  if (!/^[0-9]{13}$/.test(number)) return false;
  const total = [...number.slice(0, 12)].reduce((sum, digit, place) => sum + digit * (13 - place), 0);
  return (11 - (total % 11)) % 10 === Number(number[12]);
}
