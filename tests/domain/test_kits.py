"""What a kit holds and what it never holds, whose houses it shows, and in what order one walks."""

import gzip
import uuid

import pytest

from db import database
from db.models import Fact, HealthFact, Household, Person
from pwa import web
from pwa.domain.custody.phones import Phone
from pwa.domain.fieldwork import assignments, kits
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.register import tables
from pwa.domain.review import admissions, review
from tests import databases
from tests.conftest import build_village
from tests.hamlets import BUNMA, MALI, MORNING, applies, bunma, form, mali
from tests.sent_out import DAY, SECRET, TODAY, WAITS_FOR, bring, contents, sent_out


@pytest.fixture
def hamlet(app):
    return sent_out()


def test_it_holds_what_is_needed_at_the_door(hamlet):
    kit = bring(hamlet)
    [home] = kit["households"]
    assert home["house"] == {"number": "45/2", "moo": "4", "lane": "ซอยวัด", "description": ""}
    assert (home["id"], home["place"], home["version"], home["todo"]) == (str(hamlet.home), "V1A", 1, None)
    assert home["visit"] == {"on": "2026-11-20", "outcome": "interested", "revisit_on": None}
    head, second = kit["people"]
    assert head["name"] == {"title": "นาง", "first_name": "บุญมา", "last_name": "ใจงาม"}
    known = {key: head[key] for key in ("id", "household", "nickname", "born", "relation", "last4", "standing")}
    assert known == {
        "id": BUNMA, "household": str(hamlet.home), "nickname": "มา", "born": 1958,
        "relation": "head", "last4": "3453", "standing": "none",
    }  # fmt: skip
    assert head["old_last_names"] == ["แก้วดี"] and "old_last_names" not in second
    assert (second["passbook"], second["standing"], second["born"]) == ("02-0147", "claimed", 1990)
    assert tables.person_id(hamlet.home, MALI).hex.startswith(second["ref"])
    assert kit["counts"] == {"households": 1, "people": 2}


def test_it_never_holds_what_does_not_belong_in_the_field(hamlet):
    text = kits.as_json(bring(hamlet))
    hidden = [path for path in values(SECRET)] + [
        "0815550142",
        "3900100123453",
        "1958-08",
        "1990-04",
        "08-12",
        "7.123456",
    ]
    assert [secret for secret in hidden if secret in text] == []


@pytest.fixture
def larger_village(engine, tmp_path):
    """The demo village with more visits than a copy for every test has."""
    build_village(tmp_path / "whole", visits=3)
    databases.open_in(tmp_path / "whole").connect()
    yield
    databases.drop(tmp_path / "whole")


@pytest.mark.slow
def test_it_never_holds_any_secret_of_the_whole_demo_village(larger_village):
    """Every sealed value that is no part of the kit is looked for in the kits of both volunteers."""
    at = web.system_clock()
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


def test_it_shows_only_the_communities_of_the_assignment(hamlet):
    elsewhere = uuid.uuid4()
    hamlet.approved(form(mali(id=str(uuid.uuid4()), first_name="สมหมาย")), subject=elsewhere, place="V1B")
    assert list(contents(bring(hamlet))) == [str(hamlet.home)]
    wider = assignments.give(
        hamlet.volunteer, [units.get("V1A"), units.get("V1B")],
        starts_on=TODAY, ends_on=TODAY, by=hamlet.leader, at=MORNING + DAY, on=TODAY,
    )  # fmt: skip
    assert bring(hamlet)["assignment"]["id"] == str(wider.id)
    assert set(contents(bring(hamlet))) == {str(hamlet.home), str(elsewhere)}


def test_people_who_are_gone_stay_at_home(hamlet):
    whole = bring(hamlet)
    gone = form(bunma(relation="head"), mali(gone="moved", gone_on="2026-11-01"))
    hamlet.approved(gone, subject=hamlet.home, hours=5, base=1)
    changed = bring(hamlet, whole["cursor"])
    assert [person["id"] for person in changed["people"]] == [BUNMA]


def test_it_brings_back_what_the_leader_commented(hamlet):
    entry = hamlet.visit(form(mali(id=str(uuid.uuid4())), number="7"), subject=hamlet.home, hours=1, base=1)
    path = f"people.{BUNMA}"
    comments = {"house.number": "บ้าน 7 หรือ 45/2", f"{path}.health.groups": "ดูบัตรคนพิการ"}
    review.send_back(entry, by=hamlet.leader, at=MORNING, reason="ดูอีกที", comments=comments)
    kit = bring(hamlet)
    said = {"entry": str(entry.entry_id), "subject": str(hamlet.home), "reason": "ดูอีกที"}
    assert kit["returned"] == [said | {"comments": {"house.number": "บ้าน 7 หรือ 45/2"}}]
    assert kit["households"][0]["todo"] == "returned"
    hamlet.visit(form(mali()), subject=hamlet.home, hours=2, base=1, replaces=entry.entry_id)
    assert bring(hamlet)["returned"] == []


def test_what_came_back_to_somebody_else_is_theirs(hamlet):
    colleague = accounts.add("v-colleague", name="x", unit=units.get("V1"), role="volunteer", at=MORNING)
    payload = form(mali(id=str(uuid.uuid4())), number="7")
    entry = Phone(colleague, at=MORNING).record("household", payload, place="V1A", at=MORNING)
    review.send_back(entry, by=hamlet.leader, at=MORNING, reason="ดูอีกที", comments={})
    assert bring(hamlet)["returned"] == []


@pytest.mark.parametrize("visit, days, todo", WAITS_FOR)
def test_it_says_what_is_to_be_done(hamlet, visit, days, todo):
    hamlet.approved(form(bunma(), visit=visit), subject=hamlet.home, hours=1, base=1)
    [(home, _)] = kits.contents([units.get("V1A")], on=TODAY + days * DAY)
    assert home["todo"] == todo


def test_it_walks_from_house_to_house():
    numbers = ["10", "2", "45", "45/2", "45/10", "๓", "45/2ก", "100"]
    assert sorted(numbers, key=kits.order) == ["2", "๓", "10", "45", "45/2", "45/2ก", "45/10", "100"]
    assert kits.order("", description="ข้างวัด") > kits.order("9999")
    assert kits.order("9", moo="2") > kits.order("10", moo="1")


def test_a_member_has_the_number_of_the_register(hamlet):
    subject, person = uuid.uuid4(), str(uuid.uuid4())
    hamlet.approved(form(bunma(id=person, **applies()), number="8"), subject=subject)
    [application] = [one for one in admissions.waiting(hamlet.fund) if one.kind == "new"]
    sitting = dict(board="1", meeting="1/2569", resolved_on=TODAY, by=hamlet.registrar, at=MORNING)
    admissions.resolve(hamlet.fund, [application], accepted=True, **sitting)
    [known] = [one for one in bring(hamlet)["people"] if one["id"] == person]
    assert (known["standing"], known["passbook"]) == ("waiting", "VF-0001")


@pytest.mark.slow
@pytest.mark.parametrize("people", [1000])
def test_it_is_small_enough_for_a_village_of_a_thousand(hamlet, people):
    settle(units.get("V1A"), people)
    text = kits.as_json(bring(hamlet)).encode()
    assert len(text) <= 500_000 and len(gzip.compress(text)) <= 150_000
    Person.delete().where(Person.local_id.startswith("many-")).execute()
    Household.delete().where(Household.description == "many").execute()


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
