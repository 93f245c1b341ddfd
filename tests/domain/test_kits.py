"""What a kit holds and what it never holds; that differences add up to the whole; whose houses it shows."""

import gzip
import random
import uuid
from datetime import timedelta

import pytest

from db import database
from db.models import Fact, HealthFact, Household, KitDownload, Person
from pwa.domain.field import assignments, kits
from pwa.domain.places import units
from pwa.domain.registry import admissions, register, review, tables
from tests.villages import BUNMA, MALI, MORNING, Village, applies, bunma, form, holds, mali

TODAY = MORNING.date()
DAY = timedelta(days=1)
SECRET = {
    "phone": "0815550142",
    "consent": {"health": True, "by": "self", "given_on": "2026-11-20"},
    "health": {"groups": ["elderly_bedridden", "disabled"], "disability_kinds": ["seeing"], "carer_name": "ป้าแมวผู้ดูแล"},
    "registered_address": {"text": "บ้านเดิมที่ลับเฉพาะ"},
    "occupation": "ช่างทองลับ",
    "benefits": ["disability"],
}


@pytest.fixture
def village(app):
    village = Village()
    village.home = uuid.uuid4()
    village.approved(
        form(
            bunma(relation="head", nickname="มา", **SECRET),
            mali(birth_date="1990-04-17", **holds()),
            house={"number": "45/2", "moo": "4", "lane": "ซอยวัด", "location": {"lat": 7.123456, "lng": 100.456789}},
        ),
        subject=village.home,
    )
    village.assignment = assignments.give(
        village.volunteer, [units.get("V1A")],
        starts_on=TODAY, ends_on=TODAY + 6 * DAY, by=village.leader, at=MORNING, on=TODAY,
    )  # fmt: skip
    return village


def bring(village, since=None, on=TODAY):
    return kits.download(village.volunteer, on=on, at=MORNING, since=since)


def contents(kit):
    return {
        home["id"]: [home, *(person for person in kit["people"] if person["household"] == home["id"])]
        for home in kit["households"]
    }


def test_it_holds_what_is_needed_at_the_door(village):
    kit = bring(village)
    [home] = kit["households"]
    assert home["house"] == {"number": "45/2", "moo": "4", "lane": "ซอยวัด", "description": ""}
    assert (home["id"], home["place"], home["version"], home["todo"]) == (str(village.home), "V1A", 1, None)
    assert home["visit"] == {"on": "2026-11-20", "outcome": "interested", "revisit_on": None}
    head, second = kit["people"]
    assert head["name"] == {"title": "นาง", "first_name": "บุญมา", "last_name": "ใจงาม"}
    known = {key: head[key] for key in ("id", "household", "nickname", "born", "relation", "last4", "standing")}
    assert known == {
        "id": BUNMA, "household": str(village.home), "nickname": "มา", "born": 1958,
        "relation": "head", "last4": "3453", "standing": "none",
    }  # fmt: skip
    assert (second["passbook"], second["standing"], second["born"]) == ("02-0147", "claimed", 1990)
    assert register.person_id(village.home, MALI).hex.startswith(second["ref"])
    assert kit["counts"] == {"households": 1, "people": 2}


def test_it_never_holds_what_does_not_belong_in_the_field(village):
    text = kits.as_json(bring(village))
    hidden = [path for path in values(SECRET)] + [
        "0815550142",
        "3900100123453",
        "1958-08",
        "1990-04",
        "08-12",
        "7.123456",
    ]
    assert [secret for secret in hidden if secret in text] == []


def test_it_never_holds_any_secret_of_the_whole_demo_village(app):
    """Every sealed value that is no part of the kit is looked for in the kits of both volunteers."""
    from pwa.domain.people import accounts

    at = app.config["CLOCK"]()
    kept = "".join(
        kits.as_json(kits.download(accounts.named(one), on=at.date(), at=at)) for one in ("volunteer", "volunteer-2")
    )
    assert len(kept) > 10_000
    found = set()
    for row in [*Fact.select(), *HealthFact.select()]:
        last, value = row.path.rsplit(".", 1)[-1], tables.unsealed(row)
        secret = row.path.split(".")[2:3] == ["health"] or last in ("phone", "id_number", "photo", "blob", "text")
        full_birth = last == "birth_date" and len(str(value)) > 4
        for one in (value if isinstance(value, list) else [value]) if secret or full_birth else []:
            if isinstance(one, str) and len(one) > 4 and one in kept:
                found.add((row.path, one))
    assert found == set()
    assert '"birth_date"' not in kept and '"phone"' not in kept and '"health"' not in kept


def test_it_shows_only_the_communities_of_the_assignment(village):
    elsewhere = uuid.uuid4()
    village.approved(form(mali(id=str(uuid.uuid4()), first_name="สมหมาย")), subject=elsewhere, place="V1B")
    assert list(contents(bring(village))) == [str(village.home)]
    wider = assignments.give(
        village.volunteer, [units.get("V1A"), units.get("V1B")],
        starts_on=TODAY, ends_on=TODAY, by=village.leader, at=MORNING + DAY, on=TODAY,
    )  # fmt: skip
    assert bring(village)["assignment"]["id"] == str(wider.id)
    assert set(contents(bring(village))) == {str(village.home), str(elsewhere)}


def test_people_who_are_gone_stay_at_home(village):
    whole = bring(village)
    gone = form(bunma(relation="head"), mali(gone="moved", gone_on="2026-11-01"))
    village.approved(gone, subject=village.home, hours=5, base=1)
    changed = bring(village, whole["cursor"])
    assert [person["id"] for person in changed["people"]] == [BUNMA]


def test_a_difference_is_what_changed_and_nothing_else(village):
    first = bring(village)
    assert bring(village, first["cursor"])["households"] == []
    new = uuid.uuid4()
    village.approved(form(mali(id=str(uuid.uuid4()), first_name="สมใจ"), number="9"), subject=new, hours=3)
    change = bring(village, first["cursor"])
    assert list(contents(change)) == [str(new)] and change["gone"] == []
    assert change["counts"] == {"households": 2, "people": 3}
    assert [row.kind for row in KitDownload.select().order_by(KitDownload.id)] == ["full", "difference", "difference"]


def test_a_house_that_left_is_named(village):
    first = bring(village)
    Household.update(place=units.get("V1B")).where(Household.id == village.home).execute()
    change = bring(village, first["cursor"])
    assert change["gone"] == [str(village.home)] and change["households"] == []
    register.apply(village.home)


def test_differences_add_up_to_the_whole(village):
    """Whatever happens between two downloads, the first kit with all differences says what a whole one says."""
    chance, houses, held = random.Random(2569), [village.home], {}
    for step in range(6):
        act = chance.choice(["new", "visit", "nothing"])
        if act == "new":
            houses.append(uuid.uuid4())
            payload = form(mali(id=str(uuid.uuid4()), first_name=f"คนที่{step}"), number=str(step + 2))
            village.approved(payload, subject=houses[-1], hours=step + 2)
        elif act == "visit":
            subject = chance.choice(houses)
            payload = register.record(subject)
            payload["visit"] = {"outcome": "interested", "revisit_on": f"2026-11-{20 + step}"}
            village.approved(payload, subject=subject, hours=step + 2, base=register.version(subject))
        answer = bring(village, held.get("cursor"))
        parts = {**held.get("parts", {}), **contents(answer)}
        held = {"cursor": answer["cursor"], "parts": {key: parts[key] for key in parts.keys() - set(answer["gone"])}}
        whole = bring(village)
        assert held["parts"] == contents(whole) and held["cursor"] == whole["cursor"]
        assert kits.as_json(whole) == kits.as_json(bring(village))


def test_it_brings_back_what_the_leader_commented(village):
    entry = village.visit(form(mali(id=str(uuid.uuid4())), number="7"), subject=village.home, hours=1, base=1)
    path = f"people.{BUNMA}"
    comments = {"house.number": "บ้าน 7 หรือ 45/2", f"{path}.health.groups": "ดูบัตรคนพิการ"}
    review.send_back(entry, by=village.leader, at=MORNING, reason="ดูอีกที", comments=comments)
    kit = bring(village)
    said = {"entry": str(entry.entry_id), "subject": str(village.home), "reason": "ดูอีกที"}
    assert kit["returned"] == [said | {"comments": {"house.number": "บ้าน 7 หรือ 45/2"}}]
    assert kit["households"][0]["todo"] == "returned"
    village.visit(form(mali()), subject=village.home, hours=2, base=1, replaces=entry.entry_id)
    assert bring(village)["returned"] == []


@pytest.mark.parametrize(
    "visit, days, todo",
    [
        ({"outcome": "absent"}, 0, "absent"),
        ({"outcome": "not_ready", "revisit_on": "2026-11-25"}, 4, None),
        ({"outcome": "not_ready", "revisit_on": "2026-11-25"}, 5, "revisit"),
        ({"outcome": "interested"}, 180, None),
        ({"outcome": "interested"}, 181, "stale"),
    ],
)
def test_it_says_what_is_to_be_done(village, visit, days, todo):
    village.approved(form(bunma(), visit=visit), subject=village.home, hours=1, base=1)
    [(home, _)] = kits.contents([units.get("V1A")], on=TODAY + days * DAY)
    assert home["todo"] == todo


def test_it_walks_from_house_to_house():
    numbers = ["10", "2", "45", "45/2", "45/10", "๓", "45/2ก", "100"]
    assert sorted(numbers, key=kits.order) == ["2", "๓", "10", "45", "45/2", "45/2ก", "45/10", "100"]
    assert kits.order("", description="ข้างวัด") > kits.order("9999")
    assert kits.order("9", moo="2") > kits.order("10", moo="1")


def test_a_member_has_the_number_of_the_register(village):
    subject, person = uuid.uuid4(), str(uuid.uuid4())
    village.approved(form(bunma(id=person, **applies()), number="8"), subject=subject)
    [application] = [one for one in admissions.waiting(village.fund) if one.kind == "new"]
    sitting = dict(board="1", meeting="1/2569", resolved_on=TODAY, by=village.registrar, at=MORNING)
    admissions.resolve(village.fund, [application], accepted=True, **sitting)
    [known] = [one for one in bring(village)["people"] if one["id"] == person]
    assert (known["standing"], known["passbook"]) == ("waiting", "VF-0001")


@pytest.mark.parametrize("people", [1000])
def test_it_is_small_enough_for_a_village_of_a_thousand(village, people):
    settle(units.get("V1A"), people)
    text = kits.as_json(bring(village)).encode()
    assert len(text) <= 1_000_000 and len(gzip.compress(text)) <= 150_000
    Person.delete().where(Person.local_id.startswith("many-")).execute()
    Household.delete().where(Household.description == "many").execute()


def test_it_reads_no_cursor_but_its_own():
    marks = {str(uuid.UUID(int=n)): bytes([n] * kits.MARK) for n in (3, 1)}
    assert kits.read_cursor(kits.cursor(marks)) == marks
    assert kits.read_cursor("") == {}
    for text in (None, 5, "ไทย", "AAAA", "%%%", "A"):
        assert kits.read_cursor(text) is None


def settle(place, people):
    """Rows of invented people, as the register would hold them, without their entries."""
    houses = [uuid.uuid4() for _ in range(people // 4)]
    with database.atomic():
        for number, one in enumerate(houses):
            about = {
                "number": f"{number}/{number % 9}",
                "description": "many",
                "visited_at": "2026-01-05T09:00:00+07:00",
            }
            Household.create(id=one, place=place, version=1, outcome="interested", **about)
        for n in range(people):
            name = {
                "title": "นางสาว",
                "first_name": f"สมหญิงทดสอบ{n}",
                "last_name": f"ใจดีมากมาย{n % 97}",
                "nickname": "หญิง",
            }
            house = {"household": houses[n % len(houses)], "local_id": f"many-{uuid.uuid4()}"}
            Person.create(
                id=uuid.uuid4(), birth_date="1958-08-12", relation="relative", id_last4="1234", **house, **name
            )


def values(part):
    """Every text of a nested payload that is worth hiding."""
    if isinstance(part, dict):
        return [text for one in part.values() for text in values(one)]
    if isinstance(part, list):
        return [text for one in part for text in values(one)]
    return [part] if isinstance(part, str) and part not in ("self", "2026-11-20") else []
