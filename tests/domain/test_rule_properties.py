"""What holds of every answer, whatever was asked; and the boundary days of each document, taken from its own numbers."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pwa.domain.fund import benefits
from pwa.domain.fund.case import Case, Fact, Period, Used
from tests import slow_days, slow_rules
from tests.domain.test_slow_rules import DAY, DOCUMENTS, case_of, member, somebody
from tests.rules_at_hand import CLAUSE, TEMPLATES, template, version

EXAMPLE = template("example-all-shapes")
SEEDS = st.integers(min_value=0, max_value=2**32)
NAMES = st.sampled_from(TEMPLATES)
UNKNOWN = {"periods", "born", "sex", "standing", "subject", "quantity", "coverage"}


def asked(name, seed):
    """(version, benefit, a random case)"""
    chance = random.Random(seed)
    told = chance.choice(DOCUMENTS[name]["benefits"])
    made = template(name)
    return made, made.benefits[told["code"]], case_of(made, somebody(chance, DOCUMENTS[name], told))


@settings(max_examples=300, deadline=None)
@given(NAMES, SEEDS)
def test_any_false_is_not_entitled_and_nothing_and_the_other_way_round(name, seed):
    made, benefit, case = asked(name, seed)
    found = benefits.outcome(made, benefit.code, case)
    values = [one.passed for one in found.conditions]
    assert (found.outcome == "not_entitled") is (False in values)
    if found.outcome == "not_entitled":
        assert (found.amount_satang, found.parts, found.uses, found.in_kind, found.missing) == (0, (), (), (), ())
    if found.outcome == "entitled":
        assert None not in values
    assert all(one.remedy for one in found.conditions if one.passed is not True and one.code not in ("tenure", "units"))


@settings(max_examples=300, deadline=None)
@given(NAMES, SEEDS, st.sets(st.sampled_from(sorted(UNKNOWN)), min_size=1), st.booleans())
@example(name="sadao-2568", seed=2716467, hidden={"periods"}, hide_facts=False)
def test_unknown_never_turns_into_money(name, seed, hidden, hide_facts):
    """With less known, the answer is the same, or open; and it asks only for what can still change it."""
    made, benefit, case = asked(name, seed)
    dim = replace(case, **{field: Fact() for field in hidden}, **({"facts": {}} if hide_facts else {}))
    bright, dark = benefits.outcome(made, benefit.code, case), benefits.outcome(made, benefit.code, dim)
    if dark.outcome == "entitled":
        children = benefit.per == "child" and "quantity" in hidden
        assert bright.outcome == "entitled"
        assert bright.amount_satang == dark.amount_satang or (children and dark.units == 1)
    if dark.outcome == "not_entitled":
        assert bright.outcome == "not_entitled" or (benefit.per == "child" and "quantity" in hidden)
    if dark.outcome == "undecided":
        assert dark.amount_satang is None
    else:
        assert dark.missing == ()


@settings(max_examples=200, deadline=None)
@given(NAMES, SEEDS)
def test_the_order_of_recording_changes_nothing(name, seed):
    made, benefit, case = asked(name, seed)
    shuffled = list(case.used)
    random.Random(seed).shuffle(shuffled)
    found = benefits.outcome(made, benefit.code, case)
    assert found == benefits.outcome(made, benefit.code, replace(case, used=tuple(shuffled)))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 9)), min_size=1, max_size=12),
    st.sampled_from(["illness", "needy"]),
)
def test_claims_decided_one_after_the_other_never_come_above_a_cap(stays, code):
    """Also where what happened earlier is claimed later."""
    start, used = date(2022, 1, 1), []
    for ahead, nights in stays:
        event = start + ahead * DAY
        facts = {"bedridden": Fact(True, "")}
        case = Case(
            event,
            Fact((Period(date(2010, 1, 1)),), ""),
            admit_on=event - nights * DAY,
            discharge_on=event,
            used=tuple(used),
            facts=facts,
        )
        used += [one for one in benefits.outcome(EXAMPLE, code, case).uses if one.satang or one.units]
    if code == "illness":
        for year in range(2021, 2028):
            inside = [one for one in used if slow_days.year_of("fiscal", one.on, None) == year]
            assert sum(one.satang for one in inside) <= 100_000
            assert sum(one.units for one in inside) <= 12
    for one in used if code == "needy" else ():
        window = [other for other in used if one.on <= other.on < slow_days.after(one.on, 12, "month")]
        assert sum(other.satang for other in window) <= 40_000


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 20_000), st.integers(0, 4_000))
def test_longer_membership_never_gives_less(joined, days, more):
    for name in ("sadao-2568", "example-all-shapes"):
        made = template(name)
        sums = [
            benefits.outcome(made, "death", Case(joined + n * DAY, Fact((Period(joined),), ""))).amount_satang
            for n in (days, days + more)
        ]
        assert sums[0] <= sums[1]


@settings(max_examples=150, deadline=None)
@given(NAMES, SEEDS)
def test_the_earliest_day_is_one_on_which_nothing_stands_in_the_way_and_the_day_before_is_not(name, seed):
    made, benefit, case = asked(name, seed)
    found = benefits.answer(made, benefit.code, case)
    if not found.earliest_on:
        return
    ahead = found.earliest_on - case.event_on
    assert ahead > timedelta()
    assert benefits.outcome(made, benefit.code, benefits.moved(case, ahead)).outcome != "not_entitled"
    before = benefits.outcome(made, benefit.code, benefits.moved(case, ahead - DAY))
    assert before.outcome == "not_entitled"


@pytest.mark.parametrize("name", TEMPLATES)
def test_on_the_boundary_days_of_the_document_it_agrees_with_the_slow_checker(name):
    """The day before each length of time that the document names is complete, that day, and the day after."""
    for told in DOCUMENTS[name]["benefits"]:
        for joined in (date(2004, 2, 29), date(2019, 8, 31), date(2020, 1, 1)):
            for span in spans([DOCUMENTS[name]["settings"], told]):
                for off in (-1, 0, 1):
                    event = slow_days.after(joined, *span) + off * DAY
                    if event >= joined:
                        same(name, told["code"], joined, event)


def spans(part):
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    own = {(part["n"], part["unit"])} if isinstance(part, dict) and {"n", "unit"} <= part.keys() else set()
    return own.union(*map(spans, inner))


def same(name, code, joined, event):
    who = member(random.Random(1), DOCUMENTS[name], {})
    who |= {
        "periods": [(joined, None)],
        "event": event,
        "admit": event - 2 * DAY,
        "discharge": event,
        "used": [],
        "filed": event,
    }
    who |= {
        "paid": [(joined, joined, event - 31 * DAY)],
        "born": f"{event.year - 60}-01-01",
        "standing": "active",
        "pot": None,
    }
    who |= {"times_before": 0, "household_used": 0}
    made = template(name)
    found = benefits.outcome(made, code, case_of(made, who))
    mine = found.amount_satang, sorted({one.code for one in found.conditions if one.passed is False})
    satang, failed = slow_rules.judge(DOCUMENTS[name], code, who)
    assert mine == (satang, sorted(failed)), (code, joined, event)


def test_the_engine_never_asks_the_clock_and_takes_what_is_far_away():
    waits = version({"waiting": {"n": 36_500, "unit": "year", "clause": CLAUSE}})
    case = Case(date(2025, 1, 1), Fact((Period(date(2020, 1, 1)),), ""), used=(Used(date(2020, 1, 1), 1),))
    found = benefits.answer(waits, "gift", case)
    assert (found.outcome, found.earliest_on) == ("not_entitled", None)
