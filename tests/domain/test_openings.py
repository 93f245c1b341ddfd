"""What the books begin with: balanced, in the pot of before, with its difference by name, and once."""

from dataclasses import replace
from datetime import date

import pytest

from pwa.domain import Refusal
from pwa.domain.fund import banks, openings, trial_balance
from tests.collecting import TODAY, balances
from tests.small_fund import NOW

TYPED = openings.Typed(
    date(2026, 1, 1),
    banks={"ธ.ก.ส. 4471": 400_000_00},
    hands={"volunteer": 1_000_00},
    sums={"4010": 900_000_00, "4020": 100_000_00, "5003": 590_000_00, "6030": 10_000_00},
    pots={"main": 401_000_00},
)


@pytest.fixture
def fund(kept_fund):
    banks.write(kept_fund.fund, "ธ.ก.ส.", "4471", since=TODAY, by=kept_fund.people["admin"], at=NOW)
    return kept_fund


def book(fund, typed=TYPED, remainder=1_000_00):
    return openings.book(fund.fund, typed, remainder=remainder, by=fund.people["admin"], at=NOW, on=TODAY)


def test_one_balanced_transaction_with_the_difference_by_name(fund):
    made = book(fund)
    assert (made.occurred_on, made.posted_on) == (date(2026, 1, 1), date(2026, 1, 1))
    assert balances() == {
        "1100-ธ.ก.ส.-4471": 400_000_00, "1000-volunteer": 1_000_00, "4010 before": -900_000_00, "4020 before": -100_000_00,
        "5003 before": 590_000_00, "6030 before": 10_000_00, "9000": -1_000_00, "7000 main": -401_000_00, "7000 before": 401_000_00,
    }  # fmt: skip
    books = trial_balance.of(fund.fund, to=TODAY)
    assert books.left == books.right == 1_001_000_00


def test_the_difference_may_be_negative_or_none(fund):
    typed = replace(TYPED, sums=TYPED.sums | {"4020": 102_000_00})
    assert typed.remainder == -1_000_00
    book(fund, typed, -1_000_00)
    assert balances()["9000"] == 1_000_00


@pytest.mark.parametrize(
    ("typed", "remainder"),
    [
        (TYPED, 0),
        (TYPED, None),
        (replace(TYPED, day=date(2026, 11, 23)), 1_000_00),
        (replace(TYPED, hands={"nobody": 1_000_00}), 1_000_00),
        (replace(TYPED, banks={"ออมสิน": 400_000_00}), 1_000_00),
        (openings.Typed(date(2026, 1, 1)), 0),
    ],
)
def test_what_was_not_seen_or_cannot_be_is_refused_and_leaves_nothing(fund, typed, remainder):
    with pytest.raises(Refusal):
        book(fund, typed, remainder)
    assert balances() == {} and openings.opened(fund.fund) is None


def test_books_are_opened_once(fund):
    assert book(fund).id == book(fund).id == openings.opened(fund.fund).id
    with pytest.raises(Refusal):
        book(fund, replace(TYPED, banks={"ธ.ก.ส. 4471": 1_00}), 1_00 - 399_000_00)
    assert balances()["9000"] == -1_000_00
