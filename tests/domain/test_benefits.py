"""What the rules answer: the vectors that funds gave us, and the edges of each rule, counted out by hand."""

from datetime import timedelta

import pytest

from pwa.domain import Refusal
from pwa.domain.fund import benefits
from pwa.domain.fund.case import Case, Fact, Period, Step, Used
from tests.rules_at_hand import CLAUSE, ask, case, day, failed, rule, template, version

SADAO, CHAMUANG = template("sadao-2568"), template("chamuang-2556")


@pytest.mark.parametrize(
    ("event", "baht"),
    [
        ("2020-06-28", 0),
        ("2020-06-29", 1_500),
        ("2020-12-31", 1_500),
        ("2021-01-01", 3_000),
        ("2022-01-01", 6_000),
        ("2025-01-01", 10_000),
        ("2028-01-01", 12_000),
        ("2032-01-01", 20_000),
        ("2034-12-31", 20_000),
        ("2035-01-01", 20_000),
        ("2035-12-31", 20_000),
        ("2036-01-01", 20_500),
        ("2037-01-01", 21_000),
        ("2060-01-01", 32_500),
    ],
)
def test_it_counts_the_death_money_of_sadao(event, baht):
    found = ask(SADAO, "death", event)
    assert found.amount_satang == baht * 100
    assert (found.outcome == "entitled") is bool(baht)


def test_a_tier_that_is_not_reached_says_from_when():
    found = ask(SADAO, "death", "2020-06-28")
    assert (failed(found), found.earliest_on) == (["tenure"], day("2020-06-29"))
    [tenure] = [one for one in found.conditions if one.code == "tenure"]
    assert tenure.met_on == day("2020-06-29")


@pytest.mark.parametrize(
    ("nights", "used", "baht", "units"),
    [(2, 0, 400, 2), (5, 400, 600, 5), (3, 1_000, 0, 3), (4, 0, 600, 4), (1, 900, 100, 1)],
)
def test_it_caps_the_illness_money_of_chamuang_by_stay_and_by_year(nights, used, baht, units):
    before = (Used(day("2025-02-01"), used * 100, 0, "illness"),)
    found = ask(CHAMUANG, "illness", "2025-05-11", quantity=Fact(nights, "ใบรับรองแพทย์"), used=before)
    assert (found.amount_satang, found.units) == (baht * 100, units)
    left = [(one.code, one.left_satang) for one in found.conditions if one.code.startswith("cap_")]
    assert left == [("cap_event", 60_000), ("cap_period", 100_000 - used * 100)]
    assert failed(found) == ([] if baht else ["cap_period"])
    assert found.earliest_on == (None if baht else day("2026-01-01"))


def test_an_unpublished_rate_leaves_the_amount_open_and_counts_the_nights():
    used = (Used(day("2025-02-01"), 0, 5, "illness"),)
    stay = {"admit_on": day("2025-05-01"), "discharge_on": day("2025-05-11")}
    found = ask(SADAO, "illness", "2025-05-11", used=used, **stay)
    assert (found.outcome, found.amount_satang, found.units, found.missing) == ("undecided", None, 7, ())
    assert "rate" in found.unsaid
    full = ask(SADAO, "illness", "2025-05-11", used=(used[0]._replace(units=12),), **stay)
    assert (full.outcome, full.amount_satang, full.units, failed(full)) == ("not_entitled", 0, 0, ["cap_period"])


def test_the_age_that_chamuang_does_not_publish_is_undecided_and_nobody_is_asked_for_it():
    known = ask(CHAMUANG, "elderly", "2025-05-01", born=Fact("1940", "บัตร"))
    assert (known.outcome, known.amount_satang, known.missing) == ("undecided", None, ())
    young = ask(CHAMUANG, "elderly", "2022-12-31", born=Fact("1940", "บัตร"))
    assert (young.outcome, young.amount_satang, failed(young)) == ("not_entitled", 0, ["tenure"])
    assert young.earliest_on is None, "the age stays unknown on that day too"
    assert ask(CHAMUANG, "death", "2025-05-01").outcome == "undecided"


def test_a_scholarship_asks_for_what_is_missing_only_while_it_matters():
    asked = ask(CHAMUANG, "scholarship", "2025-05-01", subject=Fact("child", "สูติบัตร"))
    assert (asked.outcome, asked.missing) == ("undecided", ("gpa", "level"))
    low = ask(CHAMUANG, "scholarship", "2025-05-01", facts={"gpa": Fact(349, "ใบแสดงผล")})
    assert (low.outcome, low.missing, failed(low)) == ("not_entitled", (), ["fact:gpa"])
    good = {"gpa": Fact(350, "ใบแสดงผล"), "level": Fact("p6", "ใบแสดงผล")}
    assert ask(CHAMUANG, "scholarship", "2025-05-01", facts=good).amount_satang == 50_000
    parent = ask(CHAMUANG, "scholarship", "2025-05-01", facts=good, subject=Fact("parent", ""))
    assert failed(parent) == ["subject"]


def test_rights_end_with_the_lapse_where_no_grace_is_said():
    covered = Fact((Step(day("2020-01-01"), day("2024-12-31")),), "ใบเสร็จ")
    assert ask(SADAO, "death", "2025-03-31", coverage=covered).outcome == "entitled"
    late = ask(SADAO, "death", "2025-04-01", coverage=covered)
    assert (failed(late), late.earliest_on) == (["lapse"], None)
    assert "lapse" not in late.unsaid
    assert {"grace", "cure"} <= set(late.unsaid)


def test_time_alone_does_not_help_whom_it_lets_lapse():
    """Complete on 29 June, but in arrears for more than 90 days by then."""
    covered = Fact((Step(day("2020-01-01"), day("2020-01-31")),), "ใบเสร็จ")
    found = ask(SADAO, "death", "2020-02-15", coverage=covered)
    assert (failed(found), found.earliest_on) == (["tenure"], None)


def test_paying_after_the_event_never_buys_the_benefit():
    steps = (Step(day("2020-01-01"), day("2024-12-31")), Step(day("2025-05-02"), day("2025-12-31")))
    small = version({}, settings={"paid_matters": CLAUSE})
    found = ask(small, "gift", "2025-05-01", coverage=Fact(steps, "ใบเสร็จ"))
    assert (failed(found), found.earliest_on) == (["paid"], day("2025-05-02"))
    assert ask(small, "gift", "2025-05-02", coverage=Fact(steps, "ใบเสร็จ")).outcome == "entitled"
    assert ask(small, "gift", "2026-01-01", coverage=Fact(steps, "ใบเสร็จ")).outcome == "not_entitled"


def test_no_rule_at_all_is_told_apart_from_none():
    silent = ask(version({}), "gift", "2025-01-01", coverage=Fact((), "ใบเสร็จ"))
    assert silent.outcome == "entitled"
    assert {"waiting", "grace", "cure", "lapse", "window", "cap", "sub-group"} <= set(silent.unsaid)
    none = {name: "none" for name in ("grace", "lapse", "cure", "waiting", "window")}
    said = version({"conditions": "none", "caps": "none", "subjects": ["member"], "payees": ["member"]}, settings=none)
    spoken = ask(said, "gift", "2025-01-01", coverage=Fact((), "ใบเสร็จ"))
    assert spoken.unsaid == ()
    assert failed(spoken) == ["paid"], "that there is no grace says that standing matters"


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("resigned", False),
        ("lapsed", False),
        ("suspended", False),
        ("arrears", True),
        ("waiting", True),
        ("active", True),
    ],
)
def test_who_left_or_is_suspended_has_no_rights(told, left):
    found = ask(SADAO, "death", "2025-01-01", standing=Fact(told, "มติ"))
    assert (found.outcome == "entitled") is left
    kept = version({}, settings={"keeps_rights": ["suspended"]})
    assert ask(kept, "gift", "2025-01-01", standing=Fact("suspended", "มติ")).outcome == "entitled"


def test_a_death_ends_the_membership_and_still_is_a_members():
    dead = Fact((Period(day("2020-01-01"), day("2025-01-01"), "deceased"),), "สูติบัตร")
    facts = Case(day("2025-01-01"), dead, standing=Fact("deceased", "มรณบัตร"))
    assert benefits.answer(SADAO, "death", facts).amount_satang == 1_000_000
    assert failed(benefits.answer(SADAO, "birth", facts)) == ["member", "standing"]


def test_a_gap_between_two_memberships_holds_no_rights_and_tenure_begins_anew():
    periods = Fact((Period(day("2010-01-01"), day("2015-01-01")), Period(day("2024-01-01"))), "ทะเบียน")
    gap = benefits.answer(SADAO, "death", Case(day("2020-01-01"), periods))
    assert (failed(gap)[0], gap.conditions[0].met_on) == ("member", day("2024-01-01"))
    again = benefits.answer(SADAO, "death", Case(day("2025-01-01"), periods))
    assert again.amount_satang == 300_000
    assert "restart" in again.unsaid
    for restart, baht in (("new", 1), ("continue", 3), ("sum", 2)):
        tiers = [{"n": n, "unit": "year", "satang": s * 100} for n, s in ((1, 1), (6, 2), (15, 3))]
        told = version({"amounts": [{"code": "a", "type": "tiers", "rows": tiers}]}, settings={"restart": restart})
        assert benefits.answer(told, "gift", Case(day("2025-01-01"), periods)).amount_satang == baht * 100


def test_somebody_else_receives_only_where_the_rules_say_anyone():
    outsider = ask(SADAO, "disaster", "2025-01-01", joined=None)
    assert (failed(outsider), outsider.amount_satang, outsider.earliest_on) == (["member"], 0, None)
    anyone = version({"to": "anyone", "waiting": rule(180)}, settings={"lapse": rule(90)})
    found = ask(anyone, "gift", "2025-01-01", joined=None)
    assert (found.outcome, found.conditions) == ("entitled", ())


def test_in_and_out_on_one_day_is_what_the_fund_says():
    stay = {"admit_on": day("2025-05-01"), "discharge_on": day("2025-05-01")}
    none = ask(CHAMUANG, "illness", "2025-05-01", **stay)
    assert (none.outcome, none.units, failed(none)) == ("not_entitled", 0, ["units"])
    nights = [{"code": "a", "type": "per_unit", "unit": "night", "satang": 100}]
    one = version({"amounts": nights}, settings={"same_day_nights": 1})
    assert ask(one, "gift", "2025-05-01", **stay).units == 1


def test_it_knows_no_benefit_that_the_version_does_not_have():
    with pytest.raises(Refusal):
        ask(SADAO, "cow", "2025-01-01")


def test_a_missing_joining_is_asked_for():
    found = benefits.answer(SADAO, "death", Case(day("2025-01-01")))
    assert (found.outcome, found.amount_satang, found.missing) == ("undecided", None, ("joined",))


def test_the_waiting_time_is_complete_on_its_day_also_for_the_29th_of_february():
    waits = version({"waiting": rule(1, "year")})
    joined = "2024-02-29"
    assert [ask(waits, "gift", on, joined).outcome for on in ("2025-02-28", "2025-03-01")] == [
        "not_entitled",
        "entitled",
    ]
    months = version({"waiting": rule(6, "month")})
    assert ask(months, "gift", "2024-03-01", "2023-08-31").outcome == "entitled", "no 31 February: the 1st of the next"
    assert ask(months, "gift", "2024-02-29", "2023-08-31").earliest_on == day("2024-03-01")


def test_a_year_only_birth_is_as_young_as_can_be():
    old = version({"conditions": [{"fact": "age", "is": "at_least", "value": 60, "clause": CLAUSE}]})
    ages = {on: ask(old, "gift", on, born=Fact("1965", "บัตร")) for on in ("2025-12-30", "2025-12-31")}
    assert [one.outcome for one in ages.values()] == ["not_entitled", "entitled"]
    assert ages["2025-12-30"].earliest_on == day("2025-12-31")
    earlier = [
        ask(old, "gift", on, "1980-01-01", born=Fact("1930", "บัตร")).outcome for on in ("1991-03-30", "1991-03-31")
    ]
    assert earlier == ["not_entitled", "entitled"], "B.E. 2473 ended in March 1931"
    assert ask(old, "gift", "2025-01-01").missing == ("born",)


def test_moving_an_event_moves_its_stay():
    stay = case("2025-05-11", admit_on=day("2025-05-01"), discharge_on=day("2025-05-11"))
    later = benefits.moved(stay, timedelta(days=30))
    assert (later.admit_on, later.discharge_on, later.event_on) == (
        day("2025-05-31"),
        day("2025-06-10"),
        day("2025-06-10"),
    )
    assert later.anchor_on == stay.event_on
