"""Income by source, and administration beside its ceiling: exactly at it is within, one satang above is not."""

import uuid
from datetime import date

import pytest

from pwa.domain.fund import income_reports, moved, openings, report_periods, rulings, versions, vouchers
from pwa.domain.fund.openings import Typed
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from tests.claiming import AT, TODAY

YEAR = report_periods.asked("f2027", on=TODAY)


def write(kind, satang, **about):
    fund, by = versions.fund_of("F1"), accounts.named("treasurer")
    asked = Asked(kind, TODAY, satang, payee="อบต.", ground="ทดสอบ", **about)
    return vouchers.write(fund, asked, command_id=uuid.uuid4(), by=by, at=AT, on=TODAY)


@pytest.fixture
def fund(app):
    """Ten thousand baht came in; the regulation lets a fifth of it."""
    write("income", 10_000_03, code="4040", source="1000-treasurer")
    fund = versions.fund_of("F1")
    assert rulings.of(fund, TODAY).version.settings.administration_ceiling == 2000
    return fund


@pytest.mark.parametrize(("satang", "is_over"), [(2_000_00, False), (2_000_01, True)])
def test_a_satang_above_the_ceiling_is_over_it(fund, satang, is_over):
    write("expense", satang, code="6090", pot="admin", source="1000-treasurer")
    one = income_reports.of(fund, YEAR).ceiling
    assert (one.most, one.spent, one.left, one.is_over) == (200000, satang, 200000 - satang, is_over)


def test_without_income_any_expense_is_over_and_without_a_ceiling_nothing_is(fund):
    assert income_reports.ceiling(fund, TODAY, 0, 1).is_over
    assert not income_reports.ceiling(fund, TODAY, 0, 0).is_over
    assert income_reports.ceiling(fund, TODAY, -500, 0).most == 0
    assert income_reports.ceiling(fund, date(1990, 1, 1), 100, 100) is None


def test_what_the_books_began_with_is_told_apart(fund):
    typed = Typed(
        TODAY, hands={"treasurer": 70000}, sums={"4010": 100000, "6030": 20000, "5002": 10000}, pots={"admin": 70000}
    )
    openings.book(fund, typed, remainder=0, by=accounts.named("treasurer"), at=AT, on=TODAY)
    found = income_reports.of(fund, YEAR)
    assert (found.came, found.spent, found.old) == (1000003, 0, True)
    assert {one.code: one.old for one in (*found.incomes, *found.expenses) if one.old} == {
        "4010": 100000,
        "6030": 20000,
    }
    sums = moved.of(fund, YEAR.first, YEAR.to)
    assert sums.in_pot("before") == (0, 0) and sums.in_pot("admin")[1] >= 70000
    assert sums.stands("1000") - sums.stood("1000") == 1000003 + 70000


def test_the_vouchers_say_when_it_is_over_and_lead_to_the_report(fund, client_as):
    page = client_as("treasurer").get("/vouchers").text
    assert "เกินกว่าที่ระเบียบ" not in page and "/ledger/reports/income" not in page
    write("expense", 2_000_01, code="6090", pot="admin", source="1000-treasurer")
    assert "/ledger/reports/income?fund=F1&amp;period=c2026" in client_as("treasurer").get("/vouchers").text
