/**
 * The rules that a form says in its schema, as the page carries them: what they mean stands in pwa/domain/kinds/rules.py, and
 * tests/golden/rules.json holds both to one answer.
 */

import { isNoName, tooStrange } from "../lib/thai.js";

/** What the rules find -> [{path, key, values}], in their order. */
export function broken(rules, payload) {
  const found = [];
  for (const rule of rules) {
    const judge = JUDGES[Object.keys(JUDGES).find((name) => name in rule)];
    for (const [around, scope] of rule.each ? places(payload, rule.each) : [["", payload]]) {
      judge(rule, scope, payload, (path, key, values = {}) => found.push({ path: joined(around, path), key: rule.say ?? key, values }));
    }
  }
  return found;
}

const JUDGES = {
  needs({ when = {}, needs }, scope, _, say) {
    if (!Object.entries(when).every(([path, wanted]) => holds(scope, path, wanted))) return;
    for (const [path, value] of every(scope, needs)) if (!isSaid(value)) say(path, "required");
  },
  at_most_one({ at_most_one: paths, is }, scope, _, say) {
    const said = every(scope, paths).filter(([, value]) => isAmong(value, is));
    for (const [path] of said.slice(1)) say(path, "only_one");
  },
  sums({ sums, to }, scope, _, say) {
    const parts = places(scope, sums).filter(([, value]) => Number.isInteger(value));
    const total = typeof to === "string" ? places(scope, to)[0]?.[1] : to;
    const sum = parts.reduce((before, [, value]) => before + value, 0);
    if (parts.length && Number.isInteger(total) && sum !== total) say(parts.at(-1)[0], "sums", { sum, to: total });
  },
  refers({ refers, to }, scope, payload, say) {
    const there = places(payload, `${to}.*`).map(([, item]) => item?.id);
    for (const [path, value] of places(scope, refers)) if (typeof value === "string" && value && !there.includes(value)) say(path, "refers");
  },
  is_name({ is_name: paths }, scope, _, say) {
    for (const [path, value] of every(scope, paths)) {
      if (typeof value !== "string") continue;
      if (isNoName(value)) say(path, "no_name");
      else if (tooStrange(value)) say(path, "strange", { piece: tooStrange(value) });
    }
  },
};

const every = (scope, paths) => paths.flatMap((path) => places(scope, path));

/** Each [path with ids, value] that a path with `*` stands for; undefined where nothing is said. */
function places(value, path, before = "") {
  if (!path) return [[before, value]];
  const [step, ...rest] = path.split(".");
  if (step === "*") return (Array.isArray(value) ? value : []).flatMap((item, number) => places(item, rest.join("."), joined(before, named(item) || String(number))));
  const inner = value && typeof value === "object" && !Array.isArray(value) ? value[step] : undefined;
  return places(inner, rest.join("."), joined(before, step));
}

/** What an item of a list is called in a path: its id or blob, else nothing. */
function named(item) {
  const name = item?.id || item?.blob;
  return typeof name === "string" ? name : "";
}

const joined = (...parts) => parts.filter(Boolean).join(".");

const holds = (scope, path, wanted) =>
  places(scope, path).flatMap(([, value]) => value).some((one) => isAmong(one, wanted === "said" ? undefined : wanted));

/** Whether a text or a yes or no is one of these; of nothing whether anything is said. */
const isAmong = (value, wanted) => (wanted === undefined ? isSaid(value) : wanted.includes(value));

/** A no is an answer too. */
const isSaid = (value) => typeof value === "boolean" || typeof value === "number" || (Boolean(value) && Object.keys(value).length > 0);
