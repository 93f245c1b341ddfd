"""What a network or a province sees of the units below: which reports came and wait, which months are there, and what is late. No person."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from db.models import Unit
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import allowances
from pwa.domain.network import head_counts, leavings, month_members, receiving, told_months
from pwa.domain.people import roles
from pwa.domain.places import units

READERS = roles.may("agree-above")
NO_FILE = N_("Choose the file of the report.")
NOT_YOURS = N_("This report goes to %(parent)s, which you do not look after here.")
MONTHS = 12
LATE = 20
"""A month is late after this day of the month after."""


@dataclass(frozen=True)
class Child:
    """A unit below: the last month of which its report counts, by its hash, and {figure: its number, or None}; `is_late`: the last month
    that is due neither counts nor waits; `left`: the month from which on it tells another parent, or none, "" where it is here."""

    code: str
    name: str
    period: str
    sha256: str
    numbers: dict
    is_late: bool
    left: str


@dataclass(frozen=True)
class Parent:
    """A unit of one's own: its children by their names, the months that are shown, the newest first, what waits to be accepted, and
    `sums` {(month, figure): (n, how many told it, of how many)}, `heads` what `head_counts.of` says of the last count."""

    unit: Unit
    children: list
    periods: list
    waiting: list
    sums: dict
    heads: tuple | None


def of(account, figures, *, on):
    """[Parent] of the units that this account looks after as network or province, by name, with these figures."""
    return [_parent(unit, figures, on) for unit in _reach(account).order_by(Unit.name)]


def waiting_for(account):
    """[ReceivedReport] that go to a unit of this account and wait to be accepted."""
    return [one for unit in _reach(account) for one in receiving.waiting(unit.code)]


def find(sha256, *, seen_by):
    """(ReceivedReport, its acceptance or None) of a report that goes to a unit of this account. Raises NotFound."""
    received, acceptance = receiving.find(sha256)
    own(received.parent, seen_by=seen_by)
    return received, acceptance


def bring(data, *, by, at):
    """The ReceivedReport of a file that an officer of the unit above brings by hand, also where it was here or has a rival with its number.
    Raises Refusal (field `file`) for what is no report, does not hold, or goes to somebody else.
    """
    allowances.keep_room_beside(by)
    if not data:
        raise Refusal(NO_FILE, field="file")
    try:
        return receiving.take(data, at=at, look=partial(_must_be_for, by))[0]
    except receiving.Fork:
        return receiving.find(receiving.read(data).sha256)[0]
    except Refusal as refused:
        raise Refusal(refused.message, field="file", **refused.values) from refused


def _must_be_for(account, report):
    """Refuses what does not hold, then what goes to a unit that this account does not look after: nothing unsigned is asked by."""
    receiving.must_hold(report)
    if not _reach(account).where(Unit.code == report.header["parent"]).exists():
        raise Refusal(NOT_YOURS, parent=report.header["parent"])


def own(code, *, seen_by):
    """The network or province with this code that the account looks after. Raises NotFound."""
    unit = _reach(seen_by).where(Unit.code == code).first()
    if unit is None:
        raise NotFound
    return unit


def _reach(account):
    """The query of the units that an account looks after."""
    return Unit.select().where(Unit.id.in_(units.granted_on(account.id, READERS)))


def last_due(on: date):
    """The last month whose report is due on a day."""
    before = on.replace(day=1) - timedelta(days=1)
    return f"{before:%Y-%m}" if on.day > LATE else month_members.month_before(f"{before:%Y-%m}")


def _parent(unit, figures, on):
    newest = f"{on.replace(day=1) - timedelta(days=1):%Y-%m}"
    periods = [newest]
    while len(periods) < MONTHS:
        periods.append(month_members.month_before(periods[-1]))
    waiting, due, firsts = receiving.waiting(unit.code), last_due(on), told_months.firsts(unit.code)
    came = told_months.told_of(unit.code, due) | {one.unit for one in waiting if one.period == due}
    lasts = told_months.lasts(unit.code, figures)
    shown = [one for one in periods if one >= min(firsts.values(), default=newest)]
    left = leavings.of(unit.code, firsts, {*shown, due})
    children = [
        Child(code, *told, code not in came and due not in left.get(code, ()), _since(left.get(code, ()), due))
        for code, told in lasts.items()
        if set(shown) - left.get(code, set())
    ]
    told = told_months.sums(unit.code, figures, periods[-1])
    many = {
        period: sum(first <= period and period not in left.get(one, ()) for one, first in firsts.items())
        for period in shown
    }
    sums = {(one, code): (*told.get((one, code), (0, 0)), many[one]) for one in shown for code in figures}
    return Parent(
        unit,
        sorted(children, key=lambda one: (one.name, one.code)),
        shown,
        waiting,
        sums,
        head_counts.of(unit.code, newest),
    )


def _since(left, due):
    """The first month of these without a gap up to the one that is due, "" where that is none of them."""
    since = ""
    while due in left:
        since, due = due, month_members.month_before(due)
    return since
