"""The field kit: what a volunteer's phone may hold of the communities of the current assignment, and nothing else.

Names, nickname, house, year of birth, standing, last visit, last four of the ID number, what a member would get (kit_rights),
what of claims concerns a house (kit_houses), own returned entries with their comments; for who collects, through when members have
paid (kit_dues). Never health, telephone or ID numbers, pictures, day or month of birth. Each download is a row.
"""

import hashlib
import json
import re
import uuid
from datetime import timedelta

from db.models import Aside, Comment, Entry, Fact, Household, KitDownload, Opening, Person, Replacement, Return, Unit
from pwa.domain.custody import states
from pwa.domain.fieldwork import assignments, kit_cursors, kit_dues, kit_houses, kit_rights
from pwa.domain.fund import house_states, rulings
from pwa.domain.register import members, payloads, tables
from pwa.domain.text import dates, thai

STALE = timedelta(days=180)
LASTING = dict.fromkeys(("waiting", "entitled"), "member")
"""Standings between which only days lie."""
HOUSE = ("house.moo", "house.lane")
ASKED = (*HOUSE, "visit.revisit_on")
NOTHING = {"assignment": None, "cursor": None, "households": [], "people": [], "returned": [], "gone": []}


def download(account, *, on, at, since=None, device=None, agent=""):
    """What the phone gets, whole, or only what differs from what `since` says it has; and the row that tells the leader.

    A `since` that cannot be read counts as none. Without a current assignment nothing is given, and nothing recorded.
    """
    assignment = assignments.current(account, on=on)
    if assignment is None:
        return NOTHING
    places = assignments.communities(assignment)
    came_back = returned(account, places)
    rights, collects = kit_rights.Members(living_in(places)), kit_dues.funds(assignment)
    told_of = {"rights": rights.marks, "pays": kit_dues.of(living_in(places), collects, on=on)}
    aimed = house_states.uncovered(places, on=on) if assignments.is_to_uncovered(assignment) else ()
    subjects = {one["subject"] for one in came_back}
    whole = contents(places, on=on, came_back=subjects, told_of=told_of, aimed=aimed)
    known = kit_cursors.read(since)
    marks = {one["id"]: mark(one, people) for one, people in whole}
    fresh = [(one, people) for one, people in whole if known is None or known.get(one["id"]) != marks[one["id"]]]
    people = [person for _, people in fresh for person in people]
    answer = {
        "assignment": described(assignment, places) | kit_dues.told(collects, on=on),
        "cursor": kit_cursors.written(marks),
        "households": [one for one, _ in fresh],
        "people": people,
        "returned": came_back,
        "told": told(people, rights, on=on),
        "gone": sorted(set(known or ()) - marks.keys()),
        "counts": {"households": len(whole), "people": sum(len(people) for _, people in whole)},
    }
    KitDownload.create(
        assignment=assignment,
        device=device,
        agent=agent[:200],
        at=at,
        kind="full" if known is None else "difference",
        households=len(answer["households"]),
        people=len(answer["people"]),
    )
    return answer


def as_json(answer):
    """The same bytes for the same kit."""
    return json.dumps(answer, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def told(people, rights, *, on):
    """The tables of kit_rights for these people, whose `rights` become the number of their rows."""
    mine = [person for person in people if "rights" in person]
    numbers, tables = rights.told({person["rights"]: None for person in mine}, on=on)
    for person in mine:
        person["rights"] = numbers[person["rights"]]
    return tables


def described(assignment, places):
    return {
        "id": str(assignment.id),
        "from": assignment.starts_on.isoformat(),
        "until": assignment.ends_on.isoformat(),
        "places": [{"code": unit.code, "name": unit.name} for unit in places],
    }


def living_in(places):
    """Whoever lives in these units, as a query of ids."""
    here = Household.select(Household.id).where(Household.place.in_([unit.id for unit in places]))
    return Person.select(Person.id).where(Person.household.in_(here), Person.gone == "")


def contents(places, *, on, came_back=(), told_of=None, aimed=()):
    """[(household, its people)] of these units in walking order; `came_back` names those whose entry was sent back, `told_of` is
    {word: {person: what is told of who is in a fund}}: the marks of kit_rights.Members, and kit_dues; `aimed` are the households for
    which the round is."""
    rank = {unit.id: number for number, unit in enumerate(places)}
    here = Household.place.in_(list(rank))
    ids = Household.select(Household.id).where(here)
    facts = _facts(ids)
    people = _people(ids, facts, on, told_of or {})
    rows, claimed = Household.select(Household, Unit).join(Unit).where(here), kit_houses.of(places, on=on)
    found = [_household(row, rank, facts.get(row.id, {}), on) | claimed.get(row.id, {}) for row in rows]
    for one in found:
        one["todo"] = "returned" if one["id"] in came_back else one["todo"]
        one |= {assignments.UNCOVERED: True} if uuid.UUID(one["id"]) in aimed else {}
    return [(one, people.get(one["id"], [])) for one in sorted(found, key=lambda one: (one["order"], one["id"]))]


def order(number, moo="", description=""):
    """House numbers as one walks: 2 before 10, 45 before 45/2, houses without a number last. The phone does the same."""
    if not number:
        return f"~{thai.sort_key(description)}"
    parts = re.findall(r"\d+|[^\d/]+", thai.digits(thai.clean(f"{moo or 0}/{number}")))
    return "/".join(part.zfill(6) if part.isdigit() else part.strip() for part in parts)


def returned(account, places):
    """The account's entries in these units that came back and wait for it; words about health stay where they are."""
    query = (
        Entry.select(Entry, Opening.subject, Return.id.alias("returned"), Return.reason.alias("why"))
        .join(Opening)
        .switch(Entry)
        .join(Return)
        .where(
            Entry.author == account.id,
            states.standing(Return),
            Opening.place.in_([unit.code for unit in places]),
            Entry.id.not_in(Replacement.select(Replacement.replaced)),
            Entry.id.not_in(Aside.select(Aside.entry).where(states.standing(Aside))),
        )
        .order_by(Entry.id)
    )
    rows = list(query.objects())
    comments = {}
    for comment in Comment.select().where(Comment.returned.in_([row.returned for row in rows])).order_by(Comment.id):
        if not payloads.is_health(comment.path):
            comments.setdefault(comment.returned_id, {})[comment.path] = comment.text
    return [
        {
            "entry": str(row.entry_id),
            "subject": str(row.subject),
            "reason": row.why,
            "comments": comments.get(row.returned, {}),
        }
        for row in rows
    ]


def mark(household, people):
    """A short name for one household as the register has it; another one when anything of it changes, and none when a day passes."""
    lasting = [
        kit_houses.marked(household) | {"todo": None},
        [one | {"standing": LASTING.get(one["standing"], one["standing"])} for one in people],
    ]
    return hashlib.sha256(as_json(lasting).encode()).digest()[: kit_cursors.MARK]


def _household(row, rank, facts, on):
    revisit_on = facts.get("visit.revisit_on")
    seen_on = dates.day(row.visited_at)
    house = {"number": row.number, "moo": facts.get("house.moo", ""), "lane": facts.get("house.lane", "")}
    return {
        "id": str(row.id),
        "place": row.place.code,
        "house": {**house, "description": row.description},
        "order": f"{rank[row.place_id]:03d}|{order(row.number, house['moo'], row.description)}",
        "version": row.version,
        "visit": {"on": seen_on and seen_on.isoformat(), "outcome": row.outcome, "revisit_on": revisit_on},
        "todo": _todo(row.outcome, dates.day(revisit_on), seen_on, on),
    }


def _todo(outcome, revisit_on, seen_on, on):
    """As of the day of the download, for phones of before that do not look at their own (todoOf of round-groups.js)."""
    if outcome == "absent":
        return "absent"
    if revisit_on and (seen_on is None or revisit_on > seen_on) and revisit_on <= on:
        return "revisit"
    return "stale" if seen_on is None or on - seen_on > STALE else None


def _people(ids, facts, on, told_of):
    """{household: its living people, the head first}."""
    rows = list(Person.select().where(Person.household.in_(ids), Person.gone == ""))
    there = Person.select(Person.id).where(Person.household.in_(ids))
    standing = members.standings_of(there, on=on, waits=rulings.waits(on))
    found = {}
    for row in sorted(rows, key=lambda row: (row.relation != "head", row.birth_date or "~", str(row.id))):
        told = facts.get(row.household_id, {}).get(f"people.{row.local_id}.passbook.number")
        found.setdefault(str(row.household_id), []).append(
            _person(row, standing.get(row.id, []), told)
            | {word: those[row.id] for word, those in told_of.items() if row.id in those}
        )
    return found


def _person(row, standing, told):
    member = next((one.membership for one in standing if one.membership), None)
    olds = {"old_last_names": row.old_last_names.split("\n")} if row.old_last_names else {}
    return olds | {
        "id": row.local_id,
        "household": str(row.household_id),
        "ref": row.id.hex[:12],
        "name": {"title": row.title, "first_name": row.first_name, "last_name": row.last_name},
        "nickname": row.nickname,
        "born": int(row.birth_date[:4]) if row.birth_date[:4].isdigit() else None,
        "standing": standing[0].state if standing else "none",
        "relation": row.relation,
        "lives_here": row.living_here,
        "last4": row.id_last4,
        "passbook": member.number if member else told,
    }


def _facts(ids):
    """{household: {path: value}} of the few sealed values that the kit shows."""
    passbook = Fact.path.startswith("people.") & Fact.path.endswith(".passbook.number")
    found = {}
    for row in Fact.select().where(Fact.subject.in_(ids), Fact.path.in_(ASKED) | passbook):
        found.setdefault(row.subject, {})[row.path] = tables.unsealed(row)
    return found
