/** What may be told at the door of a member's rights, out of the kit alone: the phone picks by date, it judges nothing. */

/** The rows of a part of the kit, each [title, day, satang, sentence, "fund.benefit"] as its tables name them; the first of a benefit has no day. */
export const rowsIn = ({ rows = [], benefits, codes = [], sentences } = {}) =>
  rows.map((mine) => mine.map(([benefit, day, satang, sentence]) => [benefits[benefit], day, satang, sentences[sentence], codes[benefit]?.join(".")]));

/**
 * -> [{title, says, later, code}] of a person of the kit on an ISO day, each benefit once, in the fund's order. A row holds from its day on, a
 * row with a month alone when that month is over; the first one of each benefit holds from the beginning. `later` {from, says}: what is
 * not given now will be, from an ISO day or month on; else null.
 */
export function rightsOf({ rights = [] }, today) {
  const known = [];
  for (const row of rights) row[1] ? known.at(-1).push(row) : known.push([row]);
  return known.map((rows) => {
    const now = rows.findLastIndex(([, day]) => begun(day, today));
    const [title, , satang, says, code] = rows[now];
    const next = satang === 0 && rows.find((row, at) => at > now && row[2] !== 0);
    return { title, says, code, later: next ? { from: firstOf(next[1]), says: next[3] } : null };
  });
}

const begun = (day, today) => (isMonth(day) ? day < today.slice(0, 7) : day <= today);

const isMonth = (day) => day.length === 7;

/** Of a month that must be over first, the month after it. */
function firstOf(day) {
  if (!isMonth(day)) return day;
  const [year, month] = day.split("-").map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`;
}
