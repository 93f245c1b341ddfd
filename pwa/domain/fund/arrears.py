"""Who is in arrears, house after house as one walks: how much, for how long, and until when their rights hold. Nothing of it is kept."""

from dataclasses import dataclass
from datetime import date

from db.models import Fund, Household, Membership, Person, Unit
from pwa.domain.custody import states
from pwa.domain.fund import books, rulings
from pwa.domain.people import roles
from pwa.domain.places import funds as funds_of
from pwa.domain.places import units

READERS = roles.may("check-money", "read-books")
BOOKKEEPERS = roles.may("read-books")
LEADERS = tuple(role for role in READERS if role not in BOOKKEEPERS)


@dataclass(frozen=True)
class Owing:
    """A member in arrears. `lapse_due_on` is the first day without rights, None without such a rule."""

    membership: Membership
    person: Person
    paid_through: date
    days: int
    satang: int
    lapse_due_on: date | None

    @property
    def months(self):
        """Whole months behind, one at least."""
        return max(1, self.days // 30)


def funds(account):
    """[Fund] whose books this account reads, or with members in places where it checks money, by name."""
    reach = units.within(account, *LEADERS)
    near = (units.above(*reach) if reach else set()) | funds_of.kept_on(account, *BOOKKEEPERS)
    return list(Fund.select().where(Fund.unit.in_(near)).order_by(Fund.name)) if near else []


def of(fund, account, *, on):
    """[Owing] of a fund, for who reads its books of all of it, for a leader of the places where they check money, in walking order."""
    if fund.unit_id in funds_of.kept_on(account, *BOOKKEEPERS):
        return of_fund(fund, on=on)
    return _owing(fund, _members(fund, Household.place.in_(units.within(account, *LEADERS))), on)


def of_fund(fund, *, on):
    """[Owing] of all of a fund, in walking order."""
    return _owing(fund, _members(fund), on)


def lapsed(fund, *, on):
    """[Owing] of a fund whose rights have ended because nothing was paid, and about whom no meeting has resolved anything."""
    return [one for one in of_fund(fund, on=on) if one.lapse_due_on and one.lapse_due_on <= on]


def _owing(fund, members, on):
    ruling, held = rulings.of(fund, on), books.of([row.id for row in members]) if members else {}
    found = []
    for row in members:
        book = held[row.id]
        if any(term.joined <= on for term in book.terms):
            stands = books.standing_of(book, ruling, on)
            if stands.standing == "arrears":
                about = (stands.paid_through, stands.arrears_days, stands.arrears_satang, stands.lapse_due_on)
                found.append(Owing(row, row.who, *about))
    return found


def _members(fund, *conditions):
    query = Membership.select(Membership, Person, Household, Unit)
    query = query.join(Person, on=(Membership.person == Person.id), attr="who").join(Household).join(Unit)
    query = query.where(Membership.fund == fund, states.standing(Membership), *conditions)
    return list(query.order_by(Unit.name, Household.sort_key, Household.id, Membership.number))
