"""/ledger: the books for those who read a fund's money, on the page and as files."""

import csv
import html
import io
import re
import zipfile
from datetime import timedelta

import pytest

from db.models import LedgerTransaction
from pwa.domain.fund import account_books, holders
from pwa.domain.people import accounts
from pwa.domain.review import review
from tests.collecting import collector, gift, told
from tests.small_fund import NOW

READERS = ("treasurer", "committee", "auditor")


@pytest.fixture
def books(settled_fund):
    """Two gifts of 100 and 250 baht; the second is checked."""
    for role in READERS:
        one = accounts.add(role, name=role, unit=settled_fund.units["town"], role=role, at=NOW)
        settled_fund.people[role] = one
    phone = collector(settled_fund)
    told(phone, gift(1))
    review.approve(told(phone, gift(2, 250)), by=settled_fund.people["zone-leader"], at=NOW)


def text_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


@pytest.mark.parametrize("role", READERS)
def test_the_books_and_both_sides_of_part_10(site, books, role):
    shown = text_of(site.browser(role).get("/ledger"))
    assert shown.count("350 .00") == 6, "the hand twice, both sums, both sides of part 10"
    assert "100 .00" in shown and "250 .00" in shown


def test_an_account_is_a_book_with_what_is_left_after_each_line(site, books):
    page = site.browser("auditor").get("/ledger/1000-volunteer")
    shown = text_of(page)
    assert re.search(r"M1/1 .*100 \.00 .*M1/2 .*250 \.00 350 \.00", shown)
    assert "ต้องมี" in shown and '<option value="2026-11" selected>' in page.text
    before = text_of(site.browser("auditor").get("/ledger/1000-volunteer?month=2026-10"))
    assert "M1/1" not in before


def test_what_was_undone_stays(site, books, settled_fund):
    shown = text_of(site.browser("auditor").get("/ledger/2000"))
    assert shown.count("M1/2") == 2, "received and approved"
    assert LedgerTransaction.select().count() == 3


def test_the_files_hold_the_same_sums(site, books):
    browser = site.browser("treasurer")
    answer = browser.get("/ledger?file=csv")
    assert answer.data.startswith("\ufeff".encode()) and "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {row[0]: row[-1] for row in rows[1:]} == {"1000-volunteer": "350.00", "2000": "-100.00", "4120": "-250.00"}
    with zipfile.ZipFile(io.BytesIO(browser.get("/ledger/1000-volunteer?file=xlsx").data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>350</v>" in sheet and "<f>" not in sheet
    assert "พิมพ์" in text_of(browser.get("/ledger?file=print")) and "M1/1" in text_of(
        browser.get("/ledger/1000-volunteer?file=print")
    )


@pytest.mark.parametrize("path", ["/ledger", "/ledger/1000-volunteer"])
@pytest.mark.parametrize("role", ["volunteer", "zone-leader", "registrar", "admin"])
def test_nobody_else_sees_a_funds_money(site, books, role, path):
    assert site.browser(role).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/ledger?fund=F9", "/ledger/1000-nobody", "/ledger/x"])
def test_what_is_not_there_is_not_found(site, books, path):
    assert site.browser("treasurer").get(path).status_code == 404


@pytest.mark.parametrize("month", ["2569-11", "x", "2026-13", "9999-12", ""])
def test_a_month_that_is_none_is_this_one(site, books, month):
    assert "M1/1" in text_of(site.browser("treasurer").get(f"/ledger/1000-volunteer?month={month}"))


def test_who_keeps_the_books_of_another_fund_writes_nothing_in_these(app, client_as):
    """An auditor of one fund who is treasurer of another reads both, and writes only where they are treasurer."""
    fund, other, at = holders.fund("F1"), holders.fund("F2"), app.config["CLOCK"]()
    auditor = accounts.named("auditor")
    accounts.grant(auditor, "treasurer", other.unit, at=at - timedelta(days=3))
    assert (
        {one.code for one in account_books.kept(auditor)}
        == {"F2"}
        <= {one.code for one in account_books.funds(auditor)}
    )
    client = client_as("auditor")
    for address in ("/vouchers/F1", "/ledger/closes/F1", "/ledger/statements/F1", "/ledger/statements/F1/1"):
        assert client.post(address, data={"kind": "deposit"}).status_code == 404, address
    assert client.get(f"/ledger/statements?fund={fund.code}").status_code == 200
    assert client.post("/ledger/closes/F2").status_code == 422


@pytest.mark.parametrize(
    "address", ["/ledger", "/arrears", "/ledger/reports", "/ledger/closes", "/ledger/opening", "/ledger/statements"]
)
def test_the_books_of_a_fund_below_are_not_those_of_the_fund_above(client_as, address):
    """F2 hangs on a group in the town of F1: each fund's officers read their own books alone."""
    for handle in ("treasurer", "committee", "auditor"):
        answer = client_as(handle).get(f"{address}?fund=F2")
        assert answer.status_code == 404 or "กองทุนออมบุญบ้านเหนือ" not in answer.text, (handle, address)
    mine = client_as("treasurer-2").get(f"{address}?fund=F2")
    assert mine.status_code == 200
    assert client_as("treasurer-2").get(f"{address}?fund=F1").status_code in (200, 404)
