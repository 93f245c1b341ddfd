/**
 * What should be in the person's hand, as this phone knows it: receipts for cash and hand-overs taken here, and what the server told of
 * others when it was last asked; less what was handed on. What is offered and not answered stands apart, in the giver's name.
 */

import { me } from "../account/person.js";
import * as kits from "../kit/kit.js";
import * as outbox from "../outbox/outbox.js";
import { askJson } from "../outbox/server.js";
import { change, get, put } from "../store/store.js";
import { named as nameOf, own, written } from "./receipts.js";

const placeOf = (account) => `hand|${account}`;
const keyOf = ({ fund, book }, no) => `${fund} ${book}/${no}`;

/** Asks the server what it knows of these hands, and keeps it; stays quiet without a network. */
export async function ask() {
  const account = (await me())?.account;
  const told = account && (await askJson("/handovers/new/told").catch(() => null));
  if (told) await put("meta", told.hands, placeOf(account));
}

/**
 * -> {hands, offers, takings}. A hand is {fund, name, receipts: [{book, no, satang}], parts: [{handover, satang}], paid, satang} with something in
 * it; `paid` went out of it otherwise, as the server told, and an offer that waits took it along. An offer is {id, payload, saved, answer, isTaken, isOver}: `answer` what its taker showed, `isTaken` the server's word, `isOver` when its
 * giver counts anew. A taking is {id, payload, saved}. Rejects: locked.
 */
export async function load() {
  const account = (await me())?.account;
  const [told, status, receipts, ours, records] = await Promise.all([
    get("meta", placeOf(account)),
    kits.status(),
    own(),
    written(["handover", "handover_receipt"]),
    outbox.list(),
  ]);
  const answers = new Map(records.filter(({ clear }) => clear?.handover).map(({ clear }) => [clear.handover, clear]));
  const taken = new Set((told ?? []).flatMap((hand) => hand.taken));
  const shaped = (kind, more) => ours.filter(({ record }) => record.kind === kind).map(({ record, payload }) => ({ id: record.id, payload, saved: record.saved, ...more(record) }));
  const offers = shaped("handover", ({ id, isOver }) => ({ answer: answers.get(id) ?? null, isTaken: taken.has(id), isOver: Boolean(isOver) }));
  const takings = shaped("handover_receipt", () => ({}));
  const names = Object.fromEntries([...(status?.assignment?.collects ?? []), ...(told ?? [])].map(({ fund, name }) => [fund, name]));
  const hands = handsOf({ told: told ?? [], receipts: await inCash(receipts), takings, offers, records }, names);
  return { hands: hands.filter((hand) => hand.receipts.length || hand.parts.length), offers: offers.reverse(), takings: takings.reverse() };
}

/** From now on what an offer names is in the hand again; whoever took it after all has it, and the books say so. */
export const countAnew = (id) => change("outbox", id, (record) => ({ ...record, isOver: true }));

/** [{book, ranges}] of receipts, in the order of their numbers. */
export function named(receipts) {
  const books = new Map();
  for (const { book, no } of [...receipts].sort((one, other) => one.no - other.no)) {
    const ranges = books.get(book) ?? [];
    if (ranges.at(-1)?.[1] === no - 1) ranges.at(-1)[1] = no;
    else ranges.push([no, no]);
    books.set(book, ranges);
  }
  return [...books].map(([book, ranges]) => ({ book, ranges }));
}

/** Receipts that put cash into the person's own hand, those made void or not accepted too. */
async function inCash(receipts) {
  const { account, handle } = (await me()) ?? {};
  return receipts.filter(({ payload }) => payload.channel === "cash" && [undefined, account, handle].includes(payload.collector));
}

function handsOf({ told, receipts, takings, offers, records }, names) {
  const found = {};
  const of = (fund) => (found[fund] ??= { here: new Map(), parts: new Map() });
  for (const { fund, receipts: rows, parts } of told) {
    for (const [book, no, satang] of rows) of(fund).here.set(keyOf({ fund, book }, no), { book, no, satang });
    for (const one of parts) of(fund).parts.set(one.handover, one);
  }
  for (const one of receipts) lay(of(one.payload.fund).here, one, receipts);
  for (const { payload } of takings) {
    const fund = records.find(({ id }) => id === payload.handover)?.clear?.fund;
    if (fund) of(fund).parts.set(payload.handover, { handover: payload.handover, satang: summed(payload.counted) });
  }
  const [gone, passed] = away(told, offers);
  const paid = (fund) => (offers.some((one) => one.payload.fund === fund && isAway(one) && !one.isTaken) ? 0 : (told.find((hand) => hand.fund === fund)?.paid ?? 0));
  return Object.entries(found).map(([fund, { here, parts }]) => {
    const left = { receipts: [...here].filter(([key]) => !gone.has(key)).map(([, one]) => one), parts: [...parts.values()].filter(({ handover }) => !passed.has(handover)) };
    const satang = [...left.receipts, ...left.parts].reduce((sum, one) => sum + one.satang, -paid(fund));
    return { fund, name: names[fund] ?? fund, ...left, paid: paid(fund), satang };
  });
}

/** Whether what an offer names is not in the hand: it waits for its taker, or was taken. */
const isAway = ({ isOver, isTaken, answer }) => !isOver || isTaken || Boolean(answer);

/** The receipts, by key, and the hand-overs that are in the hand no more: the server says so, or they are offered. */
function away(told, offers) {
  const gone = new Set(told.flatMap(({ fund, gone: rows }) => keysOf(fund, rows)));
  const passed = new Set(told.flatMap((hand) => hand.passed));
  for (const { payload } of offers.filter(isAway)) {
    for (const key of keysOf(payload.fund, payload.receipts ?? [])) gone.add(key);
    for (const id of payload.handovers ?? []) passed.add(id);
  }
  return [gone, passed];
}

/**
 * A receipt of this phone counts, unless it is void: then its money is with the payer. One that took over another's money adds what it
 * differs by, as in the books. What the server says of a sum stands, and of one that was not accepted, whether it is there.
 */
function lay(here, { payload, isVoid, step, successor }, receipts) {
  const key = keyOf(payload, payload.no);
  if (isVoid && !successor && step !== "rejected") here.delete(key);
  if ((isVoid && !successor) || here.has(key)) return;
  const before = receipts.find((one) => payload.instead_of && one.payload.fund === payload.fund && one.name === nameOf(payload.instead_of));
  here.set(key, { book: payload.book, no: payload.no, satang: payload.total_satang - (before?.payload.total_satang ?? 0) });
}

export const summed = (counted) => counted.reduce((sum, { satang, count }) => sum + satang * count, 0);

const keysOf = (fund, rows) =>
  rows.flatMap(({ book, ranges }) => ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => keyOf({ fund, book }, first + at))));
