"""What members of the village asked the fund for: births and stays in hospital, decided by its committee and paid by its treasurer."""

from datetime import timedelta

from pwa.demo import story
from pwa.domain.fund import claim_payments
from pwa.domain.review import claim_decisions, review

DAY = timedelta(days=1)
CERTIFIED = (
    (3, "birth", 0, 60),
    (6, "illness", 3, 45),
    (8, "illness", 4, 30),
    (11, "birth", 0, 24),
    (14, "illness", 2, 16),
    (16, "illness", 5, 9),
)
"""(which paying house, benefit, nights, days ago) of what a zone leader has certified."""
WAITING = ((2, "illness", 2, 4), (4, "birth", 0, 2))
PAPERS = {"illness": "ใบรับรองแพทย์", "birth": "สูติบัตร", "death": "ใบมรณบัตร"}


def tell(world, homes):
    """Claims of the first volunteer's houses in every state: two wait for the zone leader, of the others the meeting took up five."""
    leader, claimed = world.accounts["zone-leader"], []
    for number, benefit, nights, days in CERTIFIED:
        entry = record(world, homes[number], benefit, nights, days)
        review.approve(entry, by=leader, at=world.days_ago(days - 3))
        claimed.append(entry.claims.get().claim)
    for number, benefit, nights, days in WAITING:
        record(world, homes[number], benefit, nights, days)
    born, first, second, third, typed, _ = claimed
    for claim, days in ((born, 40), (first, 40), (second, 20)):
        decide(world, claim, days)
    decide(world, third, 20, accepted=False, reason="ใบเกิดเป็นของบ้านอื่น ยื่นใหม่ได้")
    decide(world, typed, 3, confirmed=False)
    pay(world, born, 38, "ค่าสวัสดิการเรื่อง เกิด", received=True)
    pay(world, first, 18, "ค่าสวัสดิการเรื่อง เจ็บ")


def decide(world, claim, days, *, confirmed=True, **said):
    """The registrar types what the committee resolved so many days ago; one of the committee confirms it."""
    at = world.days_ago(days, hour=11)
    about = dict(story.sitting(at), at=at)
    claim_decisions.propose(claim, by=world.accounts["registrar"], **{"accepted": True} | said | about)
    if confirmed:
        claim_decisions.confirm(claim, agrees=True, seen=2, by=world.accounts["committee"], at=at)


def pay(world, claim, days, ground, received=False, payee=0, source="1000-treasurer"):
    """The treasurer pays a payee, out of the own hand where no bank is named."""
    at, by = world.days_ago(days, hour=14), world.accounts["treasurer"]
    one = claim_payments.get(claim.id, payee, seen_by=by)
    claim_payments.hold(one, by=by, at=at)
    about = dict(source=source, on=at.date(), today=at.date(), ground=ground, command_id=world.new_id())
    claim_payments.pay(one, by=by, at=at, **about)
    if received:
        claim_payments.receive(one, by=by, at=at + DAY)


def record(world, home, benefit, nights, days, recorder="volunteer", replaces=None, **more):
    """One claim of the house's first member, recorded the day after the event with a picture of its paper; `more` is said besides."""
    at, phone = world.days_ago(days), world.phones[recorder]
    page = phone.picture((story.HERE / "passbook.jpg").read_bytes(), "evidence", at=at)
    said = told(home[0].who, benefit, nights, (at - DAY).date()) | more
    said["evidence"] = [{"paper": PAPERS[benefit], "blob": page["sha256"]}]
    about = dict(subject=home[0].who.household_id, pictures=[page], replaces=replaces)
    return phone.record("claim", said, at=at, **about)


def told(person, benefit, nights, event_on):
    """What a claim of somebody says, with its paper."""
    name = f"{person.first_name} {person.last_name}".strip()
    said = {
        "fund": "F1",
        "benefit": benefit,
        "member": str(person.id),
        "event_on": event_on.isoformat(),
        "subject": {"type": "child" if benefit == "birth" else "member"},
        "payees": [{"type": "member", "person": str(person.id), "name": name, "share": 100, "how": "cash"}],
        "evidence": [{"paper": PAPERS[benefit]}],
    }
    return said | ({"admit_on": (event_on - nights * DAY).isoformat()} if nights else {})
