"""What a month of a fund's books holds: its balances, what is open in it, and the hash of all its postings. Read, never written."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date

from peewee import fn

from db.models import Fund, HandCount, LedgerAccount, LedgerTransaction, Posting, Receipt, ReceiptStanding
from pwa.domain.fund import account_books, banks, cash, chart, holders, trial_balance, unbooked

STEMS = {
    chart.ON_THE_WAY: "on_the_way",
    chart.SHORT: "short",
    chart.OVER: "over",
    chart.TO_GIVE_BACK: "to_give_back",
    chart.UNEXPLAINED: "unexplained",
}
"""{account: what is open while something stands on it}."""
PLACES = (chart.HAND, *chart.OF_A_BANK)
"""Where money is."""


@dataclass(frozen=True)
class Open:
    """Something that is not settled: `many` of them, together `satang`, on whose account where it is somebody's."""

    what: str
    satang: int
    many: int = 1
    account: LedgerAccount | None = None


@dataclass(frozen=True)
class Hand:
    """A hand with cash in it at the month's end, and its holder's last count since then; None where nobody counted."""

    account: LedgerAccount
    satang: int
    count: HandCount | None


@dataclass(frozen=True)
class Place:
    """An account of the fund at a bank by its name, and what lies there by the books."""

    code: str
    name: str
    satang: int


@dataclass(frozen=True)
class Month:
    """`banks` are all that the fund has, also where nothing lies."""

    fund: Fund
    since: date
    through: date
    rows: list[trial_balance.Row]
    lines: dict[str, int]
    left: int
    right: int
    hands: list[Hand]
    banks: list[Place]
    open: list[Open]

    @property
    def sums(self):
        return sums([(row.code, row.type, row.opening, row.closing) for row in self.rows])


@dataclass(frozen=True)
class Sums:
    """What the fund had before the month, what came and went in it, and what it has after, all positive as they are read.

    `other`: what is owed or short changed by so much (receipts that are not checked yet, money to be given back).
    """

    before: int
    income: int
    benefits: int
    expenses: int
    other: int
    in_hands: int
    in_banks: int
    on_the_way: int

    @property
    def after(self):
        return self.in_hands + self.in_banks + self.on_the_way


def sums(rows):
    """The Sums of a month from [(account code, type, opening, closing)] in satang, debit positive."""
    ends, moved, before = Counter(), Counter(), 0
    for code, kind, opening, closing in rows:
        stem = code.partition("-")[0]
        ends[stem] += closing
        moved[kind] += closing - opening
        before += opening if stem in PLACES else 0
    after = sum(ends[stem] for stem in PLACES)
    came, went = -moved["income"], (moved["benefit"], moved["expense"])
    other = after - before - came + sum(went)
    return Sums(before, came, *went, other, ends[chart.HAND], ends[chart.BANK], ends[chart.ON_THE_WAY])


def of(fund, through):
    """The Month of a fund that ends on this day."""
    since = through.replace(day=1)
    books = trial_balance.of(fund, since=since, to=through)
    named = {one.code: one for one, _ in account_books.accounts(fund)}
    ends = Counter()
    for row in books.rows:
        ends[row.code] += row.closing
    counts = _counts(fund, through)
    hands = [Hand(named[code], satang, counts.get(named[code].id)) for code, satang in _of(ends, chart.HAND)]
    places = [Place(code := holders.bank_code(one.name), one.name, ends[code]) for one in banks.of(fund)]
    about = (books.rows, books.lines, books.left, books.right)
    return Month(fund, since, through, *about, hands, places, _open(fund, through, ends, named, hands))


def late(fund, since, through):
    """[(LedgerTransaction, satang)] posted in the month that happened before it, in the order of their true days."""
    came = fn.SUM(fn.ABS(Posting.amount_satang)) / 2
    query = LedgerTransaction.select(LedgerTransaction, came.alias("satang")).join(Posting)
    within = LedgerTransaction.posted_on.between(since, through) & (LedgerTransaction.occurred_on < since)
    query = query.where(LedgerTransaction.fund == fund, within).group_by(LedgerTransaction.id)
    return [(one, int(one.satang)) for one in query.order_by(LedgerTransaction.occurred_on, LedgerTransaction.id)]


def digest(fund, since, through):
    """The hash of the month: the SHA-256 of its `lines`."""
    made = hashlib.sha256()
    for line in lines(fund, since, through):
        made.update(line)
    return made.hexdigest()


def lines(fund, since, through):
    """What the hash of a month is made of: its postings in the order of their ids, a line each of JSON
    [account code, pot, occurred_on, posted_on, satang, source], in UTF-8, ended by a line feed. Codes of hands name their holders."""
    query = Posting.select(
        LedgerAccount.code,
        Posting.pot,
        LedgerTransaction.occurred_on,
        LedgerTransaction.posted_on,
        Posting.amount_satang,
        LedgerTransaction.source,
    )
    query = query.join(LedgerTransaction).switch(Posting).join(LedgerAccount)
    within = LedgerTransaction.posted_on.between(since, through)
    query = query.where(LedgerTransaction.fund == fund, within).order_by(LedgerTransaction.id, Posting.id)
    for code, pot, occurred, posted, satang, source in query.tuples().iterator():
        line = [code, pot, occurred.isoformat(), posted.isoformat(), int(satang), source]
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def report(month):
    """The balances of a month as they are kept with its close: what belongs to somebody stands together, nobody is named."""
    sums = {}
    for row in month.rows:
        key = row.code.partition("-")[0], row.pot
        sums[key] = [
            a + b
            for a, b in zip(sums.get(key, [0] * 4), (row.opening, row.debit, row.credit, row.closing), strict=True)
        ]
    rows = [[*key, *values] for key, values in sorted(sums.items())]
    part10 = {"lines": month.lines, "left": month.left, "right": month.right}
    return json.dumps({"rows": rows, "part10": part10}, ensure_ascii=False)


def _of(ends, stem):
    return sorted((code, satang) for code, satang in ends.items() if code.startswith(f"{stem}-") and satang)


def _counts(fund, through):
    """{hand's id: its last HandCount since the month's last day}."""
    query = HandCount.select().join(LedgerAccount).where(LedgerAccount.fund == fund, HandCount.on >= through)
    return {one.hand_id: one for one in query.order_by(HandCount.id)}


def _open(fund, through, ends, named, hands):
    found = [Open("offer", one.counted_satang, account=one.giver) for one in cash.waiting(fund)]
    waiting = Receipt.select(fn.COUNT(Receipt.id), fn.COALESCE(fn.SUM(Receipt.total_satang), 0)).join(ReceiptStanding)
    many, satang = waiting.where(
        Receipt.fund == fund, ReceiptStanding.state == "waiting", Receipt.paid_on <= through
    ).tuples()[0]
    found += [Open("unchecked", int(satang), many)] if many else []
    found += [Open("unbooked", 0, many)] if (many := unbooked.in_fund(fund)) else []
    found += [Open("uncounted", one.satang, account=one.account) for one in hands if one.count is None]
    for code, satang in sorted(ends.items()):
        what = STEMS.get(code.partition("-")[0])
        if what and satang:
            found.append(Open(what, abs(satang), account=named[code]))
    return found
