"""What the phone says is due, and through when a sum reaches, as the server counts it; and whose receipt it is, by the register's id."""

import itertools
import json
import uuid
from datetime import date, timedelta

from pwa.domain.fund import coverage
from pwa.domain.fund.coverage import Line, Plan
from pwa.domain.register import tables

ASK = """async ([module, verb, cases]) => {
  const loaded = await import(moduleOf(module));
  return Promise.all(cases.map((given) => loaded[verb](...given)));
}"""
DAY = timedelta(days=1)
PLANS = [
    Plan(3000, 1, "month"),
    Plan(3000, 1, "month", True),
    Plan(36500, 1, "year"),
    Plan(36500, 1, "year", True),
    Plan(100, 1, "day"),
    Plan(700, 7, "day"),
    Plan(18000, 6, "month"),
]
THROUGH = ["2026-10-31", "2026-11-30", "2026-01-30", "2024-02-28", "2023-12-31", "2026-08-30", "2027-03-31"]
TODAY = date(2026, 11, 22)


def spoken(*plans):
    return [["", *plans[0]], *([day.isoformat(), *plan] for day, plan in plans[1:])]


def paid(satang, through, plans):
    """Through when a member is paid who has covered everything to a day and then pays so much, as the books count."""
    due_from = date.fromisoformat(through) + DAY
    held = coverage.cover(due_from=due_from, plans=plans, on=date(2030, 1, 1), lines=[Line(TODAY, satang, "M1/1")])
    return held.paid_through.isoformat()


def test_a_sum_reaches_as_far_as_in_the_books(ready):
    cases = [
        (one, plan, satang) for one, plan, satang in itertools.product(THROUGH, PLANS, (50, 3000, 3100, 36500, 80000))
    ]
    told = ready.evaluate(ASK, ["dues", "bought", [[one, spoken(plan), satang] for one, plan, satang in cases]])
    for (one, plan, satang), days in zip(cases, told, strict=True):
        first = (date.fromisoformat(one) + DAY).isoformat()
        reached = paid(satang, one, [(date.min, plan)])
        assert days == ({} if reached == one else {"from": first, "to": reached}), (one, plan, satang)


def test_as_usual_is_what_makes_up_for_every_period_that_has_begun(ready):
    cases = [(one, plan) for one, plan in itertools.product(THROUGH, PLANS) if plan.unit != "day"]
    told = ready.evaluate(ASK, ["dues", "usual", [[one, spoken(plan), TODAY.isoformat()] for one, plan in cases]])
    for (one, plan), due in zip(cases, told, strict=True):
        held = coverage.Coverage(due_from=date.fromisoformat(one) + DAY)
        owed = coverage.arrears_satang(held, [(date.min, plan)], TODAY)
        assert (due["satang"] if due else 0) == owed, (one, plan)
        if due:
            assert paid(due["satang"], one, [(date.min, plan)]) == due["to"] >= TODAY.isoformat()
            assert due["periods"] - due["late"] == 1


def test_a_plan_of_days_is_paid_through_the_month(ready):
    [due, nothing] = ready.evaluate(
        ASK, ["dues", "usual", [[one, spoken(PLANS[4]), "2026-11-22"] for one in ("2026-10-31", "2026-11-30")]]
    )
    assert (due["satang"], due["to"], due["late"]) == (3000, "2026-11-30", 21) and nothing is None


def test_a_period_follows_the_plan_in_force_on_its_first_day(ready):
    later = (date(2026, 11, 1), Plan(5000, 1, "month", True))
    [due] = ready.evaluate(ASK, ["dues", "usual", [["2026-09-30", spoken(PLANS[1], later), "2026-11-22"]]])
    assert (due["satang"], due["to"]) == (3000 + 5000, "2026-11-30")
    assert paid(8000, "2026-09-30", [(date.min, PLANS[1]), later]) == due["to"]


def test_where_nobody_knows_through_when_one_period_is_due_and_no_days_are_named(ready):
    told = ready.evaluate(ASK, ["dues", "usual", [[None, spoken(PLANS[0]), "2026-11-22"], [None, [], "2026-11-22"]]])
    assert told == [{"periods": 1, "late": 0, "satang": 3000, "from": None, "to": None}, None]


def test_what_was_paid_for_unknown_days_holds_for_its_period(ready):
    asked = [
        ["2026-11-02", spoken(PLANS[0]), "2026-12-01"],
        ["2026-11-02", spoken(PLANS[0]), "2026-12-02"],
        ["2026-11-02", spoken(PLANS[1]), "2026-12-01"],
        ["2026-11-02", spoken(PLANS[4]), "2026-11-30"],
        ["2026-11-02", spoken(PLANS[4]), "2026-12-01"],
        [None, spoken(PLANS[0]), "2026-11-22"],
    ]
    assert ready.evaluate(ASK, ["dues", "holds", asked]) == [True, False, False, True, False, False]


def test_it_names_people_as_the_register_does(ready):
    houses = [str(uuid.UUID(int=n * 7919)) for n in range(1, 6)]
    cases = [[house, one] for house in houses for one in (str(uuid.UUID(int=11)), "คนที่ ๑", "", "ก" * 13, "x" * 300)]
    known = [str(tables.person_id(uuid.UUID(house), one)) for house, one in cases]
    assert json.loads(json.dumps(ready.evaluate(ASK, ["uuid5", "uuid5", cases]))) == known
