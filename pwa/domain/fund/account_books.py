"""The book of one account: what stood there before a month, each transaction in it with what is left after, and what stands there at its end.

For hands and banks this is the cash book. Reversals stay as lines of their own; nothing is left out.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from peewee import JOIN, fn

from db.models import Account, Branch, Fund, LedgerAccount, LedgerTransaction, Posting
from pwa.domain import NotFound
from pwa.domain.fund import chart, ledger_days
from pwa.domain.people import roles
from pwa.domain.places import units

OWED = ("liability", "income", "opening")
"""Types whose balance reads positive where credit outweighs: what came in, and what is owed."""


@dataclass(frozen=True)
class Line:
    """A transaction on the account, in satang as the account reads: `satang` > 0 came in. `left`: what stands there after it."""

    transaction: LedgerTransaction
    pot: str
    satang: int
    left: int


@dataclass(frozen=True)
class Book:
    """`since` and `to` are the days of the month, `to` the day itself while it lasts. `came` and `went` are sums of the lines, both positive."""

    account: LedgerAccount
    whose: str
    since: date
    to: date
    opening: int
    lines: list[Line]

    @property
    def came(self):
        return sum(line.satang for line in self.lines if line.satang > 0)

    @property
    def went(self):
        return -sum(line.satang for line in self.lines if line.satang < 0)

    @property
    def closing(self):
        return self.opening + self.came - self.went


def funds(account):
    """[Fund] whose money this account may read, by name."""
    return _within(account, roles.may("read-books"))


def kept(account):
    """[Fund] whose books this account keeps, by name."""
    return _within(account, roles.may("keep-books"))


def _within(account, held):
    reach = units.within(account, *held)
    return list(Fund.select().where(Fund.unit.in_(reach)).order_by(Fund.name)) if reach else []


def fund_for(account, code=""):
    """The fund of this code that the account may read, the first where none is named. Raises NotFound."""
    return _named(funds(account), code)


def kept_for(account, code=""):
    """The fund of this code whose books the account keeps, the first where none is named: who only reads them, or keeps those of another
    fund, writes nothing in them. Raises NotFound.
    """
    return _named(kept(account), code)


def _named(known, code):
    found = next((fund for fund in known if code in ("", fund.code)), None)
    if found is None:
        raise NotFound
    return found


def accounts(fund):
    """[(LedgerAccount, whose it is)] of a fund by code."""
    query = LedgerAccount.select(LedgerAccount, Account, Branch).join(Account, JOIN.LEFT_OUTER, on=LedgerAccount.holder)
    query = query.switch(LedgerAccount).join(Branch, JOIN.LEFT_OUTER, on=LedgerAccount.branch)
    return [(row, named(row)) for row in query.where(LedgerAccount.fund == fund).order_by(LedgerAccount.code)]


def named(account):
    """Whose an account of `accounts` is; the name that it was opened with where it is nobody's."""
    owner = account.holder if account.holder_id else account.branch if account.branch_id else None
    return owner.name if owner else account.name


def of(fund, code, *, month, on):
    """The book of the account with this code for the month of a day, as far as `on`. Raises NotFound."""
    found = next(((row, whose) for row, whose in accounts(fund) if row.code == code), None)
    if found is None:
        raise NotFound
    since, to = month.replace(day=1), min(last_day(month), on)
    sign = -1 if chart.heading(code).type in OWED else 1
    opening = sign * ledger_days.balance(found[0], since - timedelta(days=1))
    return Book(*found, since, to, opening, list(_lines(found[0], since, to, sign, opening)))


def last_day(month):
    """The last day of a day's month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def months(fund, on):
    """The first days of all months from the first transaction of a fund to a day, the latest first."""
    first = LedgerTransaction.select(fn.MIN(LedgerTransaction.posted_on)).where(LedgerTransaction.fund == fund).scalar()
    first = date.fromisoformat(first) if isinstance(first, str) else first
    found, month = [], on.replace(day=1)
    while first and month >= first.replace(day=1):
        found.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return found or [on.replace(day=1)]


def _lines(account, since, to, sign, left):
    query = Posting.select(Posting, LedgerTransaction).join(LedgerTransaction)
    within = (LedgerTransaction.posted_on >= since) & (LedgerTransaction.posted_on <= to)
    for posting in query.where(Posting.account == account, within).order_by(
        LedgerTransaction.posted_on, LedgerTransaction.id, Posting.id
    ):
        satang = sign * posting.amount_satang
        left += satang
        yield Line(posting.transaction, posting.pot, satang, left)
