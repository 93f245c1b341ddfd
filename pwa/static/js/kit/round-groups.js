/** Which house stands where in today's round, why, and what a tap on it opens. */

import { RECORD, addressOf } from "../kinds/kinds.js";

const STALE = 180 * 86_400_000;

/**
 * -> {fresh, again, done, rest} of {house, people, why, href, reason}, each in the order given. `drafts` are ids of houses with
 * an unfinished form, `returned` maps a house to its entry that came back {id, reason}, `today` is an ISO date. `why` names the chip:
 * draft, returned, absent, revisit, stale, uncovered (the round is for it), refused, new, visited, or the state of the own entry.
 */
export function grouped({ households, people }, { drafts, returned, today, dayOf }) {
  const living = new Map(households.map(({ id }) => [id, []]));
  for (const person of people) living.get(person.household).push(person);
  const groups = { fresh: [], again: [], done: [], rest: [] };
  for (const house of households) {
    const about = { house, people: living.get(house.id) };
    const latest = house.own.at(-1)?.record;
    const [group, why, href] = placed(about, { draft: drafts.has(house.id), returned: returned.get(house.id), today, latest, dayOf });
    groups[group].push({ ...about, why, href, reason: why === "returned" ? returned.get(house.id).reason : null });
  }
  return groups;
}

/** What the phone and the server last said of an own entry, as one word. */
export const stateOf = ({ state, status }) => (state === "sent" ? (status?.state ?? "received") : state);

/** What a house waits for on a day: absent, revisit, stale, or nothing. A house that nobody visited here yet is no news. */
export function todoOf({ visit }, today) {
  if (!visit) return null;
  const { on, outcome, revisit_on: revisitOn } = visit;
  if (outcome === "absent") return "absent";
  if (revisitOn && (!on || revisitOn > on) && revisitOn <= today) return "revisit";
  return !on || Date.parse(today) - Date.parse(on) > STALE ? "stale" : null;
}

function placed({ house, people }, { draft, returned, today, latest, dayOf }) {
  const open = people.length ? "again" : "fresh";
  const visit = addressOf(RECORD, "revisit", house.id);
  if (draft) return [open, "draft", addressOf(RECORD, "draft", house.id)];
  if (returned) return ["again", "returned", addressOf(RECORD, "returned", returned.id)];
  const todo = todoOf(house, today);
  const isToday = latest && dayOf(latest.saved) === today;
  if (isToday && todo !== "absent") return ["done", stateOf(latest), `/saved#${latest.id}`];
  if (house.visit?.on === today && todo !== "absent") return ["done", "visited", visit];
  if (todo) return [open, todo, visit];
  if (house.uncovered) return [open, "uncovered", visit];
  if (house.visit?.outcome === "refused") return ["rest", "refused", visit];
  return people.length ? ["rest", "visited", visit] : ["fresh", "new", visit];
}
