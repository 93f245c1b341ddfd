"""What the form of a claim asks: of each benefit only what its regulation needs."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pwa.domain.fund import claim_asking, regulation, versions

ALL_SHAPES = Path(claim_asking.__file__).parents[2] / "rules/example-all-shapes.json"


@pytest.fixture
def asked(app):
    return {one.benefit.event: one for one in claim_asking.of(versions.fund_of("F1"))}


def test_whom_it_happens_to_and_who_is_paid_stand_in_the_regulation_or_follow_from_the_event(asked):
    assert asked["birth"].subjects == ("child",) and asked["birth"].payees == ("member",)
    assert asked["death"].subjects == ("member",) and asked["death"].payees == ("beneficiary",)
    assert asked["study"].subjects == ("member", "child") and asked["disaster"].subjects == ("household",)


def test_only_facts_that_a_condition_names_are_asked(asked):
    named = {event: [fact.name for _, fact in one.facts] for event, one in asked.items()}
    assert set(named["study"]) <= {"gpa", "level"} and named["study"]
    assert not any(facts for event, facts in named.items() if event != "study")


def test_nights_of_a_stay_are_counted_from_its_days_and_everything_else_is_asked(app, monkeypatch):
    known = regulation.load(ALL_SHAPES.read_bytes()).versions
    monkeypatch.setattr(versions, "effective", lambda fund: list(known))
    units = {one.benefit.code: one.unit for one in claim_asking.of(versions.fund_of("F1"))}
    events = {code: one.event for code, one in known[-1].benefits.items()}
    assert {units[code] for code, event in events.items() if event == "stay"} == {""}
    assert next(units[code] for code, event in events.items() if event == "work") == "day"


def test_a_benefit_that_a_later_version_dropped_can_still_be_claimed_and_a_changed_one_is_asked_as_it_is_now(
    app, monkeypatch
):
    fund = versions.fund_of("F1")
    before, now = versions.effective(fund)
    less = {code: one for code, one in now.benefits.items() if code != "birth"}
    less["death"] = replace(less["death"], payees=("host",))
    monkeypatch.setattr(versions, "effective", lambda fund: [before, replace(now, benefits=less)])
    asked = {one.benefit.code: one for one in claim_asking.of(fund)}
    assert "birth" in asked and asked["death"].payees == ("host",)


def test_papers_are_those_of_the_regulation_else_the_usual_ones(asked, monkeypatch):
    assert [paper for _, paper in asked["disaster"].papers] == ["ภาพถ่าย", "คำรับรองของผู้ใหญ่บ้าน"]
    fund = versions.fund_of("F1")
    (*_, now) = versions.effective(fund)
    silent = replace(now, benefits={"death": replace(now.benefits["death"], evidence=None)})
    monkeypatch.setattr(versions, "effective", lambda fund: [silent])
    (one,) = claim_asking.of(fund)
    assert one.papers == ((claim_asking.item("ใบมรณบัตร"), "ใบมรณบัตร"),)


def test_money_is_typed_in_baht_and_a_grade_with_its_decimals(app):
    facts = regulation.load(ALL_SHAPES.read_bytes()).versions[-1].facts
    assert [claim_asking.scale(facts[name]) for name in ("cost", "gpa", "level")] == [100, 100, 1]
    assert json.loads(ALL_SHAPES.read_text("utf-8"))["facts"]["gpa"]["decimals"] == 2
