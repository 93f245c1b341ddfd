"""Which claims somebody looks after, by where they stand: every queue is a question about the last act."""

from dataclasses import dataclass

from peewee import JOIN, fn

from db.models import Claim, ClaimAct, Fund, Household, Person, Unit
from db.statements import Prepared
from pwa.domain.fund import claim_states, claims, versions
from pwa.domain.fund.terms import Benefit
from pwa.domain.places import units

MOST = 100


@dataclass(frozen=True)
class Row:
    """A claim as a list shows it. `benefit` is that of the regulation of the event's day; `person` None: not in the register."""

    standing: claims.Standing
    benefit: Benefit | None
    person: Person | None

    @property
    def claim(self):
        return self.standing.claim


def of(account, *states, only=(), most=MOST):
    """[Row] of the claims in these states that this account looks after, by the day of the event, then as they came; `only` those that
    fulfil further conditions.
    """
    reach = units.within(account, *claim_states.READERS)
    living = Person.select(Person.id).join(Household).where(Household.place.in_(reach))
    mine = Claim.fund.in_(Fund.select(Fund.id).where(Fund.unit.in_(reach))) | Claim.person.in_(living)
    return rows(mine, stands(states), *only, most=most)


def rows(*conditions, most=MOST):
    """[Row] of the claims that fulfil the conditions."""
    query = Claim.select(Claim, Fund).join(Fund).where(*conditions)
    found = claims.many(query.order_by(Claim.event_on, Claim.at, Claim.id).limit(most))
    if not found:
        return []
    people = Person.select(Person, Household, Unit).join(Household, JOIN.LEFT_OUTER).join(Unit, JOIN.LEFT_OUTER)
    known = {one.id: one for one in people.where(Person.id.in_({one.claim.person for one in found}))}
    known_rules = {}
    return [Row(one, _benefit(one, known_rules), known.get(one.claim.person)) for one in found]


def row_of(standing):
    """The Row of one claim."""
    return Row(standing, _benefit(standing, {}), Person.get_or_none(Person.id == standing.claim.person))


def waiting(fund):
    """How many claims of a fund wait for the committee."""
    return _waiting.value(fund)


def stands(states):
    """Condition: the last act about the claim itself has led to one of these states."""
    kinds = [kind for kind, act in claim_states.CLAIM.items() if act.to in states]
    later = ClaimAct.alias()
    last = later.select(fn.MAX(later.n)).where(later.claim == ClaimAct.claim, later.kind.in_(list(claim_states.CLAIM)))
    return Claim.id.in_(ClaimAct.select(ClaimAct.claim).where(ClaimAct.kind.in_(kinds), ClaimAct.n == last))


def _benefit(standing, known):
    """The benefit of a claim by the version of its event's day; each fund's versions are read once."""
    fund, day = standing.claim.fund, standing.claim.event_on
    if fund.id not in known:
        known[fund.id] = versions.effective(fund)
    begun = [one for one in known[fund.id] if one.in_force_from is None or one.in_force_from <= day]
    return begun[-1].benefits.get(standing.said["benefit"]) if begun else None


_waiting = Prepared(lambda fund: Claim.select(fn.COUNT(Claim.id)).where(Claim.fund == fund, stands(claim_states.OPEN)))
