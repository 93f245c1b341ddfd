"""Which claims somebody looks after, by where they stand: every queue is a question about the last act."""

import uuid
from dataclasses import dataclass
from datetime import date

from peewee import JOIN, fn

from db.models import Claim, ClaimStanding, Fund, Household, Person, Unit
from db.statements import Prepared
from pwa.domain.fund import claim_states, claims, due_claims, versions
from pwa.domain.fund.terms import Benefit
from pwa.domain.places import units

MOST = 100
PAGE = 30
"""So many claims are on a page."""


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
    fulfil further conditions, which few do: where they stand is then seen of each.
    """
    reach = units.within(account, *claim_states.READERS)
    living = Person.select(Person.id).join(Household).where(Household.place.in_(reach))
    mine = Claim.fund.in_(Fund.select(Fund.id).where(Fund.unit.in_(reach))) | Claim.person.in_(living)
    if not only:
        return rows(mine, stands(states), most=most)
    return [row for row in rows(*only, mine, most=None) if row.standing.state in states][:most]


def pages(account, *asked, after="", most=PAGE):
    """[(state, [Row], the key after which its next page begins, "" on the last)] of the claims in each of these states that this account
    looks after. What waits is told the oldest event first, what is decided the latest first.
    """
    reach = units.within(account, *claim_states.READERS)
    funds = list(Fund.select())
    own, others = (
        [one.id for one in funds if one.unit_id in reach],
        [one.id for one in funds if one.unit_id not in reach],
    )
    living = Person.select(Person.id).join(Household).where(Household.place.in_(reach))
    ways = [ClaimStanding.fund.in_(own)] if own else []
    ways += [ClaimStanding.fund.in_(others) & Claim.person.in_(living)] if others else []
    keys = {state: _seen(state, ways, _key(after), most) for state in asked}
    ids = [claim for one in keys.values() for _, claim in one[:most]]
    known = {row.claim.id: row for row in rows(Claim.id.in_(ids), most=None)} if ids else {}
    return [
        (state, [known[claim] for _, claim in one[:most]], ".".join(map(str, one[most - 1])) if len(one) > most else "")
        for state, one in keys.items()
    ]


def _seen(state, ways, after, most):
    """[(day of the event, claim's id)] in their order: a page, and one more where there is another. Each way is asked along an index."""
    is_open = state in claim_states.OPEN
    about = dict(state=state, after=after, is_open=is_open, most=most)
    return sorted({key for way in ways for key in _keys(way, **about)}, reverse=not is_open)[: most + 1]


def _keys(*conditions, state, after, is_open, most):
    """(day of the event, claim's id) of so many claims and one, along the index."""
    key = ClaimStanding.event_on, ClaimStanding.claim
    query = ClaimStanding.select(*key).join(Claim).where(ClaimStanding.state == state, *conditions)
    if after:
        day, claim = after
        later, same = (key[0] > day, key[1] > claim) if is_open else (key[0] < day, key[1] < claim)
        query = query.where(later | ((key[0] == day) & same))
    order = key if is_open else [one.desc() for one in key]
    return query.order_by(*order).limit(most + 1).tuples()


def _key(said):
    """(day, claim's id) that a page says; None for what is no key."""
    try:
        day, claim = said.split(".")
        return date.fromisoformat(day), uuid.UUID(claim)
    except ValueError:
        return None


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
    """How many claims of a fund wait for the committee, each by itself."""
    return _waiting.value(fund)


def stands(states):
    """Condition: the last act about the claim itself has led to one of these states."""
    return Claim.id.in_(ClaimStanding.select(ClaimStanding.claim).where(ClaimStanding.state.in_(states)))


def due(funds):
    """Condition: granted by one of these funds (ids), and something of it may still have to be paid."""
    asked = ClaimStanding.fund.in_(funds) & ClaimStanding.is_due
    return Claim.id.in_(ClaimStanding.select(ClaimStanding.claim).where(asked))


def _benefit(standing, known):
    """The benefit of a claim by the version of its event's day; each fund's versions are read once."""
    fund, day = standing.claim.fund, standing.claim.event_on
    if fund.id not in known:
        known[fund.id] = versions.effective(fund)
    begun = [one for one in known[fund.id] if one.in_force_from is None or one.in_force_from <= day]
    return begun[-1].benefits.get(standing.said["benefit"]) if begun else None


_waiting = Prepared(
    lambda fund: Claim.select(fn.COUNT(Claim.id)).where(
        Claim.fund == fund, stands(claim_states.OPEN), due_claims.alone()
    )
)
