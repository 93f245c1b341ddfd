"""What a fund tells everybody: how many members, what they put in, what was paid out and what is there, as of a closed month.

Figures that would tell of single people are withheld (network.md §3): counts under 10, and money behind which stand fewer than three
people, or one with more than 90 %. Somebody could take one month's sums from the next one's: so what must be told of enough people is what
came and went *since the last month that was told*, and all sums wait together until it is.
"""

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

from peewee import fn

from db.models import (
    Claim,
    ClaimAct,
    CloseFigure,
    LedgerAccount,
    LedgerTransaction,
    Membership,
    MembershipAct,
    MonthClose,
    Posting,
    Receipt,
    ReceiptLine,
    ReceiptStep,
    Voucher,
)
from pwa.domain.custody import states
from pwa.domain.fund import chart, ledger_days, periods

FEWEST = 10
"""Counts below are withheld."""
PEOPLE = 3
MOST_OF_ONE = 90
"""Money is told of so many people at least, of whom nobody has more than this many hundredths."""
DAY = timedelta(days=1)
MEMBERS = chart.INCOME_OF["contribution"]
SOME = "?"
"""Whose money nobody can tell: it counts as one person."""


class Told(NamedTuple):
    """What is told: `close` is the last closed month, `members` None where it is withheld. `sums` is the CloseFigure of the last month whose
    sums are told, None before there is one.
    """

    close: MonthClose
    members: int | None
    sums: CloseFigure | None

    @property
    def is_behind(self):
        """Whether the sums are of an earlier month than the last closed one."""
        return self.sums is not None and self.sums.close_id != self.close.id


def of(fund):
    """What is Told of a fund; None before its first closed month."""
    query = CloseFigure.select(CloseFigure, MonthClose).join(MonthClose).where(MonthClose.fund == fund)
    query = query.order_by(MonthClose.through.desc())
    last = query.first()
    if last is None:
        return None
    return Told(last.close, last.members if last.members >= FEWEST else None, query.where(CloseFigure.is_told).first())


def note(close):
    """Keep what a month tells, at its second signature."""
    fund, through = close.fund, close.through
    before = CloseFigure.select(CloseFigure, MonthClose).join(MonthClose)
    before = before.where(MonthClose.fund == fund).order_by(MonthClose.through.desc())
    last = before.where(CloseFigure.is_told).first()
    since = last.close.through + DAY if last else date.min
    came, went = _behind(fund, since, through, "income"), _behind(fund, since, through, "benefit")
    year = periods.year_of("fiscal", through, None)
    put_in, paid_out, held = _sums(fund, through)
    about: dict = dict(put_in_satang=put_in, paid_out_satang=paid_out, held_satang=held)
    if _is_told_at(before, year.first - DAY):
        then_in, then_out, _ = _sums(fund, year.first - DAY)
        old_in, old_out = _opened(fund, year.first, through)
        about |= dict(year_put_in_satang=put_in - then_in - old_in, year_paid_out_satang=paid_out - then_out - old_out)
    is_told = are_enough(came) and are_enough(went)
    return CloseFigure.create(close=close, members=members(fund, through), is_told=is_told, **about)


def are_enough(sums):
    """Whether money may be told behind which these people stand, {who: satang}; nothing at all may."""
    total = sum(sums.values())
    return not total or (len(sums) >= PEOPLE and max(sums.values()) * 100 <= total * MOST_OF_ONE)


def members(fund, on):
    """How many were members at the end of a day."""
    living = Membership.select(Membership.id).where(Membership.fund == fund, Membership.joined_on <= on)
    living = living.where(states.standing(Membership))
    undone = MembershipAct.select(MembershipAct.undoes).where(MembershipAct.undoes.is_null(False))
    acts = MembershipAct.select(MembershipAct.membership, MembershipAct.kind)
    acts = acts.where(MembershipAct.kind.in_(("end", "rejoin")), MembershipAct.first <= on)
    acts = acts.where(MembershipAct.membership.in_(living), MembershipAct.id.not_in(undone))
    last = dict(acts.order_by(MembershipAct.first, MembershipAct.id).tuples())
    return living.count() - sum(kind == "end" for kind in last.values())


def _is_told_at(figures, day):
    """Whether a month that ended on this day was told; true, too, where no month was closed by then."""
    earlier = figures.where(MonthClose.through <= day).first()
    return earlier is None or (earlier.is_told and earlier.close.through == day)


def _sums(fund, on):
    """(what members put in, what was paid as benefits, cash and bank together) from the founding to the end of a day."""
    found = Counter()
    for one in ledger_days.sums(fund, on):
        stem, _, _ = one.account.code.partition("-")
        found["in"] -= one.satang if stem == MEMBERS else 0
        found["out"] += one.satang if one.account.type == "benefit" else 0
        found["held"] += one.satang if stem in (chart.HAND, *chart.OF_A_BANK) else 0
    return found["in"], found["out"], found["held"]


def _opened(fund, since, through):
    """(put in, paid out) of what the books began with, where that was posted in these days: it is of the years before."""
    rows = _posted(fund, since, through).where(LedgerTransaction.kind == "opening")
    found = Counter()
    for _, code, kind, satang in rows.tuples():
        found["in"] -= satang if code == MEMBERS else 0
        found["out"] += satang if kind == "benefit" else 0
    return found["in"], found["out"]


def _behind(fund, since, through, kind):
    """{who: satang} of what members put in, or of benefits, in these days; what was undone in them counts, too."""
    rows = _posted(fund, since, through).where(LedgerTransaction.kind != "opening", LedgerAccount.type == kind)
    sums = Counter()
    for source, code, _, satang in rows.tuples():
        if kind == "benefit" or code == MEMBERS:
            sums[source] += abs(int(satang))
    people = _payees(fund, since, through) if kind == "benefit" else _payers(fund, since, through)
    found = Counter()
    for source, satang in sums.items():
        shares = people.get(source.removeprefix("undone/")) or {SOME: 1}
        for person, share in shares.items():
            found[person] += satang * share // sum(shares.values())
    return found


def _posted(fund, since, through):
    """(source, account code, its type, satang) of the postings of these days."""
    query = Posting.select(
        LedgerTransaction.source, LedgerAccount.code, LedgerAccount.type, fn.SUM(Posting.amount_satang)
    )
    query = query.join(LedgerTransaction).switch(Posting).join(LedgerAccount)
    within = LedgerTransaction.posted_on.between(since, through)
    query = query.where(LedgerTransaction.fund == fund, within, LedgerAccount.type.in_(("income", "benefit")))
    return query.group_by(LedgerTransaction.source, LedgerAccount.code, LedgerAccount.type)


def _payers(fund, since, through):
    """{source of a transaction: {person: satang}} of the receipts that were checked in these days."""
    query = ReceiptStep.select(LedgerTransaction.source, ReceiptLine.person, fn.SUM(ReceiptLine.amount_satang))
    query = query.join(LedgerTransaction).switch(ReceiptStep).join(Receipt).join(ReceiptLine)
    within = LedgerTransaction.posted_on.between(since, through)
    query = query.where(LedgerTransaction.fund == fund, within, ReceiptStep.state == "approved")
    return _shares(
        query.where(ReceiptLine.kind == "contribution").group_by(LedgerTransaction.source, ReceiptLine.person)
    )


def _payees(fund, since, through):
    """{source of a transaction: {person: satang}} of what was paid, or came back, in these days: whose right it was."""
    query = Voucher.select(LedgerTransaction.source, Claim.person, Voucher.amount_satang)
    query = query.join(LedgerTransaction).switch(Voucher).join(ClaimAct).join(Claim)
    within = LedgerTransaction.posted_on.between(since, through)
    return _shares(query.where(Voucher.fund == fund, within))


def _shares(query):
    found = {}
    for source, person, satang in query.tuples():
        found.setdefault(source, {})[person or SOME] = int(satang)
    return found
