"""Heads of a network, counted once with the report of a month over the register of this machine, and kept as numbers alone."""

from peewee import JOIN, Value

from db import database
from db.models import Fact, Fund, HeadCount, Membership, Person
from pwa.domain.custody import states
from pwa.domain.fund import house_states
from pwa.domain.network import heads, month_members, told_months
from pwa.domain.register import members, tables
from pwa.domain.register.traits import SEX_OF_TITLE
from pwa.domain.text import dates, national_ids


def count(unit, period, *, by, at):
    """Count the month of a network or province (its code), once; who asked for it is kept where members see who looked. The HeadCount."""
    with database.atomic():
        kept = HeadCount.get_or_none(HeadCount.unit == unit, HeadCount.period == period)
        if kept is not None:
            return kept
        sizes = told_months.numbers(unit, period, "members")
        here = list(Fund.select().where(Fund.code.in_(list(sizes))).order_by(Fund.id))
        found, declared = counted(here, period), _declared(unit, here, period)
        members.view_counted(unit, by=by, at=at)
        told = dict(funds=len(sizes), here=len(here), largest=max(sizes.values(), default=0), total=sum(sizes.values()))
        return HeadCount.create(unit=unit, period=period, declared=declared, at=at, **told, **found._asdict())


def counted(funds, period):
    """The heads.Found of funds of this machine at the end of a month: numbers, whatever they were counted from."""
    seen = [one for fund in funds for one in _seen(fund, month_members.ends(period))]
    return heads.Found(len(seen), sum(bool(one.key) for one in seen), heads.doubles(seen))


def _declared(unit, funds, period):
    """How many members of these funds say that they are in another fund of this parent, too."""
    names = {fund.code: fund.name for fund in funds} | told_months.names(unit)
    end = month_members.ends(period)
    return sum(
        house_states.joined_elsewhere(
            [one for one in month_members.members(fund, end, None).values() if one is not True],
            [name for code, name in names.items() if code != fund.code],
        )
        for fund in funds
    )


def of(unit, period):
    """(HeadCount, heads.Heads, its two doubts or None) of the last count of a unit through a month; None where there is none."""
    query = HeadCount.select().where(HeadCount.unit == unit, HeadCount.period <= period)
    kept = query.order_by(HeadCount.period.desc()).first()
    if kept is None:
        return None
    found = heads.Found(kept.memberships, kept.usable, kept.doubles) if kept.here == kept.funds else None
    told = heads.heads(kept.largest, kept.total, found, kept.declared)
    return kept, told, heads.doubts(*found) if found and told.low is not None else None


def _seen(fund, end):
    """[heads.Seen] of a fund's members at an instant."""
    known = month_members.members(fund, end, None)
    path = Value("people.").concat(Person.local_id).concat(".id_number")
    query = Membership.select(
        Membership.id, Membership.person, Person.id_index, Person.sex, Person.title, Person.birth_date, Fact
    )
    query = query.join(Person, JOIN.LEFT_OUTER, on=(Person.id == Membership.person))
    query = query.join(Fact, JOIN.LEFT_OUTER, on=(Fact.subject == Person.household) & (Fact.path == path))
    found = []
    query = query.where(Membership.fund == fund, states.standing(Membership))
    for membership, person, index, sex, title, birth, *fact in query.tuples():
        if membership in known:
            born = dates.day(birth or "")
            sex = month_members.SEX.get(sex or SEX_OF_TITLE.get(title) or "", "unknown")
            usable = index if index and _is_valid(fact) else ""
            found.append(heads.Seen(str(person), usable, sex, born.year if born else None))
    return found


def _is_valid(number):
    """Whether the Fact of an ID number, its columns or only None, holds one with the right last digit."""
    said = tables.unsealed(Fact(**dict(zip(Fact._meta.fields, number, strict=True)))) if number[0] else None
    return isinstance(said, str) and national_ids.valid(national_ids.clean(said))
