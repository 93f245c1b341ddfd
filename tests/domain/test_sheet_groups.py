"""What changed and what matters stands open, the rest is folded by group, and nothing is left out; one line a kind of finding."""

import uuid
from datetime import timedelta

import pytest

from pwa.domain.review import review, sheet_groups, sheets
from pwa.domain.review.machine_checks import Check
from tests.hamlets import BUNMA, MALI, MORNING, Hamlet, applies, bunma, form, mali

LATER = MORNING + timedelta(hours=9)
MORE = {"marital": "single", "nationality": "ไทย", "occupation": "ทำนา", "phone": "0811111111"}


@pytest.fixture
def hamlet(app):
    return Hamlet()


def sheet_of(hamlet, entry):
    return sheets.of(entry.entry_id, hamlet.leader, at=LATER)


def below(person, fields):
    return {one.path.removeprefix(f"people.{person}.") for one in fields}


def test_of_a_new_person_what_matters_is_open_and_the_rest_folded(hamlet):
    entry = hamlet.visit(form(bunma(**MORE, **applies())))
    [group] = [one for one in sheet_of(hamlet, entry).groups if one.person]
    assert {"birth_date", "id_number", "membership", "application.fund"} <= below(BUNMA, group.open)
    assert set(MORE) <= below(BUNMA, group.folded)
    assert {one.path for one in group.fields} == {one.path for one in (*group.open, *group.folded)}


def test_a_few_fields_are_not_folded(hamlet):
    entry = hamlet.visit(form(bunma(), visit={"outcome": "interested", "reason": "นัดใหม่"}))
    assert all(one.open == one.fields for one in sheet_of(hamlet, entry).groups if one.title)


def test_what_a_finding_or_a_word_is_about_is_open(hamlet):
    entry = hamlet.visit(form(bunma(**MORE)))
    path = f"people.{BUNMA}.occupation"
    review.send_back(entry, by=hamlet.leader, at=MORNING, comments={path: "ทำสวนหรือเปล่า"})
    [group] = [one for one in sheet_of(hamlet, entry).groups if one.person]
    assert path in {one.path for one in group.open}


def test_of_a_known_house_only_the_newcomer_is_told_whole_and_the_rest_stays_to_be_unfolded(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(**MORE)), subject=home)
    entry = hamlet.visit(form(bunma(**MORE | {"phone": "0822222222"}), mali()), subject=home, base=1, hours=2)
    sheet = sheet_of(hamlet, entry)
    assert [(one.person, one.is_new) for one in sheet.groups] == [("นางบุญมา ใจงาม", False), ("มาลี ใจงาม", True)]
    assert {one.path for one in sheet.groups[0].fields} == {f"people.{BUNMA}.phone"}
    same = {one.path: one for group in sheet.unchanged for one in group.fields}
    assert same[f"people.{BUNMA}.occupation"].entry == "ทำนา" and "house.number" in same
    assert not {f"people.{BUNMA}.phone", f"people.{MALI}.first_name"} & same.keys()


def test_health_that_did_not_change_is_not_shown(hamlet):
    home, consent = uuid.uuid4(), {"health": True, "by": "self", "given_on": "2026-11-20"}
    ill = bunma(consent=consent, health={"groups": ["chronic"]})
    hamlet.approved(form(ill), subject=home)
    entry = hamlet.visit(form(ill | {"nickname": "มา"}), subject=home, base=1, hours=2)
    same = {one.path for group in sheet_of(hamlet, entry).unchanged for one in group.fields}
    assert same and not {path for path in same if ".health" in path or ".consent" in path}


def test_several_findings_of_a_kind_are_one_line(hamlet):
    checks = [Check("wait", name, "x", {"n": n}) for n, name in enumerate(("duplicate", "age", "duplicate", "id"))]
    told = [[check.values["n"] for check in some] for some in sheet_groups.findings(checks)]
    assert told == [[0, 2], [1], [3]]
