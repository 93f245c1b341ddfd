"""Which houses of a place a fund covers, from visits and from who is a member (network.md §1, §5): per place, house by house.

covered: somebody who lives there is a member of a fund here on that day, or showed a passbook. other_fund: nobody is, but somebody said
that they are in a fund elsewhere. not: the house was asked, and nobody is in one; why is how the last visit went. unknown: nobody was
met there yet. A house counts in the place where it stands, once, whatever funds serve the place.
"""

from typing import NamedTuple

from peewee import Case, Value, fn

from db.models import Application, Fact, Household, Membership, MembershipAct, Person, Unit
from pwa.domain.people import takings_back
from pwa.domain.register import tables
from pwa.domain.text import thai

STATES = ("covered", "other_fund", "not", "unknown")
ASKED = ("interested", "applied", "not_ready", "refused")
"""How a visit went at which somebody was met."""


class Count(NamedTuple):
    """A place with its houses by state, and why those in "not" are not: {outcome: houses}."""

    unit: Unit
    states: dict[str, int]
    whys: dict[str, int]

    @property
    def houses(self) -> int:
        return sum(self.states.values())


def counts(places, *, on):
    """[Count] of these units in which there is any house, by name."""
    each = Household.select(Household.place, Household.outcome, _state(on).alias("state"))
    each = each.where(Household.place.in_([unit.id for unit in places])).alias("each")
    by = each.c.place_id, each.c.state, each.c.outcome
    query = Household.select(*by, fn.COUNT(each.c.place_id)).from_(each).group_by(*by)
    found = {}
    for place, told, outcome, n in query.tuples():
        states, whys = found.setdefault(place, (dict.fromkeys(STATES, 0), {}))
        states[told] += n
        if told == "not":
            whys[outcome] = whys.get(outcome, 0) + n
    here = sorted((unit for unit in places if unit.id in found), key=lambda unit: (thai.sort_key(unit.name), unit.code))
    return [Count(unit, *found[unit.id]) for unit in here]


def houses(place, state, *, on):
    """The households of a place in this state, in the order in which one walks there: what a count is made of."""
    query = Household.select().where(Household.place == place, _state(on) == state)
    return list(query.order_by(Household.sort_key, Household.id))


def uncovered(places, *, on):
    """{household} of these units in which nobody is in a fund, as far as anybody knows."""
    query = Household.select(Household.id).where(Household.place.in_([unit.id for unit in places]))
    return {one for (one,) in query.where(_state(on).in_(("not", "unknown"))).tuples()}


def joined_elsewhere(members, names):
    """How many of these people (ids, or a query of them) said that they are in another fund, too, which is one of these by its name.

    Who named a fund of somewhere else, or could not name it, is nobody's double here.
    """
    path = Value("people.").concat(Person.local_id).concat(".other_fund_name")
    query = Fact.select(Fact).join(Person, on=(Fact.subject == Person.household) & (Fact.path == path))
    known = {thai.search_key(name) for name in names}
    told = query.where(Person.id.in_(members), Person.other_fund == "yes")
    return sum(thai.search_key(tables.unsealed(fact)) in known for fact in told)


def _state(on):
    """The state of a household as an expression over its row."""
    live_here = Person.select(Person.id).where(Person.household == Household.id, Person.gone == "")
    member = Membership.select(Membership.id).where(
        Membership.person.in_(live_here), takings_back.standing(Membership), ~_ended(on)
    )
    showed = Application.select(Application.person).where(
        Application.kind == "existing", Application.person.in_(live_here)
    )
    elsewhere = live_here.where(Person.other_fund == "yes")
    told = (
        (fn.EXISTS(member) | fn.EXISTS(showed), "covered"),
        (fn.EXISTS(elsewhere), "other_fund"),
        (Household.outcome.in_(ASKED), "not"),
    )
    return Case(None, told, "unknown")


def _ended(on):
    """Whether a membership has ended by a day, and nobody came back since."""
    end, back = MembershipAct.alias(), MembershipAct.alias()
    later = _undone(back).where(
        back.membership == Membership.id, back.kind == "rejoin", back.first >= end.first, back.first <= on
    )
    ends = _undone(end).where(end.membership == Membership.id, end.kind == "end", end.first <= on)
    return fn.EXISTS(ends.where(~fn.EXISTS(later)))


def _undone(act):
    """Acts of this alias that stand."""
    undo = MembershipAct.alias()
    return act.select(act.id).where(~fn.EXISTS(undo.select(undo.id).where(undo.undoes == act.id)))
