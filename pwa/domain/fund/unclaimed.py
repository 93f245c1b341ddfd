"""Nobody forgotten: what the register says has happened to members and their houses, and nobody has claimed yet.

A birth, a death, an age that was reached; each until the fund's window for claims has passed. That it may be claimed is all that is
said: what it comes to the rules answer with the claim.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peewee import fn

from db.models import Claim, Entry, Fact, Fund, Household, Opening, Unit
from db.statements import Prepared
from pwa.domain.custody import entries, states
from pwa.domain.fund import claim_states, claims, outlook, residents, versions
from pwa.domain.fund.membership import complete
from pwa.domain.fund.residents import BACK, CHILDREN, Member, Resident, asked_ages
from pwa.domain.fund.terms import Benefit, Regulation, Rule
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.register import tables
from pwa.domain.text import dates

PARENTS = ("head", "spouse")
WAITS = ("received", "returned")
_claims = Prepared(lambda people: Claim.select(Claim, Fund).join(Fund).where(Claim.person.in_(people)))
_told_by_entries = Prepared(
    lambda houses: (
        Entry.select(*entries.FACTS, Opening.subject.alias("house"))
        .join(Opening)
        .where(Opening.kind == "claim", Opening.subject.in_(houses))
        .objects()
    )
)
LOOKERS = roles.may("check", "propose-claims")


@dataclass(frozen=True)
class Event:
    """One of them: a member's benefit, when and to whom it happened, and the last day on which it may be claimed (None: no window)."""

    membership: Member
    member: Resident
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
    funds = {fund.id: fund for fund in Fund.select()}
    rules = {number: tuple(versions.effective(fund)) for number, fund in funds.items()}
    people = residents.of(residents.candidates(rules, *conditions, on=on, ahead=ahead))
    if not people:
        return []
    held, died, found = residents.members(people, funds, rules), _died(people), []
    members, homes = {one.id: one for one in people}, _homes(people)
    for one, known in held:
        member = members[one.person]
        found += _events(member, homes[member.household_id], died, one, known, since=on - BACK, until=on + ahead)
    open_still = [one for one in _once(found) if one.last_on is None or one.last_on >= on]
    asked = {one.member.household_id for one in open_still}
    told = _told([one for one in people if one.household_id in asked]) if asked else Counter()
    left = [one for one in open_still if not _is_told(one, told)]
    return sorted(left, key=lambda one: (one.last_on or date.max, one.on, str(one.member.id)))


def near(account: Any, *, on: date) -> list[Event]:
    """[Event] of the houses where the account's roles that look after claims reach."""
    place = fn.COALESCE(Household.place, Household.place)  # bare, SQLite would begin with every house of the reach
    return within(place.in_(list(units.within(account, *LOOKERS))), on=on)


def at_home(events: Sequence[Event]) -> Sequence[Event]:
    """The same, each member with house and place."""
    homes = (
        Household.select(Household, Unit)
        .join(Unit)
        .where(Household.id.in_({one.member.household_id for one in events}))
    )
    known = {home.id: home for home in homes}
    for one in events:
        one.member.household = known[one.member.household_id]
    return events


def _homes(people: Iterable[Resident]) -> dict[Any, list[Resident]]:
    found: dict[Any, list[Resident]] = {}
    for one in people:
        found.setdefault(one.household_id, []).append(one)
    return found


def _events(member, house, died, membership, known, *, since: date, until: date) -> Iterator[Event]:
    regulation = Regulation(known[0].regulation, known)
    for happened, name, on in _happened(member, house, died):
        version = regulation.version_for(on) if on >= since else None
        for benefit in version.benefits.values() if version else ():
            if _fits(benefit, happened):
                yield _event(
                    membership, member, version, benefit, on, name, regulation, is_of_birthday=happened == "birth"
                )
    version = regulation.version_for(until)
    for benefit in version.benefits.values() if version and not member.gone else ():
        reached = _age_reached(member, benefit) if benefit.event == "age" else None
        if reached and max(membership.joined_on, since) <= reached <= until:
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


def _age_reached(member: Resident, benefit: Benefit) -> date | None:
    """The day on which the least age that the benefit asks for was reached, of somebody whose day of birth is known."""
    born = dates.day(member.birth_date) if len(member.birth_date) == 10 else None
    asked = asked_ages(benefit)
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
    for one in _claims.rows(list(homes)):
        benefit = claims.Standing(one, (), claim_states.BEGINS).said["benefit"]
        _count(found, homes[one.person], one.fund.code, benefit, one.event_on.isoformat())
    rows = _told_by_entries.rows(list(set(homes.values())))
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
        kept.setdefault((one.membership.fund.id, one.benefit.code, one.member.household_id, who, one.on), one)
    return list(kept.values())


def _called(person: Resident) -> str:
    return f"{person.title}{person.first_name} {person.last_name}".strip() or person.nickname
