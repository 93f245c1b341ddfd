"""Whose claim it is, for who holds no kit: a member by their number or oneself, with the house, shaped as a kit tells it."""

from db.models import Household, Membership, Person, Unit
from pwa.domain import NotFound
from pwa.domain.custody import states
from pwa.domain.fieldwork import kit_houses, kit_rights, kits
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.text import thai

MOST = 8
RECORDERS = roles.may("record")


def numbered(account, number):
    """[Person] with this member number in some fund, where the account records; nobody for a number that nobody has."""
    asked, reach = thai.clean(thai.digits(number)), units.within(account, *RECORDERS)
    held = Membership.select(Membership.person).where(Membership.number == asked, states.standing(Membership))
    query = Person.select(Person, Household, Unit).join(Household).join(Unit)
    query = query.where(Person.id.in_(held), Household.place.in_(list(reach)))
    return list(query.order_by(Person.id).limit(MOST)) if asked else []


def get(person_id, *, by):
    """Somebody of a house where the account records. Raises NotFound."""
    query = Person.select(Person, Household, Unit).join(Household).join(Unit).where(Person.id == person_id)
    person = query.where(Household.place.in_(list(units.within(by, *RECORDERS)))).first()
    if person is None:
        raise NotFound
    return person


def house_of(person, *, on):
    """{"member", "household", "people", "told"}: the person's house and who lives there, with what members would get and what was claimed."""
    home = person.household
    living = Person.select(Person.id).where(Person.household == home, Person.gone == "")
    rights = kit_rights.Members(living)
    people = [_person(row, rights.marks) for row in Person.select().where(Person.id.in_(living)).order_by(Person.id)]
    claimed = kit_houses.of([home.place], on=on, house=home.id).get(home.id, {})
    household = {"id": str(home.id), "place": home.place.code, "house": {"number": home.number}} | claimed
    told = kits.told(people, rights, on=on)
    return {"member": str(person.id), "household": household, "people": people, "told": told}


def _person(row, marks):
    mine = {"rights": marks[row.id]} if row.id in marks else {}
    name = {"title": row.title, "first_name": row.first_name, "last_name": row.last_name}
    return {"id": row.local_id, "household": str(row.household_id), "name": name, "nickname": row.nickname} | mine
