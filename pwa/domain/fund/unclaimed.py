"""Nobody forgotten: what the register says has happened to members and their houses, and nobody has claimed yet.

A birth, a death, an age that was reached; each until the fund's window for claims has passed. That it may be claimed is all that is
said: what it comes to the rules answer with the claim.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from db.models import Claim, Entry, Fact, Fund, Household, Membership, Opening, Person, Unit
from pwa.domain.custody import entries, states
from pwa.domain.fund import claim_states, claims, outlook, versions
from pwa.domain.fund.membership import complete
from pwa.domain.fund.terms import Benefit, Compared, Regulation, Rule, Version
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.register import tables
from pwa.domain.text import dates

BACK = timedelta(days=400)
"""So long an event is remembered where the fund names no window."""
PARENTS = ("head", "spouse")
CHILDREN = ("child", "grandchild")
Rules = dict[int, tuple[Version, ...]]
"""{fund id: its versions}."""
WAITS = ("received", "returned")
LOOKERS = roles.may("check", "propose-claims")


@dataclass(frozen=True)
class Event:
    """One of them: a member's benefit, when and to whom it happened, and the last day on which it may be claimed (None: no window)."""

    membership: Membership
    member: Person
    benefit: Benefit
    on: date
    name: str
    last_on: date | None
    is_of_birthday: bool
    is_of_health: bool

    def days_left(self, on: date) -> int | None:
        """Days until the window closes, counting that last day; None without a window."""
        return None if self.last_on is None else (self.last_on - on).days + 1


def within(*conditions: Any, on: date, ahead: timedelta = timedelta()) -> list[Event]:
    """[Event] of the houses that fulfil the conditions that may be claimed on a day or, of an age, so long after it; the most pressing first."""
    rules = {fund.id: tuple(versions.effective(fund)) for fund in Fund.select()}
    houses = _candidates(rules, *conditions, on=on, ahead=ahead)
    living = Person.select(Person, Household, Unit).join(Household).join(Unit)
    people = list(living.where(Person.household.in_(houses)))
    if not people:
        return []
    held, died, found = _held(people, rules), _died(people), []
    members, homes = {one.id: one for one in people}, _homes(people)
    for one, known in held:
        member = members[one.person]
        found += _events(member, homes[member.household_id], died, one, known, until=on + ahead)
    open_still = [one for one in _once(found) if one.on + BACK >= on and (one.last_on is None or one.last_on >= on)]
    told = _told(people) if open_still else Counter()
    left = [one for one in open_still if not _is_told(one, told)]
    return sorted(left, key=lambda one: (one.last_on or date.max, one.on, str(one.member.id)))


def near(account: Any, *, on: date) -> list[Event]:
    """[Event] of the houses where the account's roles that look after claims reach."""
    reach = units.within(account, *LOOKERS)
    return within(Household.place.in_(list(reach)), on=on)


def _candidates(rules: Rules, *conditions: Any, on: date, ahead: timedelta) -> Any:
    """The ids of the houses of which something of the last time may be told, as a query: nobody else is read."""
    first = (on - BACK).isoformat()
    lately = (Person.relation.in_(CHILDREN) & (Person.birth_date >= first)) | (
        (Person.gone == "died") & (Household.visited_at >= first)
    )
    oldest, youngest = on - BACK, on + ahead
    for age in _ages(rules):
        lately |= Person.birth_date.between(
            f"{oldest.year - age}{oldest:-%m-%d}", f"{youngest.year - age}{youngest:-%m-%d}"
        )
    return Person.select(Person.household).join(Household).where(*conditions, lately)


def _ages(rules: Rules) -> set[int]:
    """The ages of which some fund's regulation makes an event."""
    known = [one for mine in rules.values() for version in mine for one in version.benefits.values()]
    return {age for one in known if one.event == "age" for age in _asked(one)}


def _asked(benefit: Benefit) -> list[int]:
    tests = [one for one in benefit.conditions if isinstance(one, Compared)]
    return [one.value for one in tests if (one.fact, one.op) == ("age", "at_least") and one.value]


def _homes(people: Iterable[Person]) -> dict[Any, list[Person]]:
    found: dict[Any, list[Person]] = {}
    for one in people:
        found.setdefault(one.household_id, []).append(one)
    return found


def _held(people: Iterable[Person], rules: Rules) -> list[tuple[Membership, tuple[Version, ...]]]:
    ids = [one.id for one in people]
    query = Membership.select(Membership, Fund).join(Fund)
    query = query.where(Membership.person.in_(ids), states.standing(Membership))
    rows = query.order_by(Membership.joined_on, Membership.id)
    return [(one, rules[one.fund_id]) for one in rows if rules[one.fund_id]]


def _events(member, house, died, membership, known, *, until: date) -> Iterator[Event]:
    regulation = Regulation(known[0].regulation, known)
    for happened, name, on in _happened(member, house, died):
        version = regulation.version_for(on)
        for benefit in version.benefits.values() if version else ():
            if _fits(benefit, happened):
                yield _event(
                    membership, member, version, benefit, on, name, regulation, is_of_birthday=happened == "birth"
                )
    version = regulation.version_for(until)
    for benefit in version.benefits.values() if version and not member.gone else ():
        reached = _age_reached(member, benefit) if benefit.event == "age" else None
        if reached and membership.joined_on <= reached <= until:
            yield _event(membership, member, version, benefit, reached, "", regulation, is_of_birthday=True)


def _happened(member, house, died) -> Iterator[tuple[str, str, date]]:
    """(what, to whom, day): the member's own death, and births in a house where the member is head or spouse, or nobody such is."""
    if member.id in died:
        yield "death", _called(member), died[member.id]
    for one in house:
        born = dates.day(one.birth_date) if len(one.birth_date) == 10 else None
        if (
            born
            and one.relation in CHILDREN
            and not one.gone
            and member.id != one.id
            and member.relation not in CHILDREN
        ):
            yield "birth", _called(one), born


def _fits(benefit: Benefit, happened: str) -> bool:
    if happened == "birth":
        return benefit.event in ("birth", "delivery")
    return benefit.event in ("death", "funeral") and "member" in (benefit.subjects or ("member",))


def _event(membership, member, version, benefit, on, name, regulation, *, is_of_birthday) -> Event:
    window = benefit.window or version.settings.window
    last_on = complete(on, window.span) if isinstance(window, Rule) else None
    health = outlook.is_ever_of_health(regulation, benefit.code)
    return Event(membership, member, benefit, on, name, last_on, is_of_birthday, health)


def _age_reached(member: Person, benefit: Benefit) -> date | None:
    """The day on which the least age that the benefit asks for was reached, of somebody whose day of birth is known."""
    born = dates.day(member.birth_date) if len(member.birth_date) == 10 else None
    asked = _asked(benefit)
    return dates.complete_on(born, max(asked), "year") if born and asked else None


def _died(people) -> dict[Any, date]:
    """{person: day} of those who died on a day that is known."""
    paths = {(one.household_id, f"people.{one.local_id}.gone_on"): one.id for one in people if one.gone == "died"}
    if not paths:
        return {}
    rows = Fact.select().where(Fact.subject.in_({house for house, _ in paths}), Fact.path.endswith(".gone_on"))
    found = {
        paths[row.subject, row.path]: dates.day(tables.unsealed(row) or "")
        for row in rows
        if (row.subject, row.path) in paths
    }
    return {person: day for person, day in found.items() if day}


def _told(people) -> Counter:
    """How often (house, fund, benefit, day) was claimed, an age's day being "": by claims, and by entries that nobody certified yet."""
    homes, found = {one.id: one.household_id for one in people}, Counter()
    for one in Claim.select(Claim, Fund).join(Fund).where(Claim.person.in_(list(homes))):
        benefit = claims.Standing(one, (), claim_states.BEGINS).said["benefit"]
        _count(found, homes[one.person], one.fund.code, benefit, one.event_on.isoformat())
    query = Entry.select(Entry, Opening.subject.alias("house")).join(Opening)
    rows = list(query.where(Opening.kind == "claim", Opening.subject.in_(set(homes.values()))).objects())
    stands = states.many(rows) if rows else {}
    for row in (row for row in rows if stands[row.id] in WAITS):
        try:
            said = entries.plaintext(row)["payload"]
        except entries.Erased:
            continue
        _count(found, row.house, said.get("fund"), said.get("benefit"), said.get("event_on"))
    return found


def _count(found: Counter, house, fund, benefit, day) -> None:
    for on in (day, ""):
        found[house, fund, benefit, on] += 1


def _is_told(event: Event, told: Counter) -> bool:
    """Whether a claim of the house speaks of it; each claim of one of twins."""
    day = "" if event.benefit.event == "age" else event.on.isoformat()
    key = event.member.household_id, event.membership.fund.code, event.benefit.code, day
    told[key] -= 1
    return told[key] >= 0


def _once(found: Iterable[Event]) -> list[Event]:
    """Each event of a fund once, by the right of the first of the house who has it: head, spouse, then the others."""
    rank = sorted(
        found, key=lambda one: (one.member.relation not in PARENTS, one.member.relation != "head", str(one.member.id))
    )
    kept: dict[Any, Event] = {}
    for one in rank:
        who = one.name if one.benefit.event in ("birth", "delivery") else one.member.id
        kept.setdefault((one.membership.fund_id, one.benefit.code, one.member.household_id, who, one.on), one)
    return list(kept.values())


def _called(person: Person) -> str:
    return f"{person.title}{person.first_name} {person.last_name}".strip() or person.nickname
