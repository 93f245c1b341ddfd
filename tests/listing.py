"""Old members of the demo village, who joined by their passbooks, and lists of what falls due to them by the calendar."""

import uuid
from datetime import date

from db.models import Application, Household, Person
from pwa.demo.story import HERE
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import batches, due_people, membership_acts, versions
from pwa.domain.people import accounts
from pwa.domain.register import tables
from pwa.domain.review import admissions, batch_decisions, review
from tests.claiming import AT, TODAY
from tests.sittings import held

FIRST = date(2026, 1, 1)
"""The period is the calendar year, and its first day counts."""


def elder(number, born="1950-02-03", joined="2019-03-05", name="", at=AT, paid_through="2026-10-31"):
    """A member of F1 in a house of their own: their Person. 200 baht a year from 60 on, after three years."""
    phone, subject, key = Phone(accounts.named("volunteer"), at=at), uuid.uuid4(), str(uuid.uuid4())
    page = phone.picture((HERE / "passbook.jpg").read_bytes(), "evidence", at=at)
    passbook = {"fund": "F1", "number": f"ป{number}", "joined_on": joined, "paid_through": paid_through}
    who = {"id": key, "first_name": name or f"ยาย{number}", "last_name": "ตัวอย่าง", "relation": "head", "sex": "female"}
    who |= {"living_here": True, "membership": "member"} | ({"birth_date": born} if born else {})
    payload = {"house": {"number": f"9/{number}"}, "visit": {"outcome": "interested"}}
    payload |= {"people": [who | {"passbook": passbook | {"photo": page["sha256"]}}]}
    entry = phone.record("household", payload, subject=subject, place="C01", pictures=[page], at=at)
    assert entry.outcome == "received", entry.reason
    review.approve(entry, by=accounts.named("zone-leader"), at=at)
    person = tables.person_id(subject, key)
    asked = Application.get(Application.person == person)
    admissions.confirm(asked, accepted=True, by=accounts.named("registrar"), at=at)
    return Person.get(Person.id == person)


def benefit(first=FIRST, code="elderly"):
    return batches.benefit_of(versions.fund_of("F1"), code, first, on=TODAY)


def candidates(first=FIRST):
    """{number of the membership: Candidate}"""
    found = due_people.candidates(versions.fund_of("F1"), benefit(first), first, on=TODAY)
    return {one.membership.number: one for one in found}


def written(first=FIRST, by="registrar", batch_id=None):
    """A list as the rules give it."""
    fund, listed = versions.fund_of("F1"), [one for one in candidates(first).values() if one.is_on]
    about = dict(seen=batches.mark(listed), batch_id=batch_id or uuid.uuid4(), by=accounts.named(by), at=AT, on=TODAY)
    return batches.begin(fund, benefit(first), first, **about)


def typed(batch, by="registrar"):
    """The meeting's word on it, typed."""
    waits = batch_decisions.of(batches.lines(batch), accounts.named(by)).to_type
    batch_decisions.propose(batch, held(), seen=batch_decisions.mark(waits), by=accounts.named(by), at=AT)
    return batch


def granted(batch, by="committee-2"):
    """The same, confirmed by a second one."""
    typed(batch)
    waits = batch_decisions.of(batches.lines(batch), accounts.named(by)).to_confirm
    about = dict(agrees=True, seen=batch_decisions.mark(waits), by=accounts.named(by), at=AT)
    batch_decisions.confirm(batch, **about)
    return batch


def payment(batch, person):
    """The one payment of somebody on it."""
    return next(one for one in batches.lines(batch) if one.claim.person == person.id).payment


def dies(person, by="registrar", at=AT, on=TODAY):
    """The registrar ends the membership of who has died."""
    from db.models import Membership

    mine = Membership.get(Membership.person == person.id)
    return membership_acts.end(mine, why="deceased", first=on, by=accounts.named(by), at=at)


def place(person):
    return Household.get(Household.id == person.household_id)
