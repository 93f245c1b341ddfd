"""Whose eyes a receipt is for, and what its page says of how far it is."""

import uuid

import pytest

from pwa.domain import NotFound
from pwa.domain.fund import receipt_pages
from pwa.domain.people import accounts
from pwa.domain.review import review
from tests.collecting import SOMCHAI, collector, receipt, told
from tests.small_fund import NOW


@pytest.fixture
def fund(kept_fund):
    """A receipt M1/1 of thirty baht, until the end of December, that the volunteer took."""
    line = {"person": SOMCHAI, "kind": "contribution", "amount_satang": 3000}
    days = {"covers_from": "2026-12-01", "covers_to": "2026-12-31"}
    kept_fund.phone = collector(kept_fund)
    payer = {"type": "self", "person": SOMCHAI, "name": "สมชาย ใจดี"}
    kept_fund.entry = told(kept_fund.phone, receipt(1, 30, payer=payer, lines=[line | days]))
    return kept_fund


def seen(fund, handle):
    return receipt_pages.get("fund", "M1", 1, seen_by=fund.people[handle])


def test_collector_and_officers_see_it_and_nobody_else(fund):
    for handle in ("volunteer", "zone-leader", "registrar"):
        assert seen(fund, handle).receipt.total_satang == 3000
    for handle in ("volunteer-2", "admin"):
        with pytest.raises(NotFound):
            seen(fund, handle)


def test_who_paid_or_whom_it_is_for_sees_it(fund):
    mine = accounts.add("somchai", name="สมชาย", unit=fund.units["canal"], role="member", at=NOW)
    with pytest.raises(NotFound):
        receipt_pages.get("fund", "M1", 1, seen_by=mine)
    mine.person = uuid.UUID(SOMCHAI)
    assert receipt_pages.get("fund", "M1", 1, seen_by=mine).payer == "สมชาย ใจดี"


def test_the_auditor_of_the_fund_sees_it(fund):
    auditor = accounts.add("auditor", name="ตรวจ", unit=fund.units["town"], role="auditor", at=NOW)
    assert receipt_pages.get("fund", "M1", 1, seen_by=auditor).payer == "สมชาย ใจดี"


def test_a_number_that_nobody_wrote_is_not_there(fund):
    for asked in (("fund", "M1", 10**30), ("fund", "M1", 2), ("fund", "M2", 1), ("other", "M1", 1)):
        with pytest.raises(NotFound):
            receipt_pages.get(*asked, seen_by=fund.people["zone-leader"])


def test_it_says_how_far_it_is_and_until_when(fund):
    page = seen(fund, "volunteer")
    assert (page.state, page.payer, page.collector, str(page.until)) == (
        "waiting",
        "สมชาย ใจดี",
        "volunteer",
        "2026-12-31",
    )
    review.approve(fund.entry, by=fund.people["zone-leader"], at=NOW)
    assert seen(fund, "volunteer").state == "approved"
