"""A village grown to many thousand households: its lines by the verb that takes them into custody, its decisions and its
register many at once, the rows that the verbs would have written (tests/domain/test_grow.py; `ombun check` proves the rest)."""

from datetime import timedelta
from pathlib import Path

import db
from bench.naming import name_as_in_life
from db.models import (
    Account,
    Application,
    Approval,
    Entry,
    Fact,
    Fund,
    HealthFact,
    Household,
    Likeness,
    Notice,
    Opening,
    Person,
    Resolution,
    Unit,
    Untold,
)
from db.statements import insert
from pwa import demo
from pwa.demo import families
from pwa.domain.crypto import sealing
from pwa.domain.custody import entries
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import quarantine
from pwa.domain.places import units
from pwa.domain.register import bearers, notices, register, tables
from pwa.domain.review import admissions, encounters, review

SIGNATURE = Path(demo.__file__).parent / "signature.jpg"
AT_ONCE = 100
A_COMMUNITY = 250
"""Households of a community: a village of thirty thousand has more of them, not larger ones."""
YEARS = timedelta(days=700)
MOST_WAITING = 300
"""What waits for the checkers grows with those who record, not with the register."""
SITTING = 20
ODD = 100


def grow(households, *, at, seed=7, decide=None):
    """So many households more in zone Z1, recorded over two years; the last of them wait, all others are decided by `decide`."""
    at -= timedelta(hours=1)  # nothing is fresh enough to be taken back
    world = demo.Village(at)
    world.chance.seed(seed)
    volunteer, leader = (Account.get(Account.handle == handle) for handle in ("volunteer", "zone-leader"))
    phone = Phone(volunteer, at=at - YEARS, ids=world.new_id)
    places = communities(households)
    waiting = min(households // 20, MOST_WAITING)
    for start in range(0, households, AT_ONCE):
        count = min(AT_ONCE, households - start)
        came = at - YEARS * (households - start - count) // households
        with db.database.atomic():
            taken = record(world, phone, places, start, count, came)
            decided = taken[: max(min(count, households - waiting - start), 0)]
            (decide or in_bulk)(decided, by=leader, at=came)
            tell(decided, by=volunteer, at=came)
            if decided and (start // AT_ONCE + 1) % SITTING == 0:
                admit(at=came)
    admit(at=at)
    odd(phone, places, households // ODD, at=at)
    while encounters.note():
        pass


def communities(households):
    """Communities below zone Z1 for so many households; their codes."""
    zone, town = units.get("Z1"), units.get("M01")
    first = Unit.select().where(Unit.code.startswith("K")).count()
    codes = [f"K{first + number:03d}" for number in range(-(-households // A_COMMUNITY))]
    for code in codes:
        Unit.create(code=code, kind="community", name=f"ชุมชน {code}", network_parent=zone, admin_parent=town)
    return codes


def record(world, phone, places, start, count, at):
    """One batch of visits, sealed, signed and taken into custody as any phone's; their rows."""
    lines, signature = [], phone.picture(SIGNATURE.read_bytes(), "signature", at=at)
    for index in range(start, start + count):
        payload = families.household(world, number=f"{index + 100}", fund="F1", join=0.3, on=at.date())
        name_as_in_life(payload, world.chance)
        place = places[index // A_COMMUNITY % len(places)]
        about = dict(subject=world.new_id(), place=place, pictures=sign(payload, signature), at=at)
        lines.append(phone.line("household", payload, **about))
    receipts = entries.receive(lines, sender=phone.device.id, at=at)
    return list(Entry.select().where(Entry.number.in_([one["number"] for one in receipts])).order_by(Entry.id))


def sign(payload, signature):
    """One signature for all who apply; returns the entry's pictures."""
    asking = [one for one in payload["people"] if one["membership"] == "apply"]
    for one in asking:
        one["application"]["signature"] = {"blob": signature["sha256"], "kind": "signature"}
    return [signature] if asking else []


def by_verb(taken, *, by, at):
    """One decision after another, as a checker makes them."""
    for entry in taken:
        review.approve(entry, by=by, at=at)


def in_bulk(taken, *, by, at):
    """First entries about their houses, all approved: the same rows with a few statements."""
    said = {"turn": 0, "account": by.id, "at": at, "version": 1, "choices": "{}", "reason": ""}
    insert(Approval, [{"entry": entry.id, **said} for entry in taken])
    houses = Opening.select(Opening.subject).where(Opening.entry.in_([entry.id for entry in taken])).tuples()
    lookups = tables.Lookups()
    records = register.records([subject for (subject,) in houses])
    made = {subject: tables.of(subject, record, lookups) for subject, record in records.items()}
    insert(Household, [{"id": subject, **one.household} for subject, one in made.items()])
    people = [(who, subject, row) for subject, one in made.items() for who, row in one.people.items()]
    insert(Person, [{"id": who, "household": subject, **row} for who, subject, row in people])
    bearers.write({who: parts for one in made.values() for who, parts in one.parts.items()})
    asked = [(*name, row) for one in made.values() for name, row in one.applications.items()]
    insert(Application, [{"person": who, "fund": fund, "kind": kind, **row} for who, fund, kind, row in asked])
    alike = [(subject, *pair) for subject, one in made.items() for pair in sorted(one.likenesses)]
    insert(Likeness, [{"household": subject, "person": who, "key": key} for subject, who, key in alike])
    insert(Fact, sealed(made, "facts"))
    insert(HealthFact, sealed(made, "health"))
    notices.note([who for who, _, _ in people])


def sealed(made, kind):
    return [
        {
            "subject": subject,
            "path": path,
            "entry": held.entry,
            "value": sealing.seal_value(tables.as_text(held.value), f"{subject}|{path}"),
        }
        for subject, one in made.items()
        for path, held in getattr(one, kind).items()
    ]


def tell(taken, *, by, at):
    """Of those whom somebody else named in these entries, nine in ten have been told."""
    subjects = Opening.select(Opening.subject).where(Opening.entry.in_([entry.id for entry in taken]))
    query = Person.select(Person.id).join(Untold, on=(Untold.person == Person.id))
    people = [who for (who,) in query.where(Person.household.in_(subjects)).order_by(Person.id).tuples()]
    told = [who for number, who in enumerate(people) if number % 10]
    insert(Notice, [{"person": who, "account": by, "at": at, "how": "face"} for who in told])
    Untold.delete().where(Untold.person.in_(told)).execute()


def admit(*, at):
    """A sitting of the committee: most who wait are admitted, the last hundred wait for the next one."""
    fund, registrar = Fund.get(Fund.code == "F1"), Account.get(Account.handle == "registrar")
    waiting = [one for one in admissions.waiting(fund) if one.kind == "new" and one.applied_on <= at.date()][:-ODD]
    if waiting:
        held = Resolution.select().where(Resolution.fund == fund).count()
        about = dict(board="9", meeting=f"{held + 1}", resolved_on=at.date(), by=registrar, at=at)
        admissions.resolve(fund, waiting, accepted=True, **about)


def odd(phone, places, count, *, at):
    """Lines that are kept and not believed: half of them wait at the desk, half are put aside."""
    admin = Account.get(Account.handle == "admin")
    for number in range(count):
        place = places[number % len(places)]
        entry = phone.record("household", {"house": {"number": number}}, place=place, at=at)
        if number % 2:
            quarantine.set_aside(entry, by=admin, at=at, reason="ลองเครื่อง")
