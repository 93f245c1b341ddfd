"""The book of one account: what stood there before a month, each transaction in it with what is left after, and what stands there at its end.

For hands and banks this is the cash book. Reversals stay as lines of their own; nothing is left out. A screen gets a page of it at a time,
whose sums are always those of the whole month; a file and paper get all lines.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from peewee import JOIN, fn

from db.models import Account, Branch, Fund, LedgerAccount, LedgerTransaction, Posting
from pwa.domain import NotFound
from pwa.domain.fund import chart, ledger_days
from pwa.domain.people import roles
from pwa.domain.places import funds as funds_of

OWED = ("liability", "income", "opening")
"""Types whose balance reads positive where credit outweighs: what came in, and what is owed."""


READERS = roles.may("read-books")
ORDER = LedgerTransaction.posted_on, LedgerTransaction.id, Posting.id
PAGE = 40


@dataclass(frozen=True)
class Line:
    """A transaction on the account, in satang as the account reads: `satang` > 0 came in. `left`: what stands there after it."""

    transaction: LedgerTransaction
    pot: str
    satang: int
    left: int


@dataclass(frozen=True)
class Book:
    """`since` and `to` are the days of the month, `to` the day itself while it lasts. `came` and `went` are sums of the month, both positive.

    `brought` stood there before the first of `lines`; it is the `opening` unless they are `is_later` ones of the month. `later`: the posting
    after which the next page begins, None where nothing follows.
    """

    account: LedgerAccount
    whose: str
    since: date
    to: date
    opening: int
    came: int
    went: int
    brought: int
    lines: list[Line]
    is_later: bool
    later: int | None

    @property
    def closing(self):
        return self.opening + self.came - self.went


def funds(account):
    """[Fund] whose money this account may read, by name."""
    return held_by(account, READERS)


def kept(account):
    """[Fund] whose books this account keeps, by name."""
    return held_by(account, roles.may("keep-books"))


def held_by(account, held):
    """[Fund] whose books these roles of an account reach, by name."""
    reach = funds_of.kept_on(account, *held)
    return list(Fund.select().where(Fund.unit.in_(reach)).order_by(Fund.name)) if reach else []


def fund_for(account, code="", may=READERS):
    """The fund of this code that one of these roles of the account reaches, the first where none is named. Raises NotFound."""
    return _named(held_by(account, may), code)


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


def of(fund, code, *, month, on, after=None, most=PAGE):
    """The book of the account with this code for the month of a day, as far as `on`: so many lines of it, those `after` a posting (its
    number; one of another account or month begins the month). Raises NotFound.
    """
    found = next(((row, whose) for row, whose in accounts(fund) if row.code == code), None)
    if found is None:
        raise NotFound
    account, since, to = found[0], month.replace(day=1), min(last_day(month), on)
    sign = -1 if chart.heading(code).type in OWED else 1
    opening = sign * ledger_days.balance(account, since - timedelta(days=1))
    came, went = ledger_days.turned(account, since - timedelta(days=1), to)[::sign]
    rows = _rows(account, since, to)
    latest = rows.where(Posting.id == after).first() if after else None
    brought = sign * _left(account, latest) if latest else opening
    page = list((rows.where(_follow(latest)) if latest else rows).limit(most and most + 1))
    later = page[most - 1].id if most and len(page) > most else None
    lines = list(_lines(page[:most], sign, brought))
    return Book(*found, since, to, opening, came, went, brought, lines, latest is not None, later)


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


def _rows(account, since, to):
    """The postings on an account from a day to a day, in their order."""
    query = Posting.select(Posting, LedgerTransaction).join(LedgerTransaction)
    within = (LedgerTransaction.posted_on >= since) & (LedgerTransaction.posted_on <= to)
    here = (LedgerTransaction.fund == account.fund_id) & (Posting.account == account)
    return query.where(here, within).order_by(*ORDER)


def _follow(posting):
    """Condition: those after this one."""
    day, number = posting.transaction.posted_on, posting.transaction_id
    later = (LedgerTransaction.id > number) | ((LedgerTransaction.id == number) & (Posting.id > posting.id))
    return (LedgerTransaction.posted_on > day) | ((LedgerTransaction.posted_on == day) & later)


def _left(account, posting):
    """What stands there after a posting, debit positive: what stood there before its day, and what of its day is not later."""
    day = posting.transaction.posted_on
    rows = _rows(account, day, day).where(~_follow(posting)).order_by()
    of_day = rows.select(fn.SUM(Posting.amount_satang)).scalar()
    return ledger_days.balance(account, day - timedelta(days=1)) + int(of_day)


def _lines(postings, sign, left):
    for posting in postings:
        satang = sign * posting.amount_satang
        left += satang
        yield Line(posting.transaction, posting.pot, satang, left)
