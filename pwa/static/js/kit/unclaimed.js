/** What has happened to members of the kit and nobody has claimed yet, with the days that are left; and what others claimed already. */

const DAY = 86_400_000;

/**
 * -> [{key, house, code, title, member, called, on, last, name, left}] of houses on an ISO day, the most pressing first: `key` names it
 * in an address, `on` and `last` are ISO days or months, `left` the days until it is too late (null: no window, or the month alone is known). `told` are payloads of this phone.
 */
export function unclaimedOf(households, today, told = []) {
  const rows = households.flatMap(({ id: house, unclaimed = [], claims = [] }) =>
    unclaimed.map(([code, title, member, called, on, last, name], at) => ({ key: `${house}_${at}`, house, claims, code, title, member, called, on, last, name, left: leftOf(last, today) })),
  );
  const isOpen = ({ on, last }) => on <= today.slice(0, on.length) && (!last || last >= today.slice(0, last.length));
  const isTold = (one) => told.some((said) => isOf(said, one)) || one.claims.some(([code, member, on]) => code === one.code && member === one.member && on === one.on);
  return rows.filter((one) => isOpen(one) && !isTold(one)).sort((one, other) => ((one.last ?? "~") < (other.last ?? "~") ? -1 : 1));
}

/** Whether another phone claimed the same of this house already, as far as the kit tells: of a birthday it knows the month. */
export const isClaimed = (house, payload) => stateOf(house, payload) !== null;

/** Where the fund is with the same claim, as far as the kit tells; null where it tells nothing. */
export function stateOf({ claims = [] } = {}, { fund, benefit, member, event_on: on = "", subject, nth = 1 }) {
  const isSame = ([code, whose, day, whom, number]) => code === `${fund}.${benefit}` && whose === member && on.startsWith(day) && whom === subject?.type && number === nth;
  return claims.find(isSame)?.[5] ?? null;
}

const isOf = (said, one) => `${said.fund}.${said.benefit}` === one.code && said.member === one.member && (said.event_on ?? "").startsWith(one.on) && (!one.name || !said.subject?.name || said.subject.name === one.name);

const leftOf = (last, today) => (last?.length === 10 ? (Date.parse(last) - Date.parse(today)) / DAY + 1 : null);
