"""What a figure of the books is made of: by account and by year, month or transaction, each list adding up to the figure itself.

Years and months are read from the days of the books, transactions only of one month: no list reads postings since the founding.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from peewee import fn

from db.models import Fund, LedgerAccount, LedgerDay, LedgerTransaction, Posting
from pwa.domain import NotFound
from pwa.domain.fund import account_books, chart, ledger_days, moved, periods, pots

DAY = timedelta(days=1)
WORDS = {
    "money": moved.PLACES,
    "income": moved.INCOMES,
    "other-income": tuple(code for code in moved.INCOMES if code != "4010"),
    "benefits": tuple(chart.BENEFITS),
    "expenses": moved.EXPENSES,
    "unsettled": moved.UNSETTLED,
    "pots": (*moved.INCOMES, *chart.BENEFITS, *moved.EXPENSES, chart.BETWEEN_POTS),
}
"""Figures of several accounts: {how an address calls it: the stems}. A line of part 10 is called by its own name."""
LESS = ("unsettled", "pots")
"""Figures that read positive where credit outweighs, whatever their accounts are; those of all others read the same way."""
NOW, OLD = "now", "old"
"""Of all pots: without what the books began with, or that alone."""


@dataclass(frozen=True)
class Part:
    """What some of the figure is: of an account, or of the days from `first` through `to`."""

    satang: int
    account: LedgerAccount | None = None
    whose: str = ""
    first: date | None = None
    to: date | None = None


@dataclass(frozen=True)
class Line:
    transaction: LedgerTransaction
    satang: int


@dataclass(frozen=True)
class Figure:
    """`of` and `pot` as an address says them; from `first` (None: since the books began) through `to`. Either `parts` or `lines` of time."""

    of: str
    pot: str
    first: date | None
    to: date
    satang: int
    accounts: list[Part]
    parts: list[Part]
    lines: list[Line]
    has_lines: bool


def of(fund: Fund, word, *, to, first=None, pot=""):
    """The Figure of an account's code, its stem, a line of part 10 or one of WORDS. Raises NotFound for anything else."""
    stems, accounts = _accounts(fund, word)
    sign = -1 if word in LESS else moved.sign(stems[0])
    begun = _begun(fund, to)
    since = max(first, begun) if first and begun else first or begun or to
    spans = _spans(since, to)
    at = _at([one.id for one, _ in accounts], sign, [since - DAY, *(last for _, last in spans)], pot)
    total = {one.id: at[one.id, to] - at[one.id, since - DAY] for one, _ in accounts}
    by_account = [Part(total[one.id], one, whose) for one, whose in accounts if total[one.id]]
    about = dict(of=word, pot=pot, first=first, to=to, satang=sum(total.values()), accounts=by_account)
    if _is_one_month(since, to):
        return Figure(**about, parts=[], lines=_lines(fund, list(total), sign, since, to, pot), has_lines=True)
    parts = []
    for start, last in spans:
        moves = [at[one, last] - at[one, start - DAY] for one in total]
        parts += [Part(sum(moves), first=start, to=last)] if any(moves) else []
    return Figure(**about, parts=parts, lines=[], has_lines=False)


def _accounts(fund, word):
    """(stems, [(LedgerAccount, whose)]) that a word means."""
    named = account_books.accounts(fund)
    if any(row.code == word and "-" in word for row, _ in named):
        return (word.partition("-")[0],), [(row, whose) for row, whose in named if row.code == word]
    stems = WORDS.get(word) or _of_line(word)
    if not stems:
        raise NotFound
    return stems, [(row, whose) for row, whose in named if row.code.partition("-")[0] in stems]


def _of_line(word):
    known = (*chart.CHART, *chart.BENEFITS)
    if word in known:
        return (word,)
    return tuple(code for code in known if word and chart.heading(code).line == word)


def _begun(fund, to):
    first = LedgerTransaction.select(fn.MIN(LedgerTransaction.posted_on)).where(LedgerTransaction.fund == fund).scalar()
    first = date.fromisoformat(first) if isinstance(first, str) else first
    return min(first, to) if first else None


def _spans(since, to):
    """[(first, last)] of the fiscal years of these days; of the months where they lie in one year."""
    is_long = to not in periods.year_of("fiscal", since, None) and (to - since).days > 366
    found, start = [], since
    while start <= to:
        last = periods.year_of("fiscal", start, None).until - DAY if is_long else account_books.last_day(start)
        found.append((start, min(last, to)))
        start = last + DAY
    return found


def _is_one_month(since, to):
    return (since.year, since.month) == (to.year, to.month)


def _at(accounts, sign, days, pot):
    """{(account's id, day): satang as read} at the end of each of these days, with one query."""
    stood = reduce(or_, (ledger_days.at_end(day) for day in days))
    query = LedgerDay.select(LedgerDay.account, LedgerDay.day, LedgerDay.until, ledger_days.SATANG)
    query = query.where(LedgerDay.account.in_(accounts), stood, *_of_pot(LedgerDay.pot, pot))
    found = Counter()
    for account, begins, until, satang in query.tuples():
        for day in {*days}:
            if begins <= day < until:
                found[account, day] += sign * int(satang)
    return found


def _lines(fund, accounts, sign, since, to, pot):
    """[Line] of the transactions of these days that changed the figure, in the order of the books."""
    came = fn.SUM(Posting.amount_satang)
    query = LedgerTransaction.select(LedgerTransaction, came.alias("satang")).join(Posting)
    within = (LedgerTransaction.fund == fund) & LedgerTransaction.posted_on.between(since, to)
    query = query.where(within, Posting.account.in_(accounts), *_of_pot(Posting.pot, pot))
    query = query.group_by(LedgerTransaction.id).having(came != 0)
    return [
        Line(one, sign * int(one.satang)) for one in query.order_by(LedgerTransaction.posted_on, LedgerTransaction.id)
    ]


def _of_pot(column, pot):
    if pot == NOW:
        return [column != pots.BEFORE]
    return [column == (pots.BEFORE if pot == OLD else pot)] if pot else []
