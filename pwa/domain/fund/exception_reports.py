"""What an auditor looks at first in a time: what was undone, came late or does not count, what stands open, and what a meeting changed.

Each row names its paper and its sum; no claim says of which illness it is.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from peewee import fn

from db.models import Claim, ClaimAct, Fund, LedgerAccount, LedgerTransaction, Posting, Receipt, ReceiptStep
from pwa.domain.fund import account_books, chart, closing, ledger_days
from pwa.domain.fund.report_periods import Period
from pwa.domain.text.dates import BANGKOK

DAY = timedelta(days=1)
OPEN = (
    chart.SHORT,
    chart.OVER,
    chart.TO_RECLAIM,
    chart.TO_GIVE_BACK,
    chart.UNEXPLAINED,
    chart.HANDED_ON,
    chart.ON_THE_WAY,
)
"""Accounts on which something stands only until somebody settles it."""
CHANGED = ("urge", "top_up", "claw_back", "redirect", "waive", "bring_back")
"""Acts about a claim that go beyond what a meeting granted at first."""


@dataclass(frozen=True)
class Report:
    """`undone` and `late` are [(LedgerTransaction, satang)], `refused` [ReceiptStep] with their receipts, `standing`
    [(LedgerAccount, whose, satang, debit positive)], `changed` [ClaimAct] with their claims."""

    undone: list
    late: list
    refused: list
    standing: list
    changed: list


def of(fund: Fund, period: Period) -> Report:
    late = [
        one
        for month in period.months
        for one in closing.late(fund, month, min(account_books.last_day(month), period.to))
    ]
    return Report(
        _undone(fund, period), late, _refused(fund, period), _standing(fund, period.to), _changed(fund, period)
    )


def _undone(fund, period):
    """Reversals that were posted in the time, with what they took back."""
    came = fn.SUM(fn.ABS(Posting.amount_satang)) / 2
    query = LedgerTransaction.select(LedgerTransaction, came.alias("satang")).join(Posting)
    within = LedgerTransaction.posted_on.between(period.first, period.to) & LedgerTransaction.reverses.is_null(False)
    query = query.where(LedgerTransaction.fund == fund, within).group_by(LedgerTransaction.id)
    return [(one, int(one.satang)) for one in query.order_by(LedgerTransaction.posted_on, LedgerTransaction.id)]


def _refused(fund, period):
    query = ReceiptStep.select(ReceiptStep, Receipt).join(Receipt)
    is_out = ReceiptStep.state.in_(("rejected", "void", "replaced"))
    query = query.where(Receipt.fund == fund, is_out, ReceiptStep.on.between(period.first, period.to))
    return list(query.order_by(ReceiptStep.on, ReceiptStep.id))


def _standing(fund, on):
    stem = fn.SUBSTR(LedgerAccount.code, 1, 4)
    whose = {row.id: name for row, name in account_books.accounts(fund)}
    return [
        (one.account, whose[one.account.id], one.satang)
        for one in ledger_days.sums(fund, on, stem.in_(OPEN))
        if one.satang
    ]


def _changed(fund, period):
    first, after = (_midnight(day) for day in (period.first, period.to + DAY))
    query = ClaimAct.select(ClaimAct, Claim).join(Claim)
    query = query.where(Claim.fund == fund, ClaimAct.kind.in_(CHANGED), ClaimAct.at >= first, ClaimAct.at < after)
    return list(query.order_by(ClaimAct.at, ClaimAct.id))


def _midnight(day: date):
    return datetime.combine(day, time(), BANGKOK)
