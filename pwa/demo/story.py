"""What happened in the village: households registered, checked, admitted; and something in every state."""

from datetime import timedelta
from pathlib import Path

from db.models import Application, Household, Person
from pwa.demo import chains, families, second_thoughts
from pwa.domain.custody import entries
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import quarantine
from pwa.domain.fieldwork import assignments
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.register import memberships, notices, register, tables
from pwa.domain.review import admissions, review
from pwa.domain.text.dates import BANGKOK

HERE = Path(__file__).parent
ROUNDS = [  # recorder, checker, communities
    ("volunteer", "zone-leader", ["C01", "C02"]),
    ("volunteer-2", "zone-leader", ["C03"]),
    ("volunteer-3", "other-zone-leader", ["C04", "C05", "C06"]),
    ("volunteer-4", "zone-leader-3", ["C07", "C08", "C09"]),
]
FIRST_VISIT = 200
LATE = 16  # days after which who was named by others has mostly been told
PENDING = 6  # the last so many days are not decided yet


def tell(world):
    """The last seven months, day by day; then the odd cases."""
    plan = sorted(visits(world), key=lambda visit: -visit[0])
    sittings = [150, 120, 90, 60, 30]
    for days, recorder, checker, place, number in plan:
        while sittings and days < sittings[0]:
            admit(world, sittings.pop(0))
        register_household(world, days, recorder, checker, place, number)
    if sittings:
        admit(world, sittings.pop(0))
    existing_members(world)
    open_accounts(world)
    odd_cases(world)
    send_out(world)
    chains.tell(world)
    second_thoughts.tell(world, new_household(world, "53", 5))


def visits(world):
    """(days ago, recorder, checker, community, house number) of each visit, spread over half a year."""
    spacing = FIRST_VISIT // world.visits
    for recorder, checker, places in ROUNDS:
        for place in places:
            for index in range(world.visits):
                days = FIRST_VISIT - index * spacing - world.chance.randrange(spacing)
                number = str(index * 3 + 1 + world.chance.randrange(3)) + world.chance.choice(["", "", "/1", "/2"])
                yield max(days, 2), recorder, checker, place, number


def register_household(world, days, recorder, checker, place, number):
    """One visit with its photo and signatures, approved within three days unless it is still waiting."""
    fund = "F2" if place == "C07" else "F1"
    at, phone = world.days_ago(days), world.phones[recorder]
    payload = families.household(world, number=number, fund=fund, join=0.6, on=at.date())
    pictures = sign(phone, payload, at)
    entry = phone.record(
        "household", payload, subject=(subject := world.new_id()), place=place, pictures=pictures, at=at
    )
    if days > PENDING:
        review.approve(entry, by=world.accounts[checker], at=at + timedelta(days=world.chance.randint(1, 3)))
        world.households.append(subject)
    if days > LATE:
        tell_who_was_named(world, subject, recorder, at + timedelta(days=14))
    return entry


def tell_who_was_named(world, subject, recorder, at):
    """Who was not at home is told at the next visit; one in fifty is still late."""
    for person in Person.select().where(Person.household == subject, ~Person.present).order_by(Person.local_id):
        if world.chance.random() < 0.98:
            notices.tell(person, by=world.accounts[recorder], at=at, how="face")


def sign(phone, payload, at):
    """Picture of the house and one signature for all who apply; returns the entry's blobs."""
    house = phone.picture((HERE / "house.jpg").read_bytes(), "house", at=at)
    pictures = [house]
    payload["evidence"] = [{"blob": house["sha256"], "role": "house"}]
    for one in payload["people"]:
        if one["membership"] == "apply":
            signature = phone.picture((HERE / "signature.jpg").read_bytes(), "signature", at=at)
            one["application"]["signature"] = {"blob": signature["sha256"], "kind": "signature"}
            pictures.append(signature)
    return pictures


def admit(world, days):
    """The committee's monthly sitting: whoever applied is admitted to their fund, one in forty is not."""
    at = world.days_ago(days, hour=13)
    for fund in world.funds.values():
        waiting = [a for a in admissions.waiting(fund) if a.kind == "new"]
        about = sitting(at) | dict(by=world.accounts["registrar"], at=at)
        refused = waiting[39::40]
        accepted = [a for a in waiting if a not in refused]
        if accepted:
            admissions.resolve(fund, accepted, accepted=True, **about)
        if refused:
            admissions.resolve(fund, refused, accepted=False, reason="เอกสารยังไม่ครบ", **about)


def sitting(at):
    """The committee's sitting of a day: it meets weekly at most, and its numbers begin anew each year."""
    return dict(board="3", meeting=f"{at.timetuple().tm_yday // 7 + 1}/{at.year + 543}", resolved_on=at.date())


def standing_in(places):
    """The query of the households that stand in these units (ids)."""
    return Household.select(Household.id).where(Household.place.in_(places))


def existing_members(world):
    """Two households of old members with passbooks: one confirmed, one waits for the registrar."""
    for days, number in ((75, "88"), (12, "90/1")):
        at, phone = world.days_ago(days), world.phones["volunteer"]
        payload = families.household(world, number=number, fund="F1", join=0, on=at.date())
        page = phone.picture((HERE / "passbook.jpg").read_bytes(), "evidence", at=at)
        head = payload["people"][0]
        passbook = {
            "fund": "F1",
            "number": f"เดิม-{number[:2]}",
            "joined_on": "2019-03-05",
            "paid_through": (world.at.astimezone(BANGKOK).date().replace(day=1) - timedelta(days=1)).isoformat(),
        }
        head |= {"membership": "member", "passbook": {**passbook, "photo": page["sha256"]}}
        subject = world.new_id()
        entry = phone.record("household", payload, subject=subject, place="C01", pictures=[page], at=at)
        review.approve(entry, by=world.accounts["zone-leader"], at=at + timedelta(days=1))
        if days == 75:
            person = tables.person_id(subject, head["id"])
            claim = Application.get(Application.person == person)
            admissions.confirm(claim, accepted=True, by=world.accounts["registrar"], at=at + timedelta(days=9))


def open_accounts(world):
    """`member` and `member-2` live in zone 1, `stranger` belongs to the group's own fund."""
    at = world.days_ago(20)
    for handle, place, skip in (("member", "C01", 0), ("member-2", "C02", 0), ("stranger", "C07", 0)):
        person = memberships.of(units.get(place))[skip]
        name = accounts.full_name(person)
        account = accounts.add(
            handle, name=name, unit=units.get(place), at=at, person=person.id, account_id=world.new_id()
        )
        accounts.grant(account, "member", units.get(place), at=at)
        world.accounts[handle] = account


def send_out(world):
    """Both volunteers of the first zone have a week's assignment, also to collect contributions."""
    at = world.days_ago(2)
    for handle, places in (("volunteer", ["C01", "C02"]), ("volunteer-2", ["C03"])):
        assignments.give(
            world.accounts[handle],
            [units.get(code) for code in places],
            starts_on=at.date(),
            ends_on=at.date() + timedelta(days=8),
            by=world.accounts["zone-leader"],
            at=at,
            on=at.date(),
            assignment_id=world.new_id(),
            collects_for=[world.funds["F1"]],
        )


def odd_cases(world):
    """Returned, rejected, replaced, corrected, a record that moved meanwhile, carried, quarantined and put aside."""
    returned_and_rejected(world)
    moved_meanwhile(world)
    from_a_member(world)
    in_quarantine(world)


def returned_and_rejected(world):
    leader, phone = world.accounts["zone-leader"], world.phones["volunteer"]
    first, second, third = (
        new_household(world, number, days) for number, days in (("45/2", 4), ("47/1", 5), ("51", 3))
    )
    child = entries.plaintext(first)["payload"]["people"][0]["id"]
    comments = {
        f"people.{child}.birth_date": "ช่วยดูจากบัตรหรือสูติบัตร ปีเกิดไม่เข้ากับคำนำหน้า",
        "house.number": "บ้าน 45/2 หรือ 45/3",
    }
    review.send_back(first, by=leader, at=world.days_ago(2), reason="ดูอีกสองช่อง", comments=comments)
    review.reject(second, by=leader, at=world.days_ago(2), reason="บ้านนี้อยู่นอกเขตชุมชน")
    plain = entries.plaintext(third)
    plain["payload"]["house"]["number"] = "51/1"
    about = dict(subject=plain["subject"], place=plain["place"], replaces=third.entry_id, pictures=plain["blobs"])
    phone.record("household", plain["payload"], at=world.days_ago(1), **about)


def new_household(world, number, days, recorder="volunteer", place="C01"):
    at, phone = world.days_ago(days), world.phones[recorder]
    payload = families.household(world, number=number, fund="F1", join=0.5, on=at.date())
    pictures = sign(phone, payload, at)
    return phone.record("household", payload, subject=world.new_id(), place=place, pictures=pictures, at=at)


def moved_meanwhile(world):
    """Two volunteers visit the same house from the same version; the second entry finds the register changed."""
    leader = world.accounts["zone-leader"]
    subject = next(s for s in world.households if register.place(s) in ("C01", "C02"))
    version = register.version(subject)
    changed = []
    for handle, phone_number, days in (("volunteer-2", "0800000142", 4), ("volunteer", "0800000177", 3)):
        payload = register.record(subject)
        payload["people"][0]["phone"] = phone_number
        about = dict(subject=subject, place=register.place(subject), base=version)
        changed.append(world.phones[handle].record("household", payload, at=world.days_ago(days), **about))
    review.approve(changed[0], by=leader, at=world.days_ago(3, hour=15))


def from_a_member(world):
    """A member says that something is wrong, from their own phone."""
    account = world.accounts["member"]
    person = Person.get_by_id(account.person)
    payload = {
        "path": f"people.{person.local_id}.nickname",
        "person": person.local_id,
        "shown": person.nickname,
        "statement": "ชื่อเล่นเขียนผิด ที่บ้านเรียกอีกชื่อหนึ่ง",
        "proposed": "หล้า",
    }
    phone = Phone(account, at=world.days_ago(6), ids=world.new_id)
    phone.record("correction", payload, subject=person.household_id, at=world.days_ago(1))


def in_quarantine(world):
    """One from a place that is not the volunteer's, one from a phone that its author never signed in on, one put aside."""
    new_household(world, "7", 3, place="C05")
    borrowed = Phone(world.accounts["volunteer-2"], at=world.days_ago(3), ids=world.new_id)
    borrowed.account = world.accounts["volunteer"]
    payload = families.household(world, number="9/9", fund="F1", join=0, on=world.days_ago(2).date())
    borrowed.record("household", payload, subject=world.new_id(), place="C01", at=world.days_ago(2))
    doubtful = families.household(world, number="9/8", fund="F1", join=0, on=world.days_ago(2).date())
    entry = borrowed.record("household", doubtful, subject=world.new_id(), place="C01", at=world.days_ago(2))
    quarantine.set_aside(
        entry, by=world.accounts["registrar"], at=world.days_ago(1), reason="ลองส่งเพื่อสอนใช้เครื่อง ไม่ใช่บ้านจริง"
    )
