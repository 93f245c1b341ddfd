"""What a fund gives somebody today: the state that is shown first, its reason, and the question that alone would decide."""

from dataclasses import replace
from datetime import date

from pwa.domain.fund import rights
from pwa.domain.fund.case import Fact, Period, Step
from tests.rights_world import MEMBER, VERSIONS


def of(**changes):
    return {one.benefit.code: one for one in rights.of(VERSIONS[-1], replace(MEMBER, **changes))}


def test_each_card_says_what_and_since_when():
    """By hand: 180 days from 5 Jan 2021 are complete on 4 Jul 2021; 60 years from 12 Aug 1968 on 12 Aug 2028; 5 years on 5 Jan 2026."""
    cards = of()
    assert (cards["birth"].state, cards["birth"].answer.amount_satang, cards["birth"].since) == (
        "now",
        100_000,
        date(2021, 7, 4),
    )
    assert (cards["elderly"].state, cards["elderly"].begins_on) == ("later", date(2028, 8, 12))
    assert cards["elderly"].why.code == "age"
    assert (cards["death"].state, cards["death"].answer.amount_satang) == ("now", 1_000_000)
    assert cards["disaster"].state == "now" and cards["disaster"].answer.max_satang == 200_000
    assert list(cards)[:4] == ["birth", "elderly", "illness", "death"]


def test_a_sum_for_each_night_is_not_told_as_the_whole():
    illness = of()["illness"]
    assert illness.state == "now" and not illness.is_counted


def test_what_only_the_event_can_tell_is_not_asked_now():
    scholarship = of()["scholarship"]
    assert (scholarship.state, scholarship.asked) == ("depends", None)


def test_the_register_is_asked_only_for_what_decides():
    cards = of(born=Fact(None))
    assert (cards["elderly"].state, cards["elderly"].asked) == ("ask", "born")
    assert rights.asked_for(cards.values()) == ["born"]
    young = of(born=Fact(None), periods=Fact((Period(date(2026, 11, 1)),), "มติ"))
    assert young["elderly"].asked is None, "no longer: the membership is too short whatever the age"


def test_in_arrears_beyond_the_lapse_nothing_is_given_and_it_says_why():
    cards = of(coverage=Fact((Step(date.min, date(2026, 7, 31)),), "สมุด"))
    assert {cards[code].state for code in ("birth", "illness", "death")} == {"no"}
    assert cards["birth"].why.code == "lapse"


def test_of_several_obstacles_the_one_that_stays_longest_is_said():
    new = of(periods=Fact((Period(date(2026, 11, 1)),), "มติ"))
    assert new["elderly"].begins_on == date(2029, 11, 1) and new["elderly"].why.code == "tenure"
