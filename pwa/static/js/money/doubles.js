/** What may be the same payment once more, found without a signal: in the receipts of this phone, and in what the kit says of others. */

import { day, text } from "../lib/texts.js";

const CONTRIBUTION = "contribution";

/**
 * The sentence that asks about lines of a fund before they are saved, or null where nothing is like them: a standing receipt of this phone for the
 * same person, of today or over the same days; one taken elsewhere that waits to be checked; or somebody is paid through today already.
 */
export function asked({ receipts, houses, today }, fund, lines) {
  const mine = receipts.find((one) => !one.isVoid && one.payload.fund === fund && one.payload.lines.some((theirs) => lines.some((line) => isSame(line, theirs, one.on === today))));
  if (mine) return text("alike", { name: mine.name, date: day(Date.parse(mine.payload.paid_on)) });
  const paying = new Set(lines.filter(({ kind = CONTRIBUTION }) => kind === CONTRIBUTION).map(({ person }) => person));
  const members = houses.flatMap((house) => house.members).filter((one) => one.fund === fund && paying.has(one.person));
  const taken = members.find(({ waits }) => waits);
  if (taken) return text("alike-elsewhere", { who: nameOf(taken), name: taken.waits.name, date: day(Date.parse(taken.waits.on)) });
  const ahead = members.find(({ through }) => through >= today);
  return ahead ? text("alike-paid", { who: nameOf(ahead), date: day(Date.parse(ahead.through)) }) : null;
}

function isSame(mine, theirs, isToday) {
  const overlaps = mine.from && theirs.covers_from && mine.from <= theirs.covers_to && theirs.covers_from <= mine.to;
  return mine.person && mine.person === theirs.person && (mine.kind ?? CONTRIBUTION) === theirs.kind && (isToday || overlaps);
}

const nameOf = ({ name }) => name || text("nameless");
