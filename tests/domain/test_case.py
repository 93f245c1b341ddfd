"""What is not known is told apart from what is nothing, and what is assumed says so."""

from datetime import date

from pwa.domain.fund import case
from pwa.domain.fund.case import Case, Fact
from pwa.domain.fund.sentences import Satang, Sentence, Span


def test_what_nobody_told_is_unknown_and_what_may_be_assumed_says_so():
    one = Case(date(2025, 1, 1))
    assert one.born.value is one.quantity.value is one.periods.value is None
    assert one.born.source == case.NOT_TOLD
    assert (one.used, one.times_before) == ((), Fact(0, case.FIRST_TIME))
    assert one.standing == Fact("active", case.ACTIVE)
    assert one.coverage is None, "told by nobody; Fact(None) is what somebody ought to know"


def test_a_sentence_is_its_msgid_with_its_values():
    assert str(Sentence("%(span)s and %(amount)s", {"span": "1 year", "amount": Satang(5)})) == "1 year and 5"
    assert Span(6, "month") != Span(180, "day")
