/**
 * The receipt books of whoever works on this phone. They lie in `meta` beside the chain, so that a number is taken in the same strict
 * transaction that keeps its line: none is used twice, and a crash skips none. They are of one number of this phone and of one account.
 */

import { askJson } from "./server.js";
import { PhoneError, get, transaction } from "../store/store.js";
import { me } from "../account/person.js";

const LOW = 20;
const DAY = 86_400_000;

const placeOf = (account) => `books|${account}`;

/** Asks the server for the books and keeps them; what this phone has written into a book counts. Rejects without a network or a session. */
export async function bring() {
  const [person, chain] = [await me(), await get("meta", "chain")];
  if (!person || !chain) return;
  const { books } = await askJson("/sync/books");
  await transaction(["meta"], "readwrite", async (t) => {
    const [known, now] = [await t.get("meta", placeOf(person.account)), await t.get("meta", "chain")];
    if (now?.device !== chain.device) return;
    const held = known?.device === chain.device ? known.books : [];
    t.put("meta", { device: chain.device, books: merged(held, books), asked: Date.now() }, placeOf(person.account));
  });
}

/** The same where there are none of this number yet, one runs out, or nobody asked for a day; stays quiet without a network. */
export async function refresh() {
  const person = await me();
  const [known, chain] = [person && (await get("meta", placeOf(person.account))), await get("meta", "chain")];
  const isFresh = known?.device === chain?.device && Math.abs(Date.now() - known?.asked) < DAY && !known.books.some(isLow);
  if (!isFresh) await bring().catch(() => {});
}

/** The same for a phone that writes receipts, when the server has said who is signed in on it. */
export async function hear({ account }) {
  if (account && (await get("meta", placeOf(account)))) await refresh();
}

/** What is left for a fund -> {book, left, spare}: the book in use, how many receipts it has left, and the name of the next; null without any. */
export async function left(fund) {
  const [book, spare] = open(await held((await me())?.account), fund);
  return book ? { book: book.book, left: book.last - book.next + 1, isLow: isLow(book), spare: spare?.book ?? null } : null;
}

/**
 * The next number of a fund, for outbox.add to take: `next()` reads it -> {book, no}; `take(t, numbered)` takes it within the line's own
 * transaction -> whether it was still the next. Rejects with PhoneError `no-book` when there is none left.
 */
export function claim(fund, account) {
  const first = async () => open(await held(account), fund)[0];
  return {
    next: async () => {
      const book = await first();
      if (!book) throw new PhoneError("no-book");
      return { book: book.book, no: book.next };
    },
    take: async (t, { book: name, no }) => {
      const [known, chain] = [await t.get("meta", placeOf(account)), await t.get("meta", "chain")];
      const book = known?.device === chain?.device && known.books.find((one) => one.fund === fund && one.book === name);
      if (book?.next !== no) return false;
      t.put("meta", { ...known, books: known.books.map((one) => (one === book ? { ...one, next: no + 1 } : one)) }, placeOf(account));
      return true;
    },
  };
}

async function held(account) {
  const [known, chain] = await Promise.all([account && get("meta", placeOf(account)), get("meta", "chain")]);
  return known?.device === chain?.device ? (known?.books ?? []) : [];
}

const open = (books, fund) => books.filter((one) => one.fund === fund && one.next <= one.last);

const isLow = ({ next, last }) => last - next < LOW;

/** The books in the order in which they were given; those that are full go. */
function merged(held, told) {
  const mine = new Map(held.map((one) => [one.book, one]));
  for (const one of told) mine.set(one.book, { ...one, next: Math.max(one.next, mine.get(one.book)?.next ?? 1) });
  return [...mine.values()].filter(({ next, last }) => next <= last);
}
