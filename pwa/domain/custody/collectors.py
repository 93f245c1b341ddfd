"""Who may take money for a fund on a day: whoever holds an office of it, and volunteers whose assignment says so."""

from datetime import date

from db.models import Assignment, AssignmentEnd, AssignmentFund, Fund
from db.statements import Prepared
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.text.dates import BANGKOK

OFFICERS = roles.may("collect-by-office")

_fund = Prepared(lambda code: Fund.select(Fund.id, Fund.unit).where(Fund.code == code))
_sent = Prepared(
    lambda account, fund, day: (
        AssignmentFund.select(AssignmentFund.assignment)
        .join(Assignment)
        .where(
            Assignment.account == account,
            AssignmentFund.fund == fund,
            Assignment.starts_on <= day,
            Assignment.ends_on >= day,
        )
        .tuples()
    )
)
_ended = Prepared(
    lambda assignments: AssignmentEnd.select(AssignmentEnd.assignment, AssignmentEnd.at).where(
        AssignmentEnd.assignment.in_(assignments)
    )
)


def may(account, fund_code, on: date) -> bool:
    """Whether an account (an id) may take money for the fund with this code on a day; False for a fund that nobody knows."""
    found = _fund(fund_code)
    if not found:
        return False
    [(fund, unit)] = found
    return _by_office(account, unit) or _by_assignment(account, fund, on)


def funds(account, on: date):
    """The funds for which an account (an id) may take money on a day, by code."""
    granted = units.granted_on(account, OFFICERS)
    near = units.above(*granted) | units.below(granted) if granted else set()
    return [
        fund
        for fund in Fund.select().order_by(Fund.code)
        if fund.unit_id in near or _by_assignment(account, fund.id, on)
    ]


def _by_office(account, unit):
    """An office over the fund's unit, or over a part of what the fund serves."""
    granted = units.granted_on(account, OFFICERS)
    return bool(granted) and bool(granted & (units.above(unit) | units.below({unit})))


def _by_assignment(account, fund, on):
    there = [assignment for (assignment,) in _sent.rows(account, fund, on)]
    ended = {row.assignment_id: row.at.astimezone(BANGKOK).date() for row in _ended.rows(there)}
    return any(one not in ended or on <= ended[one] for one in there)
