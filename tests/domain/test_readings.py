"""The reading order: what waited a week, then what is odd, then by age; the same every time, and for the reasons shown."""

import uuid
from datetime import timedelta

import pytest

from db.models import EntryKey, Erasure
from pwa.domain.custody.phones import Phone
from pwa.domain.review import doubles, glances, queues, readings, review
from tests.hamlets import BUNMA, MORNING, Hamlet, applies, bunma, form, mali

LATER = MORNING + timedelta(hours=60)


@pytest.fixture
def hamlet(app):
    return Hamlet()


def plain(number, **more):
    """A house in which nothing is odd, with people who resemble nobody."""
    one = {
        "id": str(uuid.uuid4()),
        "first_name": f"ก{number}",
        "relation": "head",
        "living_here": True,
        "membership": "none",
    }
    return form(one, number=number, **more)


def queue(hamlet, at=LATER, by=None, **more):
    return queues.of(by or hamlet.leader, at=at, **more).items


def numbers(items):
    return [item.number for item in items]


def signs(items):
    return {item.number: set(item.reading.signs) - {"newcomer"} for item in items}


def test_what_is_odd_is_read_first_and_says_why(hamlet):
    hamlet.visit(plain("1"))
    hamlet.visit(form(bunma(id_number="3900100123454"), number="2"), hours=1)
    hamlet.visit(form(mali(birth_date="1990-01-02", relation="head", **applies()), number="3"), hours=2)
    found = queue(hamlet)
    assert numbers(found) == ["2", "3", "1"]
    assert signs(found) == {"2": {"id"}, "3": {"applies"}, "1": set()}
    assert found[0].reading.words[0] == ("wrong ID number", True)
    assert numbers(queue(hamlet, order="oldest")) == ["1", "2", "3"]


def test_nothing_starves(hamlet):
    hamlet.visit(plain("1"))
    for hour in range(3):
        hamlet.visit(form(bunma(id=str(uuid.uuid4()), id_number="3900100123454"), number=f"9{hour}"), hours=100 + hour)
    soon, week = MORNING + timedelta(days=6), MORNING + timedelta(days=7)
    assert numbers(queue(hamlet, at=soon))[-1] == "1"
    assert numbers(queue(hamlet, at=week))[0] == "1"


def test_what_somebody_else_decides_stands_last(hamlet):
    Phone(hamlet.leader, at=MORNING).record(
        "household", form(bunma(id_number="3900100123454")), at=MORNING, subject=uuid.uuid4(), place="V1A"
    )
    hamlet.visit(plain("1"), hours=2)
    assert numbers(queue(hamlet)) == ["1", "45/2"]
    assert numbers(queue(hamlet, by=hamlet.second)) == ["45/2", "1"]


def test_it_sees_two_entries_about_the_same_person(hamlet):
    hamlet.visit(form(bunma(), number="5"))
    hamlet.visit(form(bunma(id=str(uuid.uuid4())), number="6"), hours=1)
    hamlet.visit(plain("7"), hours=2)
    found = queue(hamlet)
    assert {number for number, named in signs(found).items() if "duplicate" in named} == {"5", "6"}
    assert numbers(queue(hamlet, view="doubles")) == ["5", "6"]


def test_two_entries_about_one_house_are_no_duplicates(hamlet):
    home = uuid.uuid4()
    hamlet.visit(form(bunma()), subject=home)
    hamlet.visit(form(bunma(nickname="มา")), subject=home, base=0, hours=1)
    assert queue(hamlet, view="doubles") == []


def test_it_forgets_a_duplicate_when_the_register_changes(hamlet):
    home = uuid.uuid4()
    known = hamlet.approved(form(bunma()), subject=home)
    hamlet.visit(form(bunma(id=str(uuid.uuid4())), number="6"), hours=2)
    assert "duplicate" in signs(queue(hamlet))["6"]
    from pwa.domain.review import counter_decisions

    counter_decisions.undo(known, by=hamlet.second, at=LATER, reason="ผิด")
    review.reject(known, by=hamlet.leader, at=LATER, reason="ผิด")
    assert "duplicate" not in signs(queue(hamlet))["6"]


@pytest.mark.parametrize(
    ("before", "after", "sign"),
    [
        ({}, {"id_number": "1101700230708"}, "id_changed"),
        (applies(), {"membership": "none"}, "membership"),
        (
            applies(),
            applies(beneficiaries=[{"id": BUNMA, "name": "มาลี", "relation": "ลูก", "share": 100}]),
            "beneficiaries",
        ),
    ],
)
def test_it_sees_what_changes_in_the_register(hamlet, before, after, sign):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(**before)), subject=home)
    hamlet.visit(form(bunma(**before | after)), subject=home, base=1, hours=2)
    [item] = queue(hamlet)
    assert sign in item.reading.signs and item.changed >= 1


def test_it_sees_that_the_register_moved(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(phone="0811111111")), subject=home)
    late = hamlet.visit(form(bunma(phone="0833333333")), subject=home, base=1, hours=1)
    assert "asked" not in queue(hamlet)[0].reading.signs
    hamlet.approved(form(bunma(phone="0822222222")), subject=home, base=1, hours=2)
    [item] = queue(hamlet)
    assert (item.row.id, item.asked, item.reading.signs[0]) == (late.id, 1, "asked")
    home = hamlet.approved(form(mali(), number="8"), place="V1A", hours=3).openings.get().subject
    hamlet.visit(form(mali(), number="8"), subject=home, base=1, place="V1B", hours=4)
    assert "place" in signs(queue(hamlet))["8"]


def test_a_new_volunteer_is_read_more_closely(hamlet):
    for n in range(readings.NEW_UNTIL):
        hamlet.approved(plain(f"1{n}"), hours=n)
    hamlet.visit(plain("50"), hours=20)
    assert "newcomer" not in queue(hamlet)[0].reading.signs
    Phone(hamlet.second, at=MORNING).record("household", plain("51"), at=MORNING, subject=uuid.uuid4(), place="V1A")
    assert {item.number: "newcomer" in item.reading.signs for item in queue(hamlet)} == {"50": False, "51": True}


def test_an_erased_entry_shows_nothing(hamlet):
    entry = hamlet.visit(form(bunma(), number="5"))
    assert numbers(queue(hamlet)) == ["5"]
    EntryKey.delete().where(EntryKey.entry == entry).execute()
    Erasure.create(entry=entry, account=hamlet.leader.id, at=LATER, reason="ขอลบ", legal_ground="ม.33")
    [item] = queue(hamlet)
    assert (item.number, item.name, item.reading.glance) == ("", "—", glances.NOTHING)


def test_the_order_is_the_same_every_time(hamlet):
    for n in range(6):
        hamlet.visit(form(bunma(id=str(uuid.uuid4())), number=str(n)), hours=n % 2)
    first = numbers(queue(hamlet))
    glances._kept.clear()
    readings._read.clear(), doubles._verdicts.clear()
    assert numbers(queue(hamlet)) == first


def test_the_next_one_follows_the_order(hamlet):
    first = hamlet.visit(plain("1"))
    odd = hamlet.visit(form(bunma(id_number="3900100123454"), number="2"), hours=1)
    assert queues.next_after(first, hamlet.leader, at=LATER).id == odd.id
    assert queues.next_after(odd, hamlet.leader, at=LATER, order="oldest").id == first.id


def test_what_a_correction_is_about_stands_on_its_row(hamlet):
    from tests.domain.test_review import corrected

    home = uuid.uuid4()
    hamlet.approved(form(bunma()), subject=home)
    corrected(hamlet, home, proposed="1958-08-21")
    [item] = queue(hamlet)
    assert (item.name, item.state, BUNMA in item.reading.glance.about) == ("นางบุญมา ใจงาม", "correction", True)
