"""The promises about the register: it is exactly what was approved, nothing more, and every member was admitted."""

from peewee import JOIN

from db.models import Admission, Application, Approval, Fact, HealthFact, Household, Membership, Person
from pwa.domain.registry import projection, register, tables


def register_is_what_was_approved():
    """Rebuilt in memory from the approved entries, the register is the same, value by value and row by row."""
    rebuilt, lookups = register.rebuild(), tables.Lookups()
    kept = {row["id"]: row for row in Household.select().dicts()}
    spoken_of = {
        subject for model in (Fact, HealthFact) for (subject,) in model.select(model.subject).distinct().tuples()
    }
    for subject in sorted(rebuilt.keys() | kept.keys() | spoken_of):
        wanted = tables.of(subject, rebuilt[subject], lookups) if subject in rebuilt else tables.Rows({})
        household = {name: value for name, value in kept.get(subject, {}).items() if name != "id"}
        if household != wanted.household:
            yield f"The household {subject} is not what was approved."
        yield from _differences(subject, wanted)
    nobody = Application.select().join(Person, JOIN.LEFT_OUTER, on=(Application.person == Person.id))
    for application in nobody.where(Person.id.is_null()):
        yield f"The application {application.id} is by nobody in the register."


def nothing_unapproved_is_in_it():
    """Every value and every application comes from an entry that somebody approved."""
    for model in (Fact, HealthFact, Application):
        loose = model.select(model).join(Approval, JOIN.LEFT_OUTER, on=(Approval.entry == model.entry))
        for row in loose.where(Approval.id.is_null()):
            yield f"{model._meta.table_name} {row.id} comes from an entry that nobody approved."


def members_were_admitted():
    """Every membership stands on an accepted admission of that person to that fund, and the person is in the register."""
    for member in Membership.select(Membership, Admission).join(Admission):
        admission = member.admission
        if not admission.accepted or (admission.person, admission.fund_id) != (member.person, member.fund_id):
            yield f"The membership {member.number} has no accepted admission."
        if admission.kind == "new" and admission.resolution_id is None:
            yield f"The membership {member.number} has no resolution of the committee."
    missing = Membership.select().join(Person, JOIN.LEFT_OUTER, on=(Membership.person == Person.id))
    for member in missing.where(Person.id.is_null()):
        yield f"The member {member.number} is not in the register."


def _differences(subject, wanted):
    people = {row["id"]: _without(row, "id", "household") for row in _of(Person, Person.household, subject)}
    if people != wanted.people:
        yield f"The people of the household {subject} are not those who were approved."
    applications = {
        (row["person"], row["fund"], row["kind"]): {"applied_on": row["applied_on"], "entry": row["entry"]}
        for row in Application.select().where(Application.person.in_(list(people))).dicts()
    }
    if applications != wanted.applications:
        yield f"The applications of the household {subject} are not those that were approved."
    for model, expected in ((Fact, wanted.facts), (HealthFact, wanted.health)):
        held = {row.path: projection.Value(tables.unsealed(row), row.entry_id) for row in _rows(model, subject)}
        for path in sorted(held.keys() | expected.keys()):
            if held.get(path) != expected.get(path):
                yield f"{path} of the household {subject} is not what was approved."


def _of(model, column, value):
    return model.select().where(column == value).dicts()


def _rows(model, subject):
    return model.select().where(model.subject == subject)


def _without(row, *names):
    return {name: value for name, value in row.items() if name not in names}
