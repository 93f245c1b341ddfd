"""Conditions in three values, each with what would remove it."""

import itertools

import pytest

from pwa import spoken
from pwa.domain.fund import answers, asking, claiming, conditions, membership
from pwa.domain.fund.case import Fact, Used
from tests.rules_at_hand import CLAUSE, ask, case, day, failed, rule, template, version

FACTS = {
    "card": {"title": "มีบัตรคนพิการ", "type": "yes_no", "health": True},
    "gpa": {"title": "เกรด", "type": "number", "decimals": 2},
    "level": {"title": "ชั้น", "type": "choice", "choices": {"p6": "ป.6", "m3": "ม.3"}},
}


def test_no_beats_unknown_in_all_and_yes_beats_unknown_in_any():
    for values in itertools.product((True, False, None), repeat=3):
        all_of = False if False in values else None if None in values else True
        any_of = True if True in values else None if None in values else False
        assert conditions.verdict(list(values)) is all_of
        assert conditions.verdict(list(values), any_of=True) is any_of


def test_any_of_is_one_condition_and_asks_only_for_what_still_matters():
    old = {"fact": "age", "is": "at_least", "value": 60, "clause": CLAUSE}
    card = {"fact": "card", "is": "is", "value": True, "clause": CLAUSE}
    made = version({"conditions": [{"any": [old, card], "name": "weak", "clause": CLAUSE}]}, facts=FACTS)
    both = ask(made, "gift", "2025-01-01")
    assert (both.outcome, both.missing) == ("undecided", ("born", "card"))
    assert ask(made, "gift", "2025-01-01", born=Fact("1950", "บัตร")).missing == ()
    young = ask(made, "gift", "2025-01-01", born=Fact("1966-01-01", "บัตร"))
    assert young.missing == ("card",)
    no = ask(made, "gift", "2025-01-01", born=Fact("1966-01-01", "บัตร"), facts={"card": Fact(False, "บอก")})
    assert (failed(no), no.earliest_on) == (["fact:weak"], day("2026-01-01"))
    assert [part.code for part in no.conditions[-1].parts] == ["age", "fact:card"]


def test_every_obstacle_is_listed_in_the_order_of_the_rules():
    told = {"fact": "sex", "is": "is", "value": "f", "clause": CLAUSE}
    made = version(
        {"waiting": rule(180), "window": rule(30), "once": "life", "conditions": [told]}, settings={"lapse": rule(90)}
    )
    found = ask(
        made,
        "gift",
        "2020-01-02",
        sex=Fact("m", "บัตร"),
        times_before=Fact(1, "บอก"),
        filed_on=Fact(day("2020-02-02"), "ใบคำขอ"),
        standing=Fact("suspended", "มติ"),
    )
    assert failed(found) == ["tenure", "standing", "sex", "once", "window"]
    assert found.earliest_on is None


@pytest.mark.parametrize(
    ("limit", "filed", "passed"),
    [(rule(30), "2025-01-31", True), (rule(30), "2025-02-01", False), (rule(1, "month"), "2025-02-01", True)],
)
def test_a_claim_comes_within_its_window(limit, filed, passed):
    made = version({"window": limit})
    found = ask(made, "gift", "2025-01-01", filed_on=Fact(day(filed), "ใบคำขอ"))
    assert (found.outcome == "entitled") is passed
    assert ask(made, "gift", "2025-01-01").outcome == "entitled", "filed on the day of the event, unless told"


def test_once_a_year_a_life_or_a_school_level():
    used = (Used(day("2025-03-01"), 100, 1, "gift", key="p6"),)
    yearly, life = version({"once": "period"}), version({"once": "life"})
    again = ask(yearly, "gift", "2025-12-31", used=used)
    assert (failed(again), again.earliest_on) == (["once"], day("2026-01-01"))
    assert ask(yearly, "gift", "2026-01-01", used=used).outcome == "entitled"
    assert failed(ask(life, "gift", "2026-01-01", used=used)) == ["once"]
    told = ask(yearly, "gift", "2025-12-31", times_before=Fact(1, "บอก"))
    assert told.earliest_on == day("2026-01-01"), "the time before was of this year"
    level = version({"once": "level"}, facts=FACTS)
    assert failed(ask(level, "gift", "2026-01-01", used=used, facts={"level": Fact("p6", "")})) == ["once"]
    assert ask(level, "gift", "2026-01-01", used=used, facts={"level": Fact("m3", "")}).outcome == "entitled"
    part = (used[0]._replace(times=0),)
    assert ask(life, "gift", "2026-01-01", used=part).outcome == "entitled", (
        "the second part of a claim is no second time"
    )


def test_a_paper_that_is_lacking_is_named():
    made = version({"evidence": ["ใบมรณบัตร", "บัตร"]})
    assert ask(made, "gift", "2025-01-01").conditions[-1].source == claiming.ALL_PAPERS
    found = ask(made, "gift", "2025-01-01", evidence={"ใบมรณบัตร": False, "บัตร": True})
    assert failed(found) == ["evidence"]
    assert spoken.speaker()(found.conditions[-1].remedy) == "ต้องนำมา: ใบมรณบัตร"


@pytest.mark.parametrize(
    ("short", "pot", "outcome", "satang"),
    [
        ("stop", 99, "not_entitled", 0),
        ("stop", 100, "entitled", 100),
        ("queue", 0, "entitled", 100),
        ("up_to_pot", 40, "entitled", 40),
        ("up_to_pot", 0, "not_entitled", 0),
    ],
)
def test_an_empty_pot_does_what_the_rules_say(short, pot, outcome, satang):
    made = version({"pot": "a", "when_short": short}, pots=[{"code": "a", "name": "ก"}])
    found = ask(made, "gift", "2025-01-01", pot_satang=Fact(pot, "บอก"))
    assert (found.outcome, found.amount_satang) == (outcome, satang)
    assert ask(made, "gift", "2025-01-01").outcome == "entitled"
    silent = ask(version({}), "gift", "2025-01-01", pot_satang=Fact(0, "บอก"))
    assert (silent.outcome, "pot" in silent.unsaid) == ("entitled", True)


def test_of_several_clauses_the_first_or_the_only_one_gives():
    def paid(level, satang):
        when = [{"fact": "level", "is": "is", "value": level, "clause": CLAUSE}]
        return {"clause": level, "when": when, "amounts": [{"code": level, "type": "fixed", "satang": satang}]}

    made = version({"clauses": [paid("p6", 300), paid("m3", 500)]}, facts=FACTS)
    asked = {level: ask(made, "gift", "2025-01-01", facts={"level": Fact(level, "")}) for level in ("p6", "m3")}
    assert [one.amount_satang for one in asked.values()] == [300, 500]
    unknown = ask(made, "gift", "2025-01-01")
    assert (unknown.outcome, unknown.missing) == ("undecided", ("level",))
    rest = {"clause": "อื่น", "amounts": [{"code": "rest", "type": "fixed", "satang": 1}]}
    first = version({"clauses": [paid("p6", 300), rest], "order": "first"}, facts=FACTS)
    assert ask(first, "gift", "2025-01-01", facts={"level": Fact("m3", "")}).amount_satang == 1
    assert ask(first, "gift", "2025-01-01").missing == ("level",), "the first clause may still give"


def test_an_answer_has_the_published_shape():
    told = ask(template("sadao-2568"), "death", "2020-06-28").to_json(spoken.speaker())
    assert (
        list(told)
        == (
            "regulation benefit version currency outcome amount_satang max_satang units parts payee in_kind earliest_on conditions"
            " unsaid missing"
        ).split()
    )
    [tenure] = [one for one in told["conditions"] if one["code"] == "tenure"]
    assert list(tenure) == "code text passed fact source clause met_on left_satang left_units".split()
    assert tenure["text"] == "เป็นสมาชิกครบ 180 วัน — ได้ตั้งแต่ 29\N{NO-BREAK SPACE}มิ.ย.\N{NO-BREAK SPACE}2563"
    assert (tenure["met_on"], told["earliest_on"]) == ("2020-06-29", "2020-06-29")
    assert answers.ENTITLED == "entitled"


def test_the_question_knows_the_membership_of_the_day():
    made = template("sadao-2568")
    one = asking.Asking(made, made.benefits["death"], case("2025-01-01"))
    assert (one.since, one.outsider, one.day("tenure")) == (day("2020-01-01"), False, day("2025-01-01"))
    assert set(membership.WITHOUT_RIGHTS) < set(membership.STANDINGS)
