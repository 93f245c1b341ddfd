"""Who was present at a sitting, and as what: officers by their account, others by name. What was written wrongly is taken back by a row."""

from peewee import JOIN

from db import database
from db.models import Account, Attendance, Person, RoleGrant
from pwa.domain import N_, Refusal
from pwa.domain.fund import rulings
from pwa.domain.places import grants, units
from pwa.domain.text import wording

LONGEST = 100
LEADS = ("chair", "minutes")
"""Offices that belong to a sitting alone; each other one is a role, or the words for somebody without an account."""
OFFICES = ("committee", "registrar", "treasurer", "auditor", "zone_leader")
NOT_HERE = N_("This is no officer of the fund. Write their name instead.")
WHO = N_("Write the name as well, and as what they came.")
NOBODY = N_("Write down first who is present. Without that nothing is resolved here.")
TOO_FEW = N_("The regulation wants %(n)s present, and %(there)s are. Wait for more, or put it off to the next meeting.")


def of(resolution):
    """[Attendance] of who was present, in the order in which they were written down."""
    query = Attendance.select(Attendance, Account).join(Account, JOIN.LEFT_OUTER, on=Attendance.who)
    last = {}
    for one in query.where(Attendance.resolution == resolution).order_by(Attendance.id):
        last[_key(one)] = one
    return [one for one in last.values() if one.present]


def candidates(fund):
    """[(Account, role)] of the officers over a fund, the committee first, then by name; of several roles the first of OFFICES."""
    over = units.above(fund.unit_id)
    query = grants.living(RoleGrant.role, Account).join(Account, on=RoleGrant.account)
    found = {}
    for grant in query.where(RoleGrant.unit.in_(over), RoleGrant.role.in_(OFFICES)):
        role = found.get(grant.account, grant.role)
        found[grant.account] = min(role, grant.role, key=OFFICES.index)
    return sorted(found.items(), key=lambda one: (OFFICES.index(one[1]), one[0].name))


def record(resolution, officers, guests, *, by, at):
    """Write down who is present: officers {account id as text: office}, guests {name: office}. Who is not named any more was not there."""
    known = {str(account.id): (account, role) for account, role in candidates(resolution.fund)}
    wanted = {}
    for number, office in officers.items():
        if number not in known:
            raise Refusal(NOT_HERE, field="present")
        account, role = known[number]
        wanted[account.id] = (account, account.name, office if office in LEADS else role)
    for name, office in guests.items():
        name, office = (wording.said(text, asked=WHO, field="name", longest=LONGEST) for text in (name, office))
        wanted[name] = (None, name, office)
    with database.atomic():
        there = {_key(one): one for one in of(resolution)}
        for key, (account, name, office) in wanted.items():
            if key not in there or there[key].office != office:
                _write(resolution, True, account, name, office, by, at)
        for key, one in there.items():
            if key not in wanted:
                _write(resolution, False, one.who, one.name, one.office, by, at)


def quorum(resolution):
    """How many the regulation of the day wants present; None where it does not say."""
    version = rulings.of(resolution.fund, resolution.resolved_on).version
    return version.settings.quorum if version else None


def must_suffice(resolution):
    """Refuses while nobody is written down as present, or fewer than the regulation wants."""
    there, wanted = len(of(resolution)), quorum(resolution)
    if not there:
        raise Refusal(NOBODY)
    if wanted and there < wanted:
        raise Refusal(TOO_FEW, n=wanted, there=there)


def homes(present):
    """{attendance id: the household of who has an account and stands in the register}."""
    people = {one.id: one.who.person for one in present if one.who and one.who.person}
    lived = dict(Person.select(Person.id, Person.household).where(Person.id.in_(list(people.values()))).tuples())
    return {number: lived[person] for number, person in people.items() if person in lived}


def _key(one):
    return one.who_id or one.name


def _write(resolution, present, account, name, office, by, at):
    about = dict(resolution=resolution, present=present, who=account, name=name, office=office)
    Attendance.create(**about, account=by, at=at)
