"""What members paid month by month, by the community in which they live: approved contributions on the day they were paid.

The register says where somebody lives now; whoever is in it no more stands under no community.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from peewee import JOIN, fn

from db.models import Fund, Household, Person, Receipt, ReceiptLine, ReceiptStanding, Unit
from pwa.domain.fund import account_books

MONTHS = 12


@dataclass(frozen=True)
class Group:
    """A community with its sums in satang, one a month; `name` is "" where nobody knows which."""

    name: str
    sums: list[int]

    @property
    def total(self) -> int:
        return sum(self.sums)


@dataclass(frozen=True)
class Months:
    """The first days of the months, the oldest first, and the groups, who paid most first."""

    months: list[date]
    groups: list[Group]

    @property
    def sums(self) -> list[int]:
        """What came in each month."""
        return [sum(column) for column in zip(*(group.sums for group in self.groups), strict=True)]

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    def largest(self, most: int) -> list[Group]:
        """So many groups at most: the largest by themselves, all others together as None names them."""
        if len(self.groups) <= most:
            return self.groups
        rest = self.groups[most - 1 :]
        together = [sum(column) for column in zip(*(group.sums for group in rest), strict=True)]
        return [*self.groups[: most - 1], Group(OTHERS, together)]


OTHERS = "…"
"""The name of the groups that are drawn together."""


def of(fund: Fund, *, on: date) -> Months:
    """The twelve months up to that of a day."""
    months = list(reversed(list(_back(on.replace(day=1)))))
    query = ReceiptLine.select(fn.COALESCE(Unit.name, ""), Receipt.paid_on, fn.SUM(ReceiptLine.amount_satang))
    query = query.join(Receipt).join(ReceiptStanding, on=(ReceiptStanding.receipt == Receipt.id)).switch(ReceiptLine)
    query = query.join(Person, JOIN.LEFT_OUTER, on=(ReceiptLine.person == Person.id))
    query = query.join(Household, JOIN.LEFT_OUTER).join(Unit, JOIN.LEFT_OUTER, on=(Household.place == Unit.id))
    query = query.where(Receipt.fund == fund, ReceiptLine.kind == "contribution", ReceiptStanding.state == "approved")
    query = query.where(Receipt.paid_on >= months[0], Receipt.paid_on <= account_books.last_day(months[-1]))
    found: dict[str, list[int]] = {}
    for name, day, satang in query.group_by(Unit.name, Receipt.paid_on).tuples():
        sums = found.setdefault(name, [0] * len(months))
        sums[months.index(day.replace(day=1))] += int(satang)
    groups = [Group(name, sums) for name, sums in found.items()]
    return Months(months, sorted(groups, key=lambda one: (-one.total, one.name)))


def _back(month):
    for _ in range(MONTHS):
        yield month
        month = (month - timedelta(days=1)).replace(day=1)
