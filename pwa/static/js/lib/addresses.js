/** The national list of subdistricts on this phone: fetched once, kept for good, searched like pwa/domain/places/addresses.py. */

import { clean, letters } from "./thai.js";

const CACHE = "places";
const BANGKOK = "10";
const SIGN = /^(?:ตำบล|แขวง|อำเภอ|เขต|จังหวัด|[ตอจ]\.)(?=.)/u;
let loaded;

/** Keeps the list at this address on the phone; an older list goes once the new one is there. */
export async function keep(url) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(url);
  if (kept) return kept;
  const answer = await fetch(url, { credentials: "omit" });
  if (!answer.ok || !answer.headers.has("Ombun") || !answer.headers.get("Content-Type")?.includes("json")) throw new Error(url);
  await cache.put(url, answer.clone());
  for (const { url: old } of await cache.keys()) if (old !== new URL(url, location).href) await cache.delete(old);
  return answer;
}

/** The list ready to be searched, an older one where the network is away; rejects when this phone has none. */
export function load(url) {
  loaded ??= keep(url)
    .catch(async (error) => (await caches.match(url, { ignoreSearch: true, cacheName: CACHE })) ?? Promise.reject(error))
    .then(async (answer) => index(await answer.json()));
  loaded.catch(() => (loaded = undefined));
  return loaded;
}

/** A list as sent -> entries `{code, label, postalCode, names, typed}`. */
export function index({ provinces, districts, subdistricts }) {
  const key = (name) => (/^[ก-๎]+$/u.test(name) ? name : letters(name));
  const keys = (name) => key(name.replace(/^เขต/u, ""));
  const areas = (list) => Object.fromEntries(Object.entries(list).map(([code, both]) => [code, { name: both.split("|")[0], keys: both.split("|").map(keys) }]));
  const [inProvince, inDistrict] = [areas(provinces), areas(districts)];
  return subdistricts.split("\n").map((line) => {
    const [code, name, postalCode] = [line.slice(0, 6), line.slice(6, -5), line.slice(-5)];
    const [district, province] = [inDistrict[code.slice(0, 4)], inProvince[code.slice(0, 2)]];
    const signs = code.startsWith(BANGKOK) ? ["แขวง", "", ""] : ["ต.", "อ.", "จ."];
    const label = [name, district.name, province.name].map((part, level) => signs[level] + part);
    const names = [[key(name)], district.keys, province.keys];
    return { code, label: [...label, postalCode].join(" "), postalCode, names, typed: [...names.flat(), postalCode].join("|") };
  });
}

/** The entries that fit every word typed, the best first. */
export function find(entries, text, limit = 8) {
  const words = clean(text).replaceAll(". ", ".").split(" ").map((word) => letters(word.replace(SIGN, ""))).filter(Boolean);
  const whole = words.join("");
  if (whole.length < 2) return [];
  return entries
    .filter(({ typed }) => words.every((word) => typed.includes(word)))
    .map((entry) => [rank(entry.names, whole), rank(entry.names, words[0]), entry])
    .sort((one, other) => one[0] - other[0] || one[1] - other[1])
    .slice(0, limit)
    .map(([, , entry]) => entry);
}

function rank(names, word) {
  const level = names.findIndex((pair) => pair.some((name) => name.includes(word)));
  if (level < 0) return 9;
  const fits = names[level].filter((name) => name.includes(word));
  return 3 * level + Math.min(...fits.map((name) => (name === word ? 0 : name.startsWith(word) ? 1 : 2)));
}
