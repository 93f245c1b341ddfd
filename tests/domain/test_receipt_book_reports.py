"""Books of receipts with what is missing and what does not count, and what an auditor looks at first, told beside the world they are of."""

import pytest

from pwa.domain.fund import exception_reports, receipt_book_reports, report_periods, year_statements
from tests import slow_reports, two_years
from tests.claiming import TODAY


@pytest.fixture(scope="module")
def template_data(village_of_two_years):
    return village_of_two_years


def test_gaps_and_states_of_a_book_are_those_of_its_receipts(app):
    fund = two_years.fund()
    (one,) = receipt_book_reports.of(fund, report_periods.asked("2026-11", on=TODAY))
    assert (one.book, one.first, one.last, one.many, one.gone) == (two_years.BOOK, 1, 7, 5, 2)
    assert (one.missing, one.satang, one.states["waiting"], one.not_counted) == ([(5, 6)], 28000, 1, 2)
    numbers = [(first, last, state) for first, last, _, state in receipt_book_reports.pages(fund, one.book)]
    assert numbers == [
        (1, 1, "approved"),
        (2, 2, "approved"),
        (3, 3, "void"),
        (4, 4, "rejected"),
        (5, 6, ""),
        (7, 7, "waiting"),
    ]
    assert receipt_book_reports.of(fund, report_periods.asked("2026-01", on=TODAY)) == []


def test_a_phones_book_begins_with_one_and_a_gap_of_a_million_costs_nothing():
    assert receipt_book_reports._missing("M7", [3, 1_000_000]) == [(1, 2), (4, 999_999)]
    assert receipt_book_reports._missing("เล่ม 7", [31, 33]) == [(32, 32)]


def test_exceptions_are_what_was_undone_late_refused_open_or_came_back(app):
    fund = two_years.fund()
    found = exception_reports.of(fund, report_periods.asked("c2026", on=TODAY))
    assert "undone/voucher/5" in {one.source for one, _ in found.undone}
    assert [(satang, one.occurred_on.isoformat()) for one, satang in found.late if one.kind == "expense"] == [
        (25000, "2026-09-15")
    ]
    assert sorted(step.receipt.no for step in found.refused) == [3, 4]
    assert [one.kind for one in found.changed] == ["bring_back"]
    for account, _, satang in found.standing:
        assert satang == slow_reports.moved(fund, account.code, "0001-01-01", str(TODAY), without=())


def test_the_months_of_a_year_are_its_income_and_what_it_paid(app):
    fund = two_years.fund()
    for key in ("f2025", "f2026", "f2027", "c2026"):
        period = report_periods.asked(key, on=TODAY)
        found = year_statements.of(fund, period)
        assert sum(one.came for one in found.months) == found.income.came
        assert sum(one.went for one in found.months) == found.income.spent + found.benefits.satang
        for month in found.months:
            first, to = month.first.isoformat(), f"{month.first:%Y-%m}-31"
            assert month.came == -slow_reports.moved(fund, "4", first, to)
        assert found.left == found.right
