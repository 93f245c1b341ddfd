"""A member's funds on a day: standing, what each gives if something happened today, and what to do when the paid time nears its end."""

from dataclasses import dataclass
from datetime import date

from db.models import Membership, Person
from pwa.domain.custody import states
from pwa.domain.fund import books, facts, rights, rulings
from pwa.domain.fund.case import Case
from pwa.domain.fund.coverage import Plans
from pwa.domain.fund.rights import Right
from pwa.domain.fund.rulings import Ruling
from pwa.domain.fund.sentences import Sentence
from pwa.domain.fund.standing import Standing

NEAR_DAYS = 30
"""From so many days before the paid time ends somebody is told what to pay."""


@dataclass(frozen=True)
class FundRights:
    """One membership on one day. `stands` is None before it begins; `rights` is empty where the fund has no regulation here.

    `asked`: what the register lacks and would decide something, the most deciding first.
    """

    membership: Membership
    ruling: Ruling
    plans: Plans
    stands: Standing | None
    paid_source: Sentence
    case: Case
    rights: list[Right]
    asked: list[str]
    on: date

    @property
    def days_paid(self) -> int | None:
        """How many days from today on are paid; negative in arrears, None where nobody knows."""
        through = self.stands.paid_through if self.stands else None
        return None if through is None else (through - self.on).days

    @property
    def is_due(self) -> bool:
        return self.days_paid is not None and self.days_paid <= NEAR_DAYS

    @property
    def plan(self):
        """The plan by which the next payment is made: (amount in satang, n, unit); None where the regulation names none."""
        begun = [plan for first, plan in self.plans if first <= self.on]
        return begun[-1] if begun else None


def of(person: Person, *, on: date) -> list[FundRights]:
    """Each membership of a person, the oldest first."""
    mine = Membership.select(Membership.id).where(Membership.person == person.id, states.standing(Membership))
    known = facts.of([row for (row,) in mine.order_by(Membership.joined_on, Membership.id).tuples()])
    return [_of(one, on) for one in known.values()]


def _of(known: facts.Known, on: date) -> FundRights:
    page = known.book
    ruling = rulings.of(page.membership.fund, on)
    told = stands, _ = books.told(page, ruling, on)
    case = facts.case(known, event_on=on, ruling=ruling, told=told)
    found = rights.of(ruling.version, case) if ruling.version else []
    return FundRights(
        membership=page.membership,
        ruling=ruling,
        plans=ruling.plans_of(page.choices),
        stands=stands,
        paid_source=page.paid_source,
        case=case,
        rights=found,
        asked=rights.asked_for(found),
        on=on,
    )
