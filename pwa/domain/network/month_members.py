"""Who is a member of a fund by what was decided before a moment, who came and went, and what the register knows of them. Read only."""

from datetime import UTC, date, datetime, timedelta

from db.models import Admission, Membership, MembershipAct, Person
from pwa.domain.custody import states
from pwa.domain.network import figures
from pwa.domain.register.traits import SEX_OF_TITLE
from pwa.domain.text import dates
from pwa.domain.text.dates import BANGKOK

DAY = timedelta(days=1)
SEX = {"female": "f", "male": "m"}


def days_of(period):
    """The first and the last day of a month ("2026-10")."""
    first = date(int(period[:4]), int(period[5:]), 1)
    return first, (first + timedelta(days=31)).replace(day=1) - DAY


def ends(period):
    """The instant at which the month is over, in Thai time."""
    _, last = days_of(period)
    return datetime.combine(last + DAY, datetime.min.time(), BANGKOK).astimezone(UTC)


def month_before(period):
    first, _ = days_of(period)
    return f"{first - DAY:%Y-%m}"


def members(fund, end, limits):
    """{membership id: person} of who is a member by all that was decided before an instant."""
    query = Membership.select(Membership.id, Membership.person).join(Admission)
    query = query.where(Membership.fund == fund, states.standing(Membership), Admission.at < end)
    if limits:
        query = query.where(Admission.id <= limits["admission"])
    known = dict(query.tuples())
    acts = MembershipAct.select(MembershipAct.membership, MembershipAct.kind, MembershipAct.id, MembershipAct.undoes)
    acts = acts.join(Membership).where(Membership.fund == fund, MembershipAct.at < end)
    if limits:
        acts = acts.where(MembershipAct.id <= limits["membership_act"])
    rows = list(acts.order_by(MembershipAct.first, MembershipAct.id).tuples())
    undone = {undoes for *_, undoes in rows}
    for membership, kind, number, _ in rows:
        if kind in ("end", "rejoin") and number not in undone:
            known[membership] = None if kind == "end" else known.get(membership) or True
    return {one: person for one, person in known.items() if person is not None}


def admitted_anew(memberships, limits):
    """Those of these memberships that a meeting admitted, or who came back: not the ones of the old books."""
    query = Membership.select(Membership.id, Admission.kind).join(Admission)
    query = query.where(Membership.id.in_(list(memberships)), states.standing(Membership))
    old = {str(one) for one, kind in query.tuples() if kind == "existing"}
    back = MembershipAct.select(MembershipAct.membership).where(MembershipAct.membership.in_(list(memberships)))
    return set(memberships.values()) - (old - {str(one) for (one,) in back.tuples()})


def whys(memberships, limits):
    """{membership id: why its last end was}."""
    query = MembershipAct.select(MembershipAct.membership, MembershipAct.why)
    query = query.where(MembershipAct.membership.in_(list(memberships)), MembershipAct.kind == "end")
    return {str(one): why for one, why in query.order_by(MembershipAct.id).tuples()}


def traits(members, on, size):
    """{membership id: {sex, age}} on a day, as the register knows them; a title tells the sex where nobody wrote it."""
    query = Membership.select(Membership.id, Person.sex, Person.title, Person.birth_date)
    query = query.join(Person, on=(Person.id == Membership.person)).where(
        Membership.id.in_(list(members)), states.standing(Membership)
    )
    known = {str(one): traits for one, *traits in query.tuples()}
    found = {}
    for one in map(str, members):
        sex, title, birth = known.get(one, ("", "", ""))
        born = dates.day(birth or "")
        years = on.year - born.year - ((on.month, on.day) < (born.month, born.day)) if born else None
        found[one] = {
            "sex": SEX.get(sex or SEX_OF_TITLE.get(title) or "", "unknown"),
            "age": figures.age_group(years, size),
        }
    return found
