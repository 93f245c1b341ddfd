"""What a network or a province sees of the units below: which reports came and wait, which months are there, and what is late. No person."""

from dataclasses import dataclass
from datetime import date, timedelta

from db.models import ReceivedReport, ReportAcceptance, Unit
from pwa.domain import NotFound
from pwa.domain.network import month_members, receiving, report_files
from pwa.domain.people import roles
from pwa.domain.places import units

READERS = roles.may("agree-above")
MONTHS = 12
LATE = 20
"""A month is late after this day of the month after."""


@dataclass(frozen=True)
class Child:
    """A unit below, with its accepted reports {period: Report}; `is_late`: the last month that is due is not among them."""

    code: str
    name: str
    reports: dict
    is_late: bool

    @property
    def last(self):
        return self.reports[max(self.reports)] if self.reports else None


@dataclass(frozen=True)
class Parent:
    """A unit of one's own: its children by their names, the months that are shown, the newest first, and what waits to be accepted."""

    unit: Unit
    children: list
    periods: list
    waiting: list

    def sums(self, figure):
        """{period: (n, how many told it, of how many)}."""
        found = {}
        for period in self.periods:
            told = [one.reports[period].number(figure) for one in self.children if period in one.reports]
            told = [n for n in told if n is not None]
            found[period] = (sum(told), len(told), len(self.children))
        return found


def of(account, *, on):
    """[Parent] of the units that this account looks after as network or province, by name."""
    reach = units.granted_on(account.id, READERS)
    return [_parent(unit, on) for unit in Unit.select().where(Unit.id.in_(reach)).order_by(Unit.name)] if reach else []


def waiting_for(account):
    """[ReceivedReport] that go to a unit of this account and wait to be accepted."""
    reach = units.granted_on(account.id, READERS)
    codes = [unit.code for unit in Unit.select(Unit.code).where(Unit.id.in_(reach))] if reach else []
    return [one for code in codes for one in receiving.waiting(code)]


def find(sha256, *, seen_by):
    """(ReceivedReport, its acceptance or None) of a report that goes to a unit of this account. Raises NotFound."""
    received, acceptance = receiving.find(sha256)
    mine = Unit.select().where(Unit.id.in_(units.granted_on(seen_by.id, READERS)), Unit.code == received.parent)
    if not mine.exists():
        raise NotFound
    return received, acceptance


def last_due(on: date):
    """The last month whose report is due on a day."""
    before = on.replace(day=1) - timedelta(days=1)
    return f"{before:%Y-%m}" if on.day > LATE else month_members.month_before(f"{before:%Y-%m}")


def _parent(unit, on):
    newest = f"{on.replace(day=1) - timedelta(days=1):%Y-%m}"
    periods = [newest]
    while len(periods) < MONTHS:
        periods.append(month_members.month_before(periods[-1]))
    rows = ReceivedReport.select().join(ReportAcceptance).where(ReceivedReport.parent == unit.code)
    rows = rows.where(ReceivedReport.period >= periods[-1]).order_by(ReceivedReport.seq)
    found = {}
    for row in rows:
        found.setdefault(row.unit, {})[row.period] = report_files.read(bytes(row.file))
    waiting, due = receiving.waiting(unit.code), last_due(on)
    came = {(one.unit, one.period) for one in waiting}
    children = [
        Child(code, reports[max(reports)].header["name"], reports, due not in reports and (code, due) not in came)
        for code, reports in found.items()
    ]
    first = min((min(reports) for reports in found.values()), default=newest)
    shown = [one for one in periods if one >= first]
    return Parent(unit, sorted(children, key=lambda one: (one.name, one.code)), shown, waiting)
