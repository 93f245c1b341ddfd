"""The days on which an answer changes, as a phone gets them: the same as asking every day, and of a kit nothing that must stay at home."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pwa.domain.fund import outlook, rights
from pwa.domain.fund.case import Case, Fact, Period, Step, Used
from pwa.domain.fund.terms import Regulation
from tests.rules_at_hand import template

TODAY = date(2025, 1, 1)
MEMBER = Case(
    TODAY,
    Fact((Period(date(2010, 6, 15)),), ""),
    coverage=Fact((Step(date(2010, 6, 15), date(2025, 6, 30)),), ""),
    born=Fact("1965-03-10", ""),
    sex=Fact("f", ""),
    used=(Used(date(2024, 11, 2), 30_000, 2, "illness"), Used(date(2024, 5, 2), 40_000, 1, "needy")),
    facts={"bedridden": Fact(True, "")},
)


def told(name="example-all-shapes", case=MEMBER, **more):
    return outlook.of(Regulation(name, (template(name),)), case, today=TODAY, **more)


@pytest.mark.parametrize("name", ["sadao-2568", "example-all-shapes"])
@pytest.mark.parametrize("joined", [date(2010, 6, 15), date(2024, 8, 31), date(2024, 2, 29), date(2010, 1, 31)])
def test_between_its_days_nothing_changes(name, joined):
    case = replace(MEMBER, periods=Fact((Period(joined),), ""))
    found, regulation = told(name, case), Regulation(name, (template(name),))
    for code in template(name).benefits:
        rows = [row for row in found.rows if row[0] == code]
        for ahead in range(401):
            day = TODAY + timedelta(days=ahead)
            row = [row for row in rows if row[1] <= day.isoformat()][-1]
            assert (row[2], found.sentences[row[3]]) == outlook._told(regulation, code, case, day), (code, day)


@pytest.mark.parametrize("today", ["active", "suspended"])
def test_rights_rest_on_the_days_of_a_suspension_and_on_no_other(today):
    """Today among them or not: the phone knows on its own when they begin and end."""
    rest = (
        (TODAY, TODAY + timedelta(days=29))
        if today == "suspended"
        else (TODAY + timedelta(days=5), TODAY + timedelta(days=29))
    )
    found = told(case=replace(MEMBER, rests=(rest,), standing=Fact(today, "")))
    rows = [row for row in found.rows if row[0] == "death"]
    for ahead in range(60):
        day = TODAY + timedelta(days=ahead)
        row = [row for row in rows if row[1] <= day.isoformat()][-1]
        assert (row[2] == 0) == (rest[0] <= day <= rest[1]), day
    ended = told(case=replace(MEMBER, rests=(rest,), standing=Fact("resigned", "")))
    assert {row[2] for row in ended.rows if row[0] == "death"} == {0}


@pytest.mark.parametrize("name", ["sadao-2568", "chamuang-2556", "example-all-shapes"])
@pytest.mark.parametrize("known", [{}, {"born": Fact(), "sex": Fact()}, {"coverage": Fact()}])
def test_a_phone_tells_the_state_that_the_page_tells_on_that_day(name, known):
    case = replace(MEMBER, **known)
    found, states = told(name, case), set()
    for code, benefit in template(name).benefits.items():
        rows = [row for row in found.rows if row[0] == code]
        for ahead in (0, 1, 59, 68, 69, 70, 180, 364, 365, 400):
            day = TODAY + timedelta(days=ahead)
            row = [row for row in rows if row[1] <= day.isoformat()][-1]
            page = rights.right(template(name), benefit, replace(case, event_on=day, anchor_on=TODAY))
            assert (outlook.STATES[found.sentences[row[3]].msgid], row[2]) == (page.state, page.answer.amount_satang), (
                code,
                day,
            )
            states.add(page.state)
    assert known or name != "example-all-shapes" or states >= {"now", "no", "depends", "unpublished"}


def test_a_kit_holds_nothing_of_health_nothing_used_and_no_birthday():
    found = told(kit=True)
    codes = {row[0] for row in found.rows}
    assert not codes & {"illness", "needy", "glasses", "delivery"}
    assert {"death", "pension", "birth"} <= codes
    assert found == told(kit=True, case=replace(MEMBER, used=()))
    days = [row[1] for row in found.rows if row[0] == "gift"]
    assert days[:2] == ["2025-01-01", "2025-03"], "60 on 10 March, of which the month is told"
    assert not any("2025-03-10" in row[1] for row in found.rows)
    assert all("born" not in sentence.values for sentence in found.sentences)


def test_what_is_paid_is_for_those_who_collect():
    found = told(kit=True, may_see_paid=False)
    assert found == told(kit=True, may_see_paid=False, case=replace(MEMBER, coverage=Fact((), "")))
    assert found != told(kit=True)


def test_there_is_one_table_of_sentences():
    found = told()
    assert len(found.sentences) == len({repr(one) for one in found.sentences})
    assert {row[3] for row in found.rows} == set(range(len(found.sentences)))
