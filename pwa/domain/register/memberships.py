"""Memberships as they are made: with the next number by a resolution, or with number and tenure as the passbook says.

One that was taken back (admission_slips) never began, for whoever asks; only its number is not given again (numbers).
"""

import uuid

from db.models import Entry, Household, Membership, Person
from pwa.domain import N_, Refusal
from pwa.domain.custody import states
from pwa.domain.register import register
from pwa.domain.text import dates, thai


def passbook(application):
    """{name: Value} of what the passbook says of somebody who is a member already."""
    person = Person.get_by_id(application.person)
    prefix = f"people.{person.local_id}.passbook."
    values = register.values(person.household_id)
    return {path.removeprefix(prefix): held for path, held in values.items() if path.startswith(prefix)}


def source(held):
    """The entry that a register value came from."""
    return Entry.get_by_id(held.entry)


def begin(application, admission, number, *, starts):
    """A new member: joined with the resolution; tenure from application, resolution or first payment, as the fund's rules say."""
    resolved_on = admission.resolution.resolved_on
    tenure = {"application": application.applied_on, "resolution": resolved_on, "first_payment": None}
    _member(application, admission, number, joined_on=resolved_on, tenure_from=tenure[starts])


def carry_on(application, admission):
    """A member already: number, day of joining, tenure and what is paid stay as in the passbook."""
    page = {name: held.value for name, held in passbook(application).items()}
    number = thai.clean(thai.digits(str(page.get("number") or "")))
    joined_on, paid_through = dates.day(page.get("joined_on")), dates.day(page.get("paid_through"))
    if not number or joined_on is None:
        raise Refusal(N_("The passbook's number and day of joining are needed. Send the volunteer to the house again."))
    _member(application, admission, number, joined_on=joined_on, tenure_from=joined_on, paid_through=paid_through)


def of(unit):
    """People of the register who live in a unit and are members of a fund, by house and name."""
    members = Membership.select(Membership.person).where(states.standing(Membership))
    query = Person.select().join(Household).where(Person.id.in_(members), Household.place == unit)
    return list(query.order_by(Household.sort_key, Person.sort_key, Person.id))


def name_of(person_id):
    return names_of([person_id])[person_id]


def names_of(people):
    """{id: name} of people, also of those who are not in the register now."""
    found = {
        one.id: f"{one.title}{one.first_name} {one.last_name}".strip()
        for one in Person.select().where(Person.id.in_(people))
    }
    return {person: found.get(person, "—") for person in people}


def _member(application, admission, number, **dates):
    """One membership a person and fund, one person a number."""
    here = Membership.select().where(Membership.fund == application.fund_id)
    held, joined = here.where(Membership.number == number), here.where(Membership.person == application.person)
    holder = held.where(states.standing(Membership)).first()
    if holder is not None:
        raise Refusal(N_("Number %(number)s is %(name)s's already."), number=number, name=name_of(holder.person))
    if joined.where(states.standing(Membership)).exists():
        raise Refusal(N_("%(name)s is a member of this fund already."), name=name_of(application.person))
    turn = joined.count()
    Membership.create(
        id=uuid.uuid5(application.person, f"fund {application.fund_id}" + (f" turn {turn}" if turn else "")),
        person=application.person,
        fund=application.fund_id,
        number=number,
        admission=admission,
        turn=turn,
        number_turn=held.count(),
        **dates,
    )
