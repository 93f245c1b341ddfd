"""The book of an account: each month begins with what the one before left, and what was owed reads positive."""

from datetime import date

import pytest

from pwa.domain import NotFound
from pwa.domain.fund import account_books
from pwa.domain.people import accounts
from pwa.domain.review import counter_decisions, review
from tests.collecting import TODAY, collector, gift, told
from tests.small_fund import MINUTE, NOW


@pytest.fixture
def books(kept_fund):
    phone = collector(kept_fund)
    told(phone, gift(1, 70, paid_on="2026-10-30"))
    entry = told(phone, gift(2, 30))
    review.approve(entry, by=kept_fund.people["zone-leader"], at=NOW)
    counter_decisions.undo(entry, by=kept_fund.people["registrar"], at=NOW + MINUTE, reason="ผิดคน")
    return kept_fund.fund


def of(fund, code, month=TODAY, **shown):
    return account_books.of(fund, code, month=month, on=TODAY, **shown)


def test_a_month_begins_with_what_the_one_before_left(books):
    before, now = of(books, "1000-volunteer", date(2026, 10, 5)), of(books, "1000-volunteer")
    assert (before.opening, before.closing, before.to) == (0, 7000, date(2026, 10, 31))
    assert (now.opening, now.came, now.went, now.closing) == (7000, 3000, 0, 10000)
    assert [line.left for line in now.lines] == [10000] and now.to == TODAY and now.whose == "volunteer"


def test_what_came_in_and_is_owed_reads_positive_and_what_is_undone_stays(books):
    gifts, unchecked = of(books, "4120"), of(books, "2000")
    assert [line.satang for line in gifts.lines] == [3000, -3000] and gifts.closing == 0
    assert [line.left for line in unchecked.lines] == [10000, 7000, 10000]


def test_a_page_of_a_month_says_the_sums_of_all_of_it_and_goes_on_where_the_last_one_ended(books):
    whole, pages, after = of(books, "2000", most=None), [], None
    while not pages or after:
        pages.append(of(books, "2000", most=1, after=after))
        after = pages[-1].later
    assert [line.left for page in pages for line in page.lines] == [10000, 7000, 10000]
    assert [page.brought for page in pages] == [7000, 10000, 7000] and [page.is_later for page in pages] == [
        False,
        True,
        True,
    ]
    sums = (7000, 6000, 3000, 10000)
    assert {(page.opening, page.came, page.went, page.closing) for page in [whole, *pages]} == {sums}
    assert of(books, "2000", after=99).lines == whole.lines == of(books, "2000", date(2026, 11, 3)).lines


def test_months_go_back_to_the_first_transaction(books):
    assert account_books.months(books, TODAY) == [date(2026, 11, 1), date(2026, 10, 1)]
    assert account_books.last_day(date(2028, 2, 3)) == date(2028, 2, 29)


def test_only_who_reads_a_funds_money_has_its_books(kept_fund, books):
    treasurer = accounts.add("treasurer", name="t", unit=kept_fund.units["town"], role="treasurer", at=NOW)
    assert account_books.fund_for(treasurer).code == "fund"
    for account, code in ((treasurer, "F9"), (kept_fund.people["registrar"], "")):
        with pytest.raises(NotFound):
            account_books.fund_for(account, code)
