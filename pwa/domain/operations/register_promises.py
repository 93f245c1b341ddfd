"""The promises about the register: it is exactly what was approved, nothing more, and every member was admitted."""

from collections import defaultdict

from peewee import JOIN, fn

from db.models import (
    Admission,
    Application,
    Approval,
    Bearer,
    Fact,
    HealthFact,
    Household,
    Likeness,
    Membership,
    NamePart,
    Opening,
    Person,
)
from pwa.domain.custody import states
from pwa.domain.register import bearers, projection, register, rekeying, tables

AT_ONCE = 100
"""Households that are compared at once: what a check needs of memory does not grow with the register."""


def register_is_what_was_approved(tell=lambda done: None):
    """Rebuilt in memory from the approved entries, the register is the same, value by value and row by row."""
    lookups, done = tables.Lookups(), 0
    for subjects in _some_at_a_time():
        yield from _compared(subjects, lookups)
        done += len(subjects)
        tell(done)
    unborne = NamePart.select(NamePart.id).join(Bearer, JOIN.LEFT_OUTER).where(Bearer.id.is_null())
    for (part,) in unborne.order_by(NamePart.id).tuples().iterator():
        yield f"The spelling {part} of a name is borne by nobody."
    by_nobody = Application.select(Application.person).join(
        Person, JOIN.LEFT_OUTER, on=(Person.id == Application.person)
    )
    for (person,) in by_nobody.where(Person.id.is_null()).order_by(Application.id).tuples().iterator():
        yield f"The application of {person} is by nobody in the register."


def _compared(subjects, lookups):
    rebuilt, kept = register.records(subjects), _Kept(subjects)
    rebuilt = {subject: record for subject, record in rebuilt.items() if record.applied}
    for subject in subjects:
        wanted = tables.of(subject, rebuilt[subject], lookups) if subject in rebuilt else tables.Rows({})
        home, known = kept.households.get(subject, {}), kept.people[subject]
        waits = bool(home) and home["keyed"] != tables.KEYED
        if _proved(home, waits) != _proved(wanted.household, waits):
            yield f"The household {subject} is not what was approved."
        if known.keys() != wanted.people.keys() or any(
            _proved(row, waits) != _proved(wanted.people[one], waits) for one, row in known.items()
        ):
            yield f"The people of the household {subject} are not those who were approved."
        if not waits and kept.likenesses[subject] != wanted.likenesses:
            yield f"The likenesses of the household {subject} are not those of who was approved."
        borne = {(who, *part) for who, parts in wanted.parts.items() for part in parts}
        if not waits and kept.parts.get(subject, set()) != borne:
            yield f"Those of the household {subject} do not bear the names that were approved."
        if kept.applications[subject] != wanted.applications:
            yield f"The applications of the household {subject} are not those that were approved."
        for held, expected in ((kept.facts[subject], wanted.facts), (kept.health[subject], wanted.health)):
            if held != expected:
                paths = sorted(path for path in held.keys() | expected.keys() if held.get(path) != expected.get(path))
                yield from (f"{path} of the household {subject} is not what was approved." for path in paths)


def _some_at_a_time():
    """Every subject that is in the register or was approved, some at a time, in the order of their ids."""
    approved = Opening.select(Opening.subject).join(Approval, on=(Approval.entry == Opening.entry))
    columns = [Fact.subject, HealthFact.subject, Likeness.household, Person.household, Household.id, Opening.subject]
    last = None
    while True:
        found = set()
        for column in columns:
            query = approved if column is Opening.subject else column.model.select(column)
            query = query if last is None else query.where(column > last)
            found |= {subject for (subject,) in query.distinct().order_by(column).limit(AT_ONCE).tuples()}
        subjects = sorted(found)[:AT_ONCE]
        if subjects:
            yield subjects
        if len(subjects) < AT_ONCE:
            return
        last = subjects[-1]


def nothing_unapproved_is_in_it():
    """Every value and every application comes from an entry that somebody approved."""
    for model in (Fact, HealthFact, Application):
        approved = Approval.select().where(Approval.entry == model.entry, states.standing(Approval))
        for row in model.select().where(~fn.EXISTS(approved)):
            yield f"{model._meta.table_name} {row.id} comes from an entry that nobody approved."


def members_were_admitted():
    """Every membership stands on an accepted admission of that person to that fund, and the person is in the register. Of those
    that were not taken back a person has one in a fund, and a number one holder."""
    for member in Membership.select(Membership, Admission).join(Admission):
        admission = member.admission
        if not admission.accepted or (admission.person, admission.fund_id) != (member.person, member.fund_id):
            yield f"The membership {member.number} has no accepted admission."
        if admission.kind == "new" and admission.resolution_id is None:
            yield f"The membership {member.number} has no resolution of the committee."
    living = Membership.select().where(states.standing(Membership))
    missing = living.join(Person, JOIN.LEFT_OUTER, on=(Membership.person == Person.id))
    for member in missing.where(Person.id.is_null()):
        yield f"The member {member.number} is not in the register."
    seen = set()
    for member in living:
        for held in (("person", member.fund_id, member.person), ("number", member.fund_id, member.number)):
            if held in seen:
                yield f"The membership {member.number} has the {held[0]} of another one that stands."
            seen.add(held)


def _proved(row, waits):
    """A row without what the next night's care makes anew (rekeying), where that has not been yet."""
    return {name: value for name, value in row.items() if not waits or name not in rekeying.MADE}


class _Kept:
    """The register's tables as they are of some households: {subject: what it holds there}."""

    def __init__(self, subjects):
        named = Household.select().where(Household.id.in_(subjects))
        self.households = {row.pop("id"): row for row in named.dicts()}
        self.people, homes = defaultdict(dict), {}
        for row in Person.select().where(Person.household.in_(subjects)).dicts():
            person, home = row.pop("id"), row.pop("household")
            self.people[home][person], homes[person] = row, home
        self.likenesses = defaultdict(set)
        alike = Likeness.select(Likeness.household, Likeness.person, Likeness.key)
        for household, person, key in alike.where(Likeness.household.in_(subjects)).tuples():
            self.likenesses[household].add((person, key))
        self.parts = bearers.of(subjects)
        self.applications = defaultdict(dict)
        for row in Application.select().where(Application.person.in_(list(homes))).dicts():
            named = (row["person"], row["fund"], row["kind"])
            about = {"applied_on": row["applied_on"], "entry": row["entry"]}
            self.applications[homes[row["person"]]][named] = about
        self.facts, self.health = _values(Fact, subjects), _values(HealthFact, subjects)


def _values(model, subjects):
    found = defaultdict(dict)
    named = model.select(model.subject, model.path, model.value, model.entry).where(model.subject.in_(subjects))
    for row in named.namedtuples().iterator():
        found[row.subject][row.path] = projection.Value(tables.unsealed(row), row.entry)
    return found
