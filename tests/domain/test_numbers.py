"""Numbers in the fund's pattern, none twice."""

from datetime import date

import pytest

from pwa.domain import Refusal
from pwa.domain.register import numbers
from tests.hamlets import Hamlet

ON = date(2026, 11, 22)


@pytest.fixture
def fund(app):
    return Hamlet().fund


@pytest.mark.parametrize(
    ("pattern", "first"), [("{fund}-{n:04d}", "VF-0001"), ("{n:05d}", "00001"), ("{unit}/{year}-{n}", "VN/2569-1")]
)
def test_it_writes_the_funds_pattern(fund, pattern, first):
    fund.number_pattern = pattern
    series = numbers.Series(fund, ON)
    assert series.next() == first
    assert series.next() != first


@pytest.mark.parametrize("pattern", ["{fund}", "{n", "{0}", "{nobody}", "{n.missing}", "{n:zz}"])
def test_it_refuses_a_pattern_without_numbers(fund, pattern):
    fund.number_pattern = pattern
    with pytest.raises(Refusal):
        numbers.Series(fund, ON).next()
