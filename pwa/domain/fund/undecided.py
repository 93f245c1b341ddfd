"""Members whose rights cannot be told because a fact is missing: whoever has the most benefits waiting on one comes first.

A page asks for the first few. Which benefits hang on a fact is asked once a version; members who lack the same facts are found
together, along indexes that hold only those who lack one, so that nobody walks the whole register.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from db.models import Fund, Household, Membership, Person, Unit
from pwa.domain import N_
from pwa.domain.custody import states
from pwa.domain.fund import benefits, facts, rulings, versions
from pwa.domain.fund.case import Case, Fact, Period
from pwa.domain.fund.sentences import Span
from pwa.domain.fund.terms import Rule
from pwa.domain.places import units

WORDS = {
    "paid_through": N_("through when they have paid"),
    "born": N_("when they were born"),
    "sex": N_("whether a woman or a man"),
}
"""What the register may lack of a member: how the page says it."""
LACKS = {
    "paid_through": Membership.paid_through.is_null(),
    "born": Person.birth_date == "",
    "sex": Person.sex == "",
}
MOST = 50
LONG = 90
"""Years: longer than any tenure that a regulation asks for."""
SHORTEST = {"day": 1, "month": 28, "year": 365}


@dataclass(frozen=True)
class Undecided:
    """A member, what is missing of them, and the codes of the benefits that nobody can answer without it."""

    membership: Membership
    person: Person
    missing: tuple[str, ...]
    benefits: tuple[str, ...]


def funds(account):
    """The funds whose regulation this account answers for, by name."""
    reach = units.within(account, *versions.OFFICERS)
    return list(Fund.select().where(Fund.unit.in_(reach)).order_by(Fund.name))


def of(fund, *, on, most=MOST):
    """The first members of a fund with a right that is undecided for a missing fact, the most affected first."""
    ruling = rulings.of(fund, on)
    version, found = ruling.version, []
    for missing, there, codes in _groups(version, on) if version else ():
        members = _lacking(fund, missing, there, _joined_by(version, codes, on), most - len(found))
        found += _proved(members, ruling, codes, on)
        if len(found) >= most:
            break
    return sorted(found, key=lambda one: -len(one.benefits))


def _proved(members, ruling, codes, on):
    """Those of them whom the engine itself cannot answer for want of these facts."""
    known = facts.of([one.id for one in members]) if members else {}
    for one in members:
        case = facts.case(known[one.id], event_on=on, ruling=ruling)
        asked = {code: benefits.outcome(ruling.version, code, case).missing for code in codes}
        open_ones = tuple(code for code, names in asked.items() if WORDS.keys() & set(names))
        if open_ones:
            missing = tuple(name for name in WORDS if any(name in asked[code] for code in open_ones))
            yield Undecided(one, one.who, missing, open_ones)


def _joined_by(version, codes, on):
    """Since when at the latest somebody must count to have waited long enough for one of these; a few days too late at most."""
    asked = [version.benefits[code].waiting for code in codes]
    spans = [one.span if isinstance(one, Rule) else Span(0, "day") for one in asked]
    return on - min(timedelta(days=span.n * SHORTEST[span.unit]) for span in spans)


def hanging(version, on):
    """{missing fact: codes of the benefits that a member of long standing cannot be told without it}, only where there are any."""
    asked = {code: _asked(version, benefit, on) for code, benefit in version.benefits.items()}
    told = {name: tuple(code for code, names in asked.items() if name in names) for name in WORDS}
    return {name: codes for name, codes in told.items() if codes}


def _asked(version, benefit, on):
    """The facts that an answer would ask for of somebody about whom nothing is known but that they joined long ago."""
    since = on.replace(year=on.year - LONG, day=1)
    nobody = Case(
        event_on=on,
        periods=Fact((Period(since),)),
        tenure_from=Fact(since),
        coverage=Fact(),
        subject=Fact((benefit.subjects or ("member",))[0]),
    )
    return benefits.outcome(version, benefit.code, nobody).missing


def _groups(version, on):
    """[(what is missing, what is there, codes)], the most benefits first; what nothing hangs on is missed by nobody."""
    hangs = hanging(version, on)
    sets = [names for size in range(len(hangs), 0, -1) for names in combinations(hangs, size)]
    told = []
    for names in sets:
        codes = tuple(code for code in version.benefits if any(code in hangs[name] for name in names))
        told.append((names, tuple(hangs.keys() - set(names)), codes))
    return sorted(told, key=lambda one: (-len(one[2]), -len(one[0])))


def _lacking(fund, missing, there, since, most):
    """Members who lack these facts and have the others, with `.who` (Person, household and place)."""
    query = Membership.select(Membership, Person, Household, Unit)
    query = query.join(Person, on=(Membership.person == Person.id), attr="who").join(Household).join(Unit)
    told = [*(LACKS[name] for name in missing), *(~LACKS[name] for name in there)]
    told.append(Membership.tenure_from <= since)
    order = Membership.number if "paid_through" in missing else Person.id
    query = query.where(Membership.fund == fund, states.standing(Membership), Person.gone == "", *told)
    return list(query.order_by(order).limit(most))
