"""The one door to a fund's books: postings that sum to zero, written once, put right only by their reversal.

A transaction is known by its fund and source; the same source again is the same transaction, another content under it is refused.
The database refuses what this module would not write (db/ledger_guards). Debit is positive, money is satang; days are told, there is no clock.
"""

from dataclasses import dataclass
from datetime import timedelta

from peewee import fn

from db import database
from db.models import LedgerAccount, LedgerDay, LedgerTransaction, Posting
from db.statements import Prepared, insert
from pwa.domain.fund import chart, closed_days, ledger_days

DAY = timedelta(days=1)


class Unbalanced(Exception):
    """The postings of a transaction do not sum to zero: a fault of whoever wrote them, nothing is stored."""


class Different(Exception):
    """This source is booked already, with other postings."""


@dataclass(frozen=True)
class Line:
    """A sum on one account; `pot` where the account is of income, benefits, expenses or transfers."""

    account: LedgerAccount
    satang: int
    pot: str = ""


_booked = Prepared(
    lambda fund, source: LedgerTransaction.select().where(
        LedgerTransaction.fund == fund, LedgerTransaction.source == source
    )
)
_newest = Prepared(lambda: LedgerTransaction.select(fn.COALESCE(fn.MAX(LedgerTransaction.id), 0)))
_account = Prepared(
    lambda fund, code: LedgerAccount.select().where(LedgerAccount.fund == fund, LedgerAccount.code == code)
)
_balance = Prepared(
    lambda account: LedgerDay.select(fn.COALESCE(fn.SUM(ledger_days.SATANG), 0)).where(
        LedgerDay.account == account, ledger_days.at_end(None)
    )
)
_postings = Prepared(
    lambda transaction: (
        Posting.select(Posting.account, Posting.pot, Posting.amount_satang)
        .where(Posting.transaction == transaction)
        .tuples()
    )
)


def account(fund, code, *, holder=None, branch=None, name=""):
    """The account of a fund with this code, opened when it is asked for first. KeyError for a code that the chart lacks."""
    found = _account.rows(fund.id, code)
    if found:
        return found[0]
    kind = chart.heading(code).type
    return LedgerAccount.create(fund=fund, code=code, type=kind, holder=holder, branch=branch, name=name)


def of_same_holder(stem, hand):
    """The account of another stem (1200, 2500, 1000) that belongs to whom this one belongs to."""
    code = f"{stem}-{hand.code.partition('-')[2]}"
    return account(hand.fund, code, holder=hand.holder_id, branch=hand.branch_id, name=hand.name)


def post(fund, *, kind, source, occurred_on, on, at, lines, actor=None, reverses=None):
    """Book a transaction; returns it, or the one that stands under this source with the same content.

    `on` is the day of posting: what is said to have happened later counts as that day, what happened in a closed month stands on
    the first day after it. A reversal never stands before what it reverses. No hand is booked below zero: what is missing there
    stands on its holder's 2500. None where nothing is left to book.
    """
    with database.atomic():
        lines = _merged(lines)
        if sum(line.satang for line in lines) != 0:
            raise Unbalanced(f"{source}: {[(line.account.code, line.pot, line.satang) for line in lines]}")
        standing = booked(fund, source)
        if standing is not None:
            return _same(standing, lines)
        lines = _merged([part for line in lines for part in _within_hand(line)])
        if not lines:
            return None
        posted_on = min(occurred_on, on)
        if reverses is not None:
            posted_on = max(posted_on, reverses.posted_on)
        closed = closed_days.through(fund, at)
        if closed is not None:
            posted_on = max(posted_on, closed + DAY)
        number = _newest.value() + 1
        rows = [
            {"transaction": number, "account": line.account.id, "pot": line.pot, "amount_satang": line.satang}
            for line in lines
        ]
        insert(Posting, rows)
        known = dict(fund=fund.id, occurred_on=occurred_on, posted_on=posted_on, kind=kind, source=source)
        reversed_id = reverses and reverses.id
        insert(LedgerTransaction, [dict(id=number, actor=actor, at=at, reverses=reversed_id, **known)])
        ledger_days.add(posted_on, lines)
        return booked(fund, source)


def reverse(transaction, *, kind, source, occurred_on, on, at, actor=None, further=()):
    """Negate a transaction by one of its own, with what belongs to the same act `further`. A second reversal is refused by the database."""
    lines = [Line(line.account, -line.satang, line.pot) for line in postings(transaction)]
    about = dict(kind=kind, source=source, occurred_on=occurred_on, on=on, at=at, actor=actor, reverses=transaction)
    return post(transaction.fund, lines=[*lines, *further], **about)


def stands(column):
    """Condition: the transaction that this column names was not reversed."""
    later = LedgerTransaction.alias()
    return ~fn.EXISTS(later.select(later.id).where(later.reverses == column))


def booked(fund, source):
    """The transaction of this source, or None."""
    return next(iter(_booked.rows(fund.id, source)), None)


def postings(transaction):
    """[Line] of a transaction."""
    rows = list(_postings.rows(transaction.id))
    accounts = {one.id: one for one in LedgerAccount.select().where(LedgerAccount.id.in_({row[0] for row in rows}))}
    return [Line(accounts[account], satang, pot) for account, pot, satang in rows]


def balance(account):
    """What stands on an account now, debit positive."""
    return int(_balance.value(account.id))


def _merged(lines):
    """One line an account and pot, in the order of first mention, without those that come to nothing."""
    sums, accounts = {}, {}
    for line in lines:
        key = line.account.id, line.pot
        accounts[line.account.id] = line.account
        sums[key] = sums.get(key, 0) + line.satang
    return [Line(accounts[account], satang, pot) for (account, pot), satang in sums.items() if satang]


def _within_hand(line):
    """A credit of a hand as far as there is cash in it; the rest is what its holder is over by."""
    if line.satang >= 0 or not line.account.code.startswith(f"{chart.HAND}-"):
        return [line]
    there = max(min(balance(line.account), -line.satang), 0)
    rest = line.satang + there
    return [Line(line.account, -there), Line(of_same_holder(chart.OVER, line.account), rest)]


def _same(standing, lines):
    """The transaction that stands, if it says the same; what went to 2500 then counts as its hand."""
    if _plain(postings(standing)) != _plain(lines):
        raise Different(standing.source)
    return standing


def _plain(lines):
    sums = {}
    for line in lines:
        stem, _, holder = line.account.code.partition("-")
        code = f"{chart.HAND}-{holder}" if stem == chart.OVER else line.account.code
        sums[code, line.pot] = sums.get((code, line.pot), 0) + line.satang
    return {key: satang for key, satang in sums.items() if satang}
