"""Caps, years and amounts: counted out by hand, on the days on which they change."""

from datetime import date

import pytest

from pwa.domain.fund import amounts, caps, periods
from pwa.domain.fund.case import Fact, Step, Used
from tests.rules_at_hand import CLAUSE, ask, day, failed, version

NIGHT = {"code": "night", "type": "per_unit", "unit": "night", "satang": 100}


def capped(scope, **limit):
    return {"scope": scope, "clause": CLAUSE, **limit}


def stays(period=None, *limits, across="whole", **more):
    years = {"period": period, "across_periods": across} if period else {}
    return version({"code": "ill", "event": "stay", "amounts": [NIGHT], "caps": list(limits), **years, **more})


def stay(made, admit, discharge, *used, benefit="ill", **more):
    days = {"admit_on": day(admit), "discharge_on": day(discharge)}
    return ask(
        made,
        benefit,
        discharge,
        used=tuple(Used(day(on), satang, units, "ill") for on, satang, units in used),
        **days,
        **more,
    )


@pytest.mark.parametrize(
    ("kind", "on", "first", "until"),
    [
        ("calendar", "2025-12-31", "2025-01-01", "2026-01-01"),
        (None, "2026-01-01", "2026-01-01", "2027-01-01"),
        ("fiscal", "2025-09-30", "2024-10-01", "2025-10-01"),
        ("fiscal", "2025-10-01", "2025-10-01", "2026-10-01"),
        ("membership", "2025-02-28", "2024-02-29", "2025-03-01"),
        ("membership", "2025-03-01", "2025-03-01", "2026-03-01"),
    ],
)
def test_a_year_holds_its_days(kind, on, first, until):
    found = periods.year_of(kind, day(on), date(2020, 2, 29))
    assert found == (day(first), day(until))
    assert day(on) in found
    assert found.until not in found


def test_nights_lie_in_the_year_of_their_evening():
    assert periods.nights_by_year("fiscal", date(2025, 9, 28), 7, None) == [
        (date(2025, 9, 28), 3),
        (date(2025, 10, 1), 4),
    ]
    assert periods.nights_by_year("calendar", date(2025, 12, 31), 1, None) == [(date(2025, 12, 31), 1)]


def test_a_stay_over_the_end_of_a_year_is_whole_or_told_apart_by_night():
    limit = capped("period", units=10)
    used = ("2025-03-01", 0, 10)
    whole, nights = stays("fiscal", limit), stays("fiscal", limit, across="by_night")
    assert stay(whole, "2025-09-28", "2025-10-05", used).units == 7
    assert stay(nights, "2025-09-28", "2025-10-05", used).units == 4
    assert stay(nights, "2025-09-28", "2025-10-05", used, ("2025-11-01", 0, 8)).units == 2
    full = stay(nights, "2025-09-28", "2025-10-05", used, ("2025-11-01", 0, 10))
    assert (full.outcome, failed(full)) == ("not_entitled", ["cap_period"])
    assert stay(whole, "2025-09-28", "2025-10-01", used).units == 3, "governed by the discharge"
    assert stay(stays("calendar", limit), "2025-12-28", "2026-01-05", used).units == 8


def test_a_night_that_its_year_no_longer_pays_does_not_eat_the_stays_own_cap():
    made = stays("fiscal", capped("event", satang=300), capped("period", satang=1000), across="by_night")
    assert stay(made, "2025-09-28", "2025-10-05", ("2025-03-01", 1000, 10)).amount_satang == 300
    assert stay(made, "2025-09-28", "2025-10-05", ("2025-03-01", 900, 9)).amount_satang == 300
    assert stay(made, "2025-09-28", "2025-10-02", ("2025-03-01", 900, 9)).amount_satang == 200


def test_a_decision_says_what_it_takes_so_that_the_next_one_knows():
    made = stays("fiscal", capped("period", units=10), across="by_night")
    found = stay(made, "2025-09-28", "2025-10-05")
    assert found.uses == (Used(day("2025-09-28"), 300, 3, "ill", 1), Used(day("2025-10-01"), 400, 4, "ill", 0))


def test_twelve_months_back_is_never_above_its_cap_in_whatever_order_claims_are_recorded():
    made = stays("rolling", capped("period", satang=1000))
    assert stay(made, "2025-05-01", "2025-05-06", ("2024-05-06", 1000, 10)).amount_satang == 500, (
        "a year ago to the day"
    )
    blocked = stay(made, "2025-05-01", "2025-05-06", ("2024-05-07", 1000, 10))
    assert (failed(blocked), blocked.earliest_on) == (["cap_period"], day("2025-05-07"))
    later = stay(made, "2025-05-01", "2025-05-06", ("2025-12-01", 800, 8))
    assert later.amount_satang == 200, "decided first, although it happened later"


def test_a_membership_year_begins_on_its_own_day():
    made = stays("membership", capped("period", satang=100))
    before = ("2025-01-14", 100, 1)
    assert stay(made, "2025-01-13", "2025-01-14", before, joined="2020-01-15").outcome == "not_entitled"
    assert stay(made, "2025-01-14", "2025-01-15", before, joined="2020-01-15").amount_satang == 100


def test_what_was_used_of_the_events_own_period_stays_there():
    made = stays("calendar", capped("period", satang=1000))
    full = stay(made, "2025-05-01", "2025-05-03", used_satang=1000)
    assert (full.outcome, full.earliest_on) == ("not_entitled", day("2026-01-01"))
    assert stay(made, "2025-05-01", "2025-05-03", used_satang=900).amount_satang == 100


def test_caps_of_a_household_and_of_a_life():
    made = version({"caps": [capped("household", satang=150), capped("life", satang=220)]})
    assert ask(made, "gift", "2025-01-01", household_used_satang=100).amount_satang == 50
    assert failed(ask(made, "gift", "2025-01-01", household_used_satang=150)) == ["cap_household"]
    used = (Used(day("2021-01-01"), 200, 1, "gift"),)
    assert ask(made, "gift", "2025-01-01", used=used).amount_satang == 20
    both = ask(made, "gift", "2025-01-01", used=(used[0]._replace(satang=220),), household_used_satang=999)
    assert (failed(both), both.earliest_on) == (["cap_household", "cap_life"], None)


def test_a_cap_without_its_number_leaves_the_sum_open():
    made = version({"caps": [capped("event", satang=None)]})
    found = ask(made, "gift", "2025-01-01")
    assert (found.outcome, found.amount_satang, found.missing) == ("undecided", None, ())


BUNDLE = [
    {
        "code": "birth",
        "amounts": [{"code": "gift", "type": "fixed", "satang": 500}, NIGHT | {"counts_toward": "ill", "max_units": 5}],
    },
    {
        "code": "ill",
        "event": "stay",
        "amounts": [NIGHT],
        "caps": [capped("period", units=10), capped("event", units=2)],
    },
]


def test_nights_of_a_delivery_count_toward_the_illness_of_the_year():
    made = version(*BUNDLE)
    found = stay(made, "2025-05-01", "2025-05-09", ("2025-02-01", 800, 8), benefit="birth")
    assert [(one.code, one.units, one.amount_satang, one.counts_toward) for one in found.parts] == [
        ("gift", None, 500, "birth"),
        ("night", 2, 200, "ill"),
    ], "the event's cap of illness is not the delivery's"
    full = stay(made, "2025-05-01", "2025-05-09", ("2025-02-01", 1000, 10), benefit="birth")
    assert (full.outcome, full.amount_satang, failed(full)) == ("entitled", 500, [])
    assert stay(made, "2025-05-01", "2025-05-09", benefit="birth").amount_satang == 1000
    none = stay(made, "2025-05-01", "2025-05-01", benefit="birth")
    assert (none.amount_satang, failed(none)) == (500, []), "no night is no obstacle to the gift"


@pytest.mark.parametrize(("limit", "left", "most"), [(2000, 0, 2000), (2000, 1500, 1500)])
def test_what_a_meeting_decides_has_its_most(limit, left, most):
    kind = {"code": "a", "type": "discretionary", "max_satang": limit}
    made = version({"amounts": [kind], "caps": [capped("household", satang=2000)]})
    found = ask(made, "gift", "2025-01-01", household_used_satang=2000 - left if left else 0)
    assert (found.outcome, found.amount_satang, found.max_satang) == ("entitled", None, most)
    assert failed(ask(made, "gift", "2025-01-01", household_used_satang=2000)) == ["cap_household"]
    unknown = ask(version({"amounts": [kind | {"max_satang": None}]}), "gift", "2025-01-01")
    assert (unknown.outcome, unknown.max_satang) == ("undecided", None)


def test_a_share_of_the_cost_is_rounded_down_and_limited():
    share = {"code": "a", "type": "percent", "of": "cost", "share": 3333, "max_satang": 5000}
    made = version({"amounts": [share]}, facts={"cost": {"title": "ค่าใช้จ่าย", "type": "money"}})
    sums = [
        ask(made, "gift", "2025-01-01", facts={"cost": Fact(n, "ใบเสร็จ")}).amount_satang for n in (0, 1, 10_000, 99_999)
    ]
    assert sums == [0, 0, 3333, 5000]
    assert ask(made, "gift", "2025-01-01").missing == ("cost",)


def test_things_are_given_beside_no_money():
    cow = {"code": "cow", "type": "in_kind", "item": "ลูกวัว", "count": 1}
    found = ask(version({"amounts": [cow]}), "gift", "2025-01-01")
    assert (found.outcome, found.amount_satang, found.in_kind) == ("entitled", 0, (("ลูกวัว", 1),))


def test_a_pension_goes_by_age_and_tenure_together():
    rows = [{"age": 60, "n": n, "unit": "year", "satang": satang} for n, satang in ((15, 300), (20, 400))]
    made = version({"amounts": [{"code": "a", "type": "matrix", "rows": rows}]})
    born = Fact("1960-05-01", "บัตร")
    asked = {
        on: ask(made, "gift", on, "2000-07-01", born=born)
        for on in ("2015-07-01", "2020-04-30", "2020-05-01", "2020-07-01")
    }
    assert [one.amount_satang for one in asked.values()] == [0, 0, 300, 400]
    assert (failed(asked["2015-07-01"]), asked["2015-07-01"].earliest_on) == (["age"], day("2020-05-01"))
    assert ask(made, "gift", "2025-01-01", "2000-07-01").missing == ("born",)
    assert failed(ask(made, "gift", "2025-01-01", "2024-01-01")) == ["tenure"], "NO beats unknown"


def test_for_each_child_or_for_the_delivery():
    fixed = [{"code": "a", "type": "fixed", "satang": 500}]
    twins = {"quantity": Fact(2, "สูติบัตร")}
    each = version({"per": "child", "amounts": fixed})
    assert (ask(each, "gift", "2025-01-01", **twins).amount_satang, ask(each, "gift", "2025-01-01").units) == (1000, 1)
    assert ask(version({"per": "delivery", "amounts": fixed}), "gift", "2025-01-01", **twins).amount_satang == 500
    assert failed(ask(each, "gift", "2025-01-01", quantity=Fact(0, ""))) == ["units"]


def test_arrears_make_it_less_where_the_rules_say_so():
    made = version({"arrears_reduce": {"after_days": 30, "share": 5000, "clause": CLAUSE}})
    covered = Fact((Step(day("2020-01-01"), day("2024-12-31")),), "ใบเสร็จ")
    sums = [ask(made, "gift", on, coverage=covered).amount_satang for on in ("2025-01-30", "2025-01-31")]
    assert sums == [100, 50]
    assert ask(made, "gift", "2025-01-31", coverage=Fact()).missing == ("paid_through",)


def test_an_increment_stops_at_its_most_and_goes_by_whole_steps():
    then = {
        "after": {"n": 10, "unit": "month"},
        "every": {"n": 6, "unit": "month"},
        "add_satang": 10,
        "max_satang": 115,
    }
    tiers = {"code": "a", "type": "tiers", "rows": [{"n": 1, "unit": "month", "satang": 100}], "then": then}
    made = version({"amounts": [tiers]})
    days = ("2020-11-01", "2021-04-30", "2021-05-01", "2021-11-01", "2029-01-01")
    assert [ask(made, "gift", on).amount_satang for on in days] == [100, 100, 110, 115, 115]
    assert caps.ORDER.index("event") < caps.ORDER.index("life")
    assert set(amounts.UNITS) == {"night", "day", "child", "item", "month"}
