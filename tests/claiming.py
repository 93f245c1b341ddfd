"""Claims in the demo village: the member เดิม-88, who joined in March 2019 and is paid through October 2026, was in hospital."""

import uuid
from datetime import UTC, date, datetime

from db.models import Claim, Household, Person
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import books, claim_cases, claims, versions
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.register import register
from pwa.domain.review import claim_decisions, claim_reviews, review, urgencies

AT = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 28)
BORN = date(2026, 11, 10)
CHILD = str(uuid.UUID(int=77))


def member():
    return books.member(versions.fund_of("F1"), "เดิม-88")


def house_of(person):
    return Person.select(Person, Household).join(Household).where(Person.id == person).get().household


def stay(person=None, admit_on="2026-10-12", event_on="2026-10-15", **more):
    """The payload of three nights in hospital, with its paper; 600 baht by the rules of 2569."""
    person = str(person or member().person)
    said = {
        "fund": "F1",
        "benefit": "illness",
        "member": person,
        "event_on": event_on,
        "admit_on": admit_on,
        "subject": {"type": "member", "person": person},
        "payees": [{"type": "member", "person": person, "name": "บุญมี ตัวอย่าง", "share": 100, "how": "cash"}],
        "evidence": [{"paper": "ใบรับรองแพทย์"}],
    }
    return said | more


def birth(event_on="2026-09-01", **more):
    """The payload of a birth, 1,000 baht; no paper is missing."""
    said = stay(event_on=event_on, benefit="birth", subject={"type": "child", "name": "ใบบัว"})
    return {name: value for name, value in said.items() if name != "admit_on"} | {
        "evidence": [{"paper": "สูติบัตร"}],
        **more,
    }


def recorded(payload=None, by="volunteer", at=AT):
    """A claim in custody: its Entry."""
    phone = Phone(accounts.named(by), at=at)
    payload = payload or stay()
    return phone.record("claim", payload, at=at, subject=house_of(payload["member"]).id)


def certified(payload=None, by="zone-leader", at=AT, recorder="volunteer"):
    """A claim that a zone leader has certified: its Standing."""
    entry = recorded(payload, by=recorder, at=at)
    assert entry.outcome == "received", entry.reason
    review.approve(entry, by=accounts.named(by), at=at)
    return claims.of(entry.claims.get().claim)


def told(standing):
    """The Proposal to a claim as of now."""
    payload, filed_on, _ = claims.told(standing.claim)
    return claim_cases.proposal(payload, filed_on=filed_on)


def sitting(**more):
    """The meeting of the day."""
    return {
        "board": "4",
        "meeting": "12/2569",
        "resolved_on": TODAY,
        "by": accounts.named("registrar"),
        "at": AT,
    } | more


def typed(payload=None, accepted=True, **more):
    """A claim about which the registrar typed a resolution: its Standing."""
    claim = certified(payload).claim
    claim_decisions.propose(claim, accepted=accepted, **sitting(**more))
    return claims.of(claim)


def decided(payload=None, by="committee-2", **about):
    """A claim that the committee decided: its Standing."""
    one = typed(payload, **about)
    claim_decisions.confirm(one.claim, agrees=True, seen=len(one.acts), by=accounts.named(by), at=AT)
    return claims.of(one.claim)


def granted():
    """The same claim each time that it is asked for, granted."""
    known = claims.id_of("F1", stay())
    there = Claim.get_or_none(Claim.id == known)
    return claims.of(there) if there else decided()


def death(event_on="2026-11-20", **more):
    """The payload of the member's death, 10,000 baht after seven years; a daughter is paid."""
    said = stay(event_on=event_on, benefit="death")
    payees = [{"type": "beneficiary", "name": "ดวงใจ ตัวอย่าง", "share": 100, "how": "cash"}]
    about = {"evidence": [{"paper": "ใบมรณบัตร"}], "payees": payees}
    return {name: value for name, value in said.items() if name != "admit_on"} | about | more


def urged(payload=None, by="committee", **about):
    """A claim that one of the committee agreed to before a meeting: its Standing."""
    claim = certified(payload or death()).claim
    urgencies.urge(claim, by=accounts.named(by), at=AT, on=TODAY, **about)
    return claims.of(claim)


def urgent(payload=None, **about):
    """A claim that two of the committee granted before a meeting: its Standing."""
    return confirmed(urged(payload, **about))


def confirmed(one, by="committee-2"):
    """The same after the second one's yes."""
    claim_decisions.confirm(one.claim, agrees=True, seen=len(one.acts), by=accounts.named(by), at=AT)
    return claims.of(one.claim)


def looked_at(one, outcome, by="committee-2", **about):
    """A grant about which a later meeting resolved something: its Standing."""
    claim_reviews.propose(one.claim, outcome=outcome, **sitting(meeting="13/2569", **about))
    seen = len(claims.of(one.claim).acts)
    claim_reviews.confirm(one.claim, agrees=True, seen=seen, by=accounts.named(by), at=AT, on=TODAY)
    return claims.of(one.claim)


def visited(*people, at=AT):
    """A visit of the member's house that tells of these people was recorded and approved; its household."""
    home = house_of(member().person)
    phone = Phone(accounts.named("volunteer"), at=at)
    payload = {"house": {"number": home.number}, "visit": {"outcome": "interested"}, "people": list(people)}
    base = register.record_of(home.id).version
    entry = phone.record("household", payload, at=at, subject=home.id, place=home.place.code, base=base)
    assert entry.outcome == "received", entry.reason
    review.approve(entry, by=accounts.named("zone-leader"), at=at, choices={})
    return home


def child(**more):
    said = {
        "id": CHILD,
        "first_name": "ใบบัว",
        "last_name": "ตัวอย่าง",
        "relation": "child",
        "birth_date": BORN.isoformat(),
    }
    return said | {"living_here": True} | more


def owner(**more):
    row = Person.get(Person.id == member().person)
    return {"id": row.local_id, "first_name": row.first_name, "last_name": row.last_name, "living_here": True} | more


def visited_near(handle, *people, at=AT):
    """The same in a house that stands where this volunteer goes."""
    place = units.communities(accounts.named(handle), "volunteer")[0]
    Household.update(place=place).where(Household.id == house_of(member().person).id).execute()
    return visited(*people, at=at)
