"""Of several plans the member's counts, a dated row a choice, the fund's first where none was chosen: fund.md §3."""

import json
from datetime import date, timedelta

import pytest

from db.models import PlanChoice
from pwa.domain import Refusal
from pwa.domain.fieldwork import kit_dues
from pwa.domain.fund import books, documents, membership_acts, membership_pages, versions
from pwa.domain.fund.coverage import Plan
from pwa.domain.fund.rulings import Offered, Ruling
from pwa.domain.fund.standing import Rules
from pwa.domain.people import accounts
from pwa.domain.places import funds
from pwa.domain.review import resolutions
from tests.small_fund import NOW

DAY = timedelta(days=1)
MONTHLY, YEARLY, DEARER, DAILY = (
    Plan(3000, 1, "month"),
    Plan(36000, 1, "year"),
    Plan(40000, 1, "year"),
    Plan(100, 1, "day"),
)
START, CHANGED = date(2026, 1, 1), date(2027, 1, 1)
OFFERED = (
    Offered(date.min, {"monthly": MONTHLY, "yearly": YEARLY}),
    Offered(CHANGED, {"daily": DAILY, "yearly": DEARER}),
)


@pytest.mark.parametrize(
    ("choices", "wanted"),
    [
        ((), [(date.min, MONTHLY), (CHANGED, DAILY)]),
        (((START, "yearly"),), [(date.min, MONTHLY), (START, YEARLY), (CHANGED, DEARER)]),
        (((START, "monthly"),), [(date.min, MONTHLY), (START, MONTHLY), (CHANGED, DAILY)]),
        (((START, "yearly"), (CHANGED + DAY, "")), [(date.min, MONTHLY), (START, YEARLY), (CHANGED, DEARER), (CHANGED + DAY, DAILY)]),
        (((CHANGED, "yearly"),), [(date.min, MONTHLY), (CHANGED, DEARER)]),
    ],
)  # fmt: skip
def test_a_choice_holds_through_every_version_that_still_has_it(choices, wanted):
    ruling = Ruling(None, Rules(), offered=OFFERED)
    assert list(ruling.plans_of(choices)) == wanted
    assert ruling.plans == ruling.plans_of(())


def test_a_fund_without_plans_has_none_whatever_somebody_chose():
    assert Ruling(None, Rules()).plans_of(((START, "yearly"),)) == ()


@pytest.fixture
def member(app):
    """เดิม-88 of the village, who paid through 31 October 2026; from 1 November 2026 the regulation has three plans."""
    fund = versions.fund_of("F1")
    told = json.loads((documents.FOLDER / "example-all-shapes.json").read_bytes()) | {"version": 3}
    told.pop("cut_over_on")
    first, second = accounts.named("registrar"), accounts.named("committee")
    sitting = resolutions.sitting("3", "10/2569", date(2026, 10, 20), at=NOW)
    about = dict(sitting=sitting, replaces=2, starts_on=date(2026, 11, 1), at=NOW)
    versions.enforce(fund, json.dumps(told).encode(), drafted_by=first, by=second, **about)
    return books.member(fund, "เดิม-88")


@pytest.fixture
def by(app):
    return accounts.named("registrar")


def owed(member, on):
    book = books.of([member.id])[member.id]
    return books.standing_of(book, books.ruling_of(book, on), on).arrears_satang


def test_what_is_owed_follows_the_members_own_plan(member, by):
    """21 November 2026: by the day 21 baht, by the year 360, by the month 30."""
    on = date(2026, 11, 21)
    assert owed(member, on) == 21 * 100
    membership_acts.choose_plan(member, "yearly", first=date(2026, 11, 1), by=by, at=NOW)
    assert owed(member, on) == 36000
    membership_acts.choose_plan(member, "monthly", first=date(2026, 11, 1), by=by, at=NOW)
    assert owed(member, on) == 3000, "of one day the last row holds"
    membership_acts.choose_plan(member, "", first=date(2026, 11, 11), by=by, at=NOW)
    assert owed(member, date(2026, 12, 2)) == 3000 + 2 * 100, "a month begun under one plan ends under it"
    for _ in range(2):
        membership_acts.choose_plan(member, "", first=date(2026, 11, 11), by=by, at=NOW)
    assert [row.plan for row in membership_pages.of(member.id, seen_by=by, on=on).choices] == ["", "monthly", "yearly"]


def test_the_phone_is_told_the_plans_of_who_chose(member, by):
    serving, on = [one for one in funds.by_name() if one.code == "F1"], date(2026, 11, 21)
    assert [len(row) for row in kit_dues.of([member.person], serving, on=on)[member.person]] == [3]
    membership_acts.choose_plan(member, "monthly", first=date(2026, 11, 1), by=by, at=NOW)
    ((*_, plans),) = kit_dues.of([member.person], serving, on=on)[member.person]
    assert plans[-1] == ["2026-11-01", 3000, 1, "month", True]


@pytest.mark.parametrize(
    ("code", "first", "field"),
    [
        ("weekly", date(2026, 11, 1), "plan"),
        ("yearly", date(2026, 10, 31), "plan"),
        ("yearly", None, "first"),
        ("yearly", date(2019, 3, 4), "first"),
    ],
)
def test_what_is_no_choice_is_refused_at_its_field(member, by, code, first, field):
    with pytest.raises(Refusal) as refused:
        membership_acts.choose_plan(member, code, first=first, by=by, at=NOW)
    assert refused.value.field == field
    assert PlanChoice.select().count() == 0


def test_nobody_chooses_for_their_own_household(member, by):
    by.person = member.person
    with pytest.raises(Refusal):
        membership_acts.choose_plan(member, "yearly", first=date(2026, 11, 1), by=by, at=NOW)
