"""How paid_through rises payment by payment."""

from pwa.domain.fund import paying
from pwa.domain.fund.paying import Payment, Step
from pwa.domain.fund.sentences import Span
from tests.rules_at_hand import day


def paid(on, first, last):
    return Payment(day(on), day(first), day(last))


def steps(*payments, kept_for=None, cure=None):
    return paying.steps(payments, due_from=day("2020-01-01"), kept_for=kept_for, cure=cure)


def test_each_payment_counts_from_its_day_and_never_over_a_gap():
    first, third = paid("2020-01-05", "2020-01-01", "2020-06-30"), paid("2020-07-01", "2021-01-01", "2021-06-30")
    second = paid("2020-08-01", "2020-07-01", "2020-12-31")
    expected = ("2020-01-05", "2020-06-30"), ("2020-07-01", "2020-06-30"), ("2020-08-01", "2021-06-30")
    assert steps(third, first, second) == tuple(Step(day(on), day(through)) for on, through in expected)
    assert steps(third) == (Step(day("2020-07-01"), day("2019-12-31")),), "nothing of what is due"


def test_what_is_paid_late_counts_after_the_cure():
    first, late = paid("2020-01-01", "2020-01-01", "2020-06-30"), paid("2020-10-01", "2020-07-01", "2020-12-31")
    cured = {"cure": Span(30, "day")}
    assert steps(first, late, **cured)[-1].counts_on == day("2020-10-31")
    assert steps(first, late, kept_for=Span(93, "day"), **cured)[-1].counts_on == day("2020-10-01"), (
        "still within grace"
    )
    assert steps(first, late, kept_for=Span(92, "day"), **cured)[-1].counts_on == day("2020-10-31")
