"""People whom somebody else named are told within 30 days that their data is kept (PDPA s.25). Who told them and how is kept."""

from datetime import timedelta

from peewee import JOIN, fn

from db import database
from db.models import Household, Notice, Person, Unit, Untold
from db.statements import Prepared, insert
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.people import roles
from pwa.domain.places import units

WITHIN = timedelta(days=30)
ROLES = roles.may("tell")
MOST_SHOWN = 40
WAYS = {
    "face": N_("In person"),
    "phone": N_("By phone"),
    "paper": N_("On paper"),
    "parent": N_("To the parent or guardian"),
}


def due(*, seen_by):
    """People of the account's places who are still to be told, the soonest due first, at most 40, with household and place."""
    query = Person.select(Person, Household, Unit).join(Household).join(Unit).switch(Person)
    in_place = fn.COALESCE(Untold.place, 0).in_(
        _reach(seen_by)
    )  # found in the order of the days, not by sorting whole places
    query = query.join(Untold, on=(Untold.person == Person.id)).where(in_place)
    return list(query.order_by(Untold.named_at, Household.sort_key, Person.sort_key).limit(MOST_SHOWN))


def count(*, seen_by):
    """How many are still to be told."""
    return _count.value(list(_reach(seen_by))) or 0


_count = Prepared(lambda near: Untold.select(fn.COUNT(Untold.person)).where(Untold.place.in_(near)))


def since(*, seen_by):
    """When the first of them was named, or None."""
    return Untold.named_at.python_value(_since.value(list(_reach(seen_by))))


_since = Prepared(lambda near: Untold.select(fn.MIN(Untold.named_at)).where(Untold.place.in_(near)))


def days_left(person, *, at):
    """Days until a person must have been told; negative when it is late."""
    return (person.named_at + WITHIN - at).days


def get(person_id, *, seen_by):
    """Somebody of the account's places who is to be told, or was."""
    person = Person.select(Person, Household).join(Household).where(Person.id == person_id).get_or_none()
    if person is None or person.household.place_id not in units.within(seen_by, *ROLES):
        raise NotFound
    return person


def tell(person, *, by, at, how):
    """Note that a person was told, by whom, when and how. A second time changes nothing."""
    if how not in WAYS:
        raise Refusal(N_("Choose how the person was told."), field="how")
    with database.atomic():
        told, _ = Notice.get_or_create(person=person.id, defaults={"account": by, "at": at, "how": how})
        Untold.delete().where(Untold.person == person.id).execute()
        return told


def note(people):
    """Bring the list of who is still to be told up to date about these people, by their ids: also about who is gone from the register."""
    Untold.delete().where(Untold.person.in_(people)).execute()
    insert(Untold, list(still_due(Person.id.in_(people)).dicts()))


def still_due(*conditions):
    """{person, place, named_at} of who is to be told, read off the register and what was told."""
    query = Person.select(Person.id.alias("person"), Household.place, Person.named_at).join(Household)
    query = query.switch(Person).join(Notice, JOIN.LEFT_OUTER, on=(Notice.person == Person.id))
    due = (~Person.present, Person.gone == "", Person.named_at.is_null(False))
    return query.where(Notice.id.is_null(), *due, *conditions)


def _reach(account):
    return units.within(account, *ROLES)
