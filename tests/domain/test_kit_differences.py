"""Differences of a kit: only what changed, houses that left by name, and all of them together the whole again."""

import random
import uuid

import pytest

from db.models import Fund, Household, KitDownload
from pwa.domain.fieldwork import assignments, kit_cursors, kits
from pwa.domain.places import units
from pwa.domain.register import register
from pwa.domain.review import admissions
from tests.hamlets import MORNING, applies, bunma, form, mali
from tests.sent_out import DAY, TODAY, bring, contents, sent_out


@pytest.fixture
def hamlet(app):
    return sent_out()


def test_a_difference_is_what_changed_and_nothing_else(hamlet):
    first = bring(hamlet)
    assert bring(hamlet, first["cursor"])["households"] == []
    new = uuid.uuid4()
    hamlet.approved(form(mali(id=str(uuid.uuid4()), first_name="สมใจ"), number="9"), subject=new, hours=3)
    change = bring(hamlet, first["cursor"])
    assert list(contents(change)) == [str(new)] and change["gone"] == []
    assert change["counts"] == {"households": 2, "people": 3}
    assert [row.kind for row in KitDownload.select().order_by(KitDownload.id)] == ["full", "difference", "difference"]


def test_a_member_admitted_in_the_office_is_a_difference(hamlet):
    subject = uuid.uuid4()
    hamlet.approved(form(bunma(id=str(uuid.uuid4()), **applies()), number="8"), subject=subject)
    before = bring(hamlet)
    [application] = [one for one in admissions.waiting(hamlet.fund) if one.kind == "new"]
    sitting = dict(board="1", meeting="1/2569", resolved_on=TODAY, by=hamlet.registrar, at=MORNING)
    admissions.resolve(hamlet.fund, [application], accepted=True, **sitting)
    change = bring(hamlet, before["cursor"])
    assert [person["standing"] for person in change["people"]] == ["waiting"]


@pytest.mark.parametrize("days", [1, 5, 41, 89])
def test_a_day_that_passes_is_no_difference(hamlet, days):
    """Over the end of the year and of a waiting time, past an appointment: the phone looks at the day itself."""
    subject = uuid.uuid4()
    payload = form(
        bunma(id=str(uuid.uuid4()), **applies()), number="8", visit={"outcome": "absent", "revisit_on": "2026-11-24"}
    )
    hamlet.approved(payload, subject=subject)
    [application] = [one for one in admissions.waiting(hamlet.fund) if one.kind == "new"]
    sitting = dict(board="1", meeting="1/2569", resolved_on=TODAY, by=hamlet.registrar, at=MORNING)
    admissions.resolve(hamlet.fund, [application], accepted=True, **sitting)
    Fund.update(waiting_n=30, waiting_unit="day").execute()
    long = {"starts_on": TODAY, "ends_on": TODAY + 89 * DAY, "at": MORNING + DAY / 24, "on": TODAY}
    assignments.give(hamlet.volunteer, [units.get("V1A")], by=hamlet.leader, **long)
    first = bring(hamlet)
    later = bring(hamlet, first["cursor"], on=TODAY + days * DAY)
    assert (later["households"], later["people"], later["cursor"]) == ([], [], first["cursor"])


def test_a_house_that_left_is_named(hamlet):
    first = bring(hamlet)
    Household.update(place=units.get("V1B")).where(Household.id == hamlet.home).execute()
    change = bring(hamlet, first["cursor"])
    assert change["gone"] == [str(hamlet.home)] and change["households"] == []
    register.apply(hamlet.home)


def test_differences_add_up_to_the_whole(hamlet):
    """Whatever happens between two downloads, the first kit with all differences says what a whole one says."""
    chance, houses, held = random.Random(2569), [hamlet.home], {}
    for step in range(6):
        act = chance.choice(["new", "visit", "nothing"])
        if act == "new":
            houses.append(uuid.uuid4())
            payload = form(mali(id=str(uuid.uuid4()), first_name=f"คนที่{step}"), number=str(step + 2))
            hamlet.approved(payload, subject=houses[-1], hours=step + 2)
        elif act == "visit":
            subject = chance.choice(houses)
            payload = register.record(subject)
            payload["visit"] = {"outcome": "interested", "revisit_on": f"2026-11-{20 + step}"}
            hamlet.approved(payload, subject=subject, hours=step + 2, base=register.version(subject))
        answer = bring(hamlet, held.get("cursor"))
        parts = {**held.get("parts", {}), **contents(answer)}
        held = {"cursor": answer["cursor"], "parts": {key: parts[key] for key in parts.keys() - set(answer["gone"])}}
        whole = bring(hamlet)
        assert held["parts"] == contents(whole) and held["cursor"] == whole["cursor"]
        assert kits.as_json(whole) == kits.as_json(bring(hamlet))


def test_it_reads_no_cursor_but_its_own():
    marks = {str(uuid.UUID(int=n)): bytes([n] * kit_cursors.MARK) for n in (3, 1)}
    assert kit_cursors.read(kit_cursors.written(marks)) == marks
    assert kit_cursors.read("") == {}
    for text in (None, 5, "ไทย", "AAAA", "%%%", "A"):
        assert kit_cursors.read(text) is None
