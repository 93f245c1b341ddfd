"""Members of a fund by their number, for who takes money by office and holds no kit: the one or two who have it, as a kit tells them."""

from db.models import Household, Membership, Person, Unit
from pwa.domain.custody import collectors, states
from pwa.domain.fieldwork import kit_dues
from pwa.domain.places import units
from pwa.domain.text import thai

MOST = 8


def numbered(account, number, *, on):
    """{"collects", "households", "people"} of whoever has this number in a fund for which the account may take money on a day.

    Only who lives where the account's office reaches; nobody for a number that nobody has.
    """
    serving, asked = collectors.funds(account.id, on), thai.clean(thai.digits(number))
    here = units.below(units.granted_on(account.id, collectors.OFFICERS))
    held = Membership.select(Membership.person).where(
        Membership.number == asked, Membership.fund.in_([fund.id for fund in serving]), states.standing(Membership)
    )
    query = Person.select(Person, Household, Unit).join(Household).join(Unit)
    query = query.where(Person.id.in_(held), Person.gone == "", Household.place.in_(list(here)))
    found = list(query.order_by(Person.id).limit(MOST)) if asked and serving else []
    pays = kit_dues.of([one.id for one in found], serving, on=on)
    homes = {one.household.id: one.household for one in found}
    return kit_dues.told(serving, on=on) | {
        "households": [_home(one) for one in homes.values()],
        "people": [_person(one, pays.get(one.id, [])) for one in found],
    }


def _home(row):
    return {"id": str(row.id), "place": row.place.code, "house": {"number": row.number, "description": row.description}}


def _person(row, pays):
    return {
        "id": row.local_id,
        "household": str(row.household_id),
        "name": {"title": row.title, "first_name": row.first_name, "last_name": row.last_name},
        "nickname": row.nickname,
        "pays": pays,
    }
