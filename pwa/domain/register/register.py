"""The register: tables that the approved entries make, and nothing else. `ombun check` makes them again and compares."""

import json

from db import database
from db.models import (
    Application,
    Approval,
    CounterDecision,
    Entry,
    Fact,
    HealthFact,
    Household,
    Likeness,
    Opening,
    Person,
    Unit,
)
from db.statements import Prepared
from pwa.domain import NotFound
from pwa.domain.crypto import sealing
from pwa.domain.register import applicants, bearers, notices, payloads, projection, stirring, submissions, tables


def apply(subject):
    """Bring the tables of one household up to date with its approved entries. Writes only what differs."""
    record = record_of(subject)
    with database.atomic():
        wanted = tables.of(subject, record, tables.Lookups())
        if record.applied:
            _write_household(subject, wanted)
        _write_applications(subject, wanted)
        applicants.note(Application.person.in_(list(wanted.people)))
        stirring.stir([subject])
        known = _write_people(subject, wanted)
        _write_likenesses(subject, wanted)
        stirring.stir([subject])
        _write_facts(Fact, subject, wanted.facts)
        _write_facts(HealthFact, subject, wanted.health)
        notices.note([*known, *wanted.people])
        if not record.applied:
            Household.delete().where(Household.id == subject).execute()


def record_of(subject, *, before=None, without=None):
    """The projection of one household in memory; only of what was decided before an Approval, or without an entry row, when given."""
    chosen = decided([subject])
    if before is not None:
        chosen = [one for one in chosen if one[1] < before.version]
    record = projection.project({}, chosen).get(subject, projection.Record())
    if without is not None:
        projection.undo(record, without, record.version + 1)
    return record


def records(subjects):
    """{subject: Record} of several households, with one query a kind of decision."""
    return projection.project({}, decided(list(subjects)))


def decided(subjects):
    """[(submission or Undoing, version, choices)] about these households: approvals, also undone ones, and what undid them, in
    the order of versions."""
    steps = [
        (one.says, one.row.approval.version, json.loads(one.row.approval.choices))
        for one in submissions.opened(_approved.rows(subjects))
    ]
    steps += [(projection.Undoing(subject, entry), version, {}) for subject, entry, version in _undone.rows(subjects)]
    return sorted(steps, key=lambda step: step[1])


def _approvals(subjects):
    query = submissions.rows().select_extend(Approval).switch(Entry).join(Approval)
    about = (Opening.kind.in_(list(projection.FOLDED)), Opening.subject.in_(subjects))
    return query.where(Approval.id.is_null(False), *about).order_by(Approval.version, Approval.id)


def _counter_decisions(subjects):
    query = CounterDecision.select(Opening.subject, CounterDecision.entry, CounterDecision.version)
    query = query.join(Entry).join(Opening).where(CounterDecision.version.is_null(False), Opening.subject.in_(subjects))
    return query.order_by(CounterDecision.id).tuples()


_approved, _undone = Prepared(_approvals), Prepared(_counter_decisions)


def values(subject, health=False):
    """{path: Value(value, entry row id)} of one household; sensitive values only when asked for."""
    found = _stored(Fact, subject)
    if health:
        found |= _stored(HealthFact, subject)
    return dict(sorted(found.items()))


def record(subject, health=False):
    """The register as a payload, for a form that opens filled in. Raises NotFound."""
    if version(subject) == 0:
        raise NotFound
    return payloads.unflatten({path: held.value for path, held in values(subject, health).items()})


def version(subject):
    """How many approved entries made this household; 0 when it is not in the register."""
    household = Household.get_or_none(Household.id == subject)
    return household.version if household else 0


def place(subject):
    """The unit code where the register has the household, "" when it is not there."""
    household = Household.select(Household, Unit).join(Unit).where(Household.id == subject).get_or_none()
    return household.place.code if household else ""


def _stored(model, subject):
    rows = model.select().where(model.subject == subject)
    return {row.path: projection.Value(tables.unsealed(row), row.entry_id) for row in rows}


def _write_household(subject, wanted):
    row = wanted.household
    if Household.update(row).where(Household.id == subject).execute() == 0:
        Household.create(id=subject, **row)


def _write_people(subject, wanted):
    """→ who was there before, by id."""
    known = {row["id"]: row for row in Person.select().where(Person.household == subject).dicts()}
    gone = known.keys() - wanted.people.keys()
    if gone:
        bearers.write(dict.fromkeys(gone, ()))
        Likeness.delete().where(Likeness.person.in_(gone)).execute()
        Person.delete().where(Person.id.in_(gone)).execute()
    for person, row in wanted.people.items():
        if person not in known:
            Person.create(id=person, household=subject, **row)
        elif known[person] != {"id": person, "household": subject, **row}:
            Person.update(row).where(Person.id == person).execute()
    bearers.write(wanted.parts)
    return known


def _write_likenesses(subject, wanted):
    held = {(row.person_id, row.key): row.id for row in Likeness.select().where(Likeness.household == subject)}
    stale = [row_id for name, row_id in held.items() if name not in wanted.likenesses]
    if stale:
        Likeness.delete().where(Likeness.id.in_(stale)).execute()
    fresh = sorted(wanted.likenesses - held.keys())
    for start in range(0, len(fresh), 300):
        rows = [{"household": subject, "person": person, "key": key} for person, key in fresh[start : start + 300]]
        Likeness.insert_many(rows).execute()


def _write_applications(subject, wanted):
    people = Person.select(Person.id).where(Person.household == subject)
    known = {
        (row.person, row.fund_id, row.kind): row for row in Application.select().where(Application.person.in_(people))
    }
    for name in known.keys() - wanted.applications.keys():
        known[name].delete_instance()
    for name, row in wanted.applications.items():
        if name not in known:
            Application.create(person=name[0], fund=name[1], kind=name[2], **row)
        elif (known[name].applied_on, known[name].entry_id) != (row["applied_on"], row["entry"]):
            Application.update(row).where(Application.id == known[name].id).execute()


def _write_facts(model, subject, wanted):
    held = _stored(model, subject)
    stale = [path for path, value in held.items() if wanted.get(path) != value]
    if stale:
        model.delete().where(model.subject == subject, model.path.in_(stale)).execute()
    fresh = [
        {
            "subject": subject,
            "path": path,
            "entry": value.entry,
            "value": sealing.seal_value(tables.as_text(value.value), f"{subject}|{path}"),
        }
        for path, value in wanted.items()
        if held.get(path) != value
    ]
    for start in range(0, len(fresh), 500):
        model.insert_many(fresh[start : start + 500]).execute()
