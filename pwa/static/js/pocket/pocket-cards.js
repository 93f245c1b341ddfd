/** What a pocket says of each benefit on a day: the phone picks the last row that has begun, it judges nothing. */

/**
 * -> [{title, icon, state, amounts, says, since, next}] of one fund of a pocket on an ISO day, in its order. `says` is why not, or what
 * is not known; `since` and `next` are days with what holds from then on.
 */
export function cardsOf({ benefits, rows, sentences }, today) {
  return benefits.flatMap((benefit) => {
    const mine = rows.filter(([code]) => code === benefit.code);
    const at = mine.findLastIndex(([, day]) => day <= today);
    if (at < 0) return [];
    const [, day, satang, number] = mine[at];
    const { state, says } = sentences[number];
    const isSum = state === "now" && satang !== null && benefit.counted;
    return [
      {
        title: benefit.title,
        icon: benefit.icon,
        state,
        amounts: isSum ? [says] : benefit.prices,
        says: state === "now" ? null : says,
        since: state === "now" ? (at > 0 ? day : benefit.since) : null,
        next: mine[at + 1] ? { day: mine[at + 1][1], says: sentences[mine[at + 1][3]].says } : null,
      },
    ];
  });
}
