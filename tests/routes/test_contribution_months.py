"""/ledger/contributions: what members paid by community and month, drawn and as a table."""

import csv
import io
import re
import uuid
from datetime import date
from xml.etree import ElementTree

import pytest

from db.models import Household, Person
from pwa.domain.fund import contribution_months
from pwa.domain.people import accounts
from pwa.domain.review import review
from tests.collecting import SOMCHAI, TODAY, collector, gift, receipt, told
from tests.small_fund import NOW


@pytest.fixture
def treasurer(site, settled_fund):
    settled_fund.people["treasurer"] = accounts.add(
        "treasurer", name="เหรัญญิก", unit=settled_fund.units["town"], role="treasurer", at=NOW
    )
    return site.browser("treasurer")


@pytest.fixture
def paid(settled_fund):
    """Two approved contributions of Somchai's, in two months; beside them a gift, one that waits, and one long ago."""
    phone, leader = collector(settled_fund), settled_fund.people["zone-leader"]
    for no, day in ((1, "2026-11-20"), (2, "2026-10-31"), (3, "2025-11-30")):
        review.approve(told(phone, receipt(no, 30 * no, paid_on=day)), by=leader, at=NOW)
    review.approve(told(phone, gift(4)), by=leader, at=NOW)
    told(phone, receipt(5))
    return settled_fund


def test_months_hold_what_was_approved_by_where_somebody_lives(paid):
    found = contribution_months.of(paid.fund, on=TODAY)
    assert (found.months[0], found.months[-1]) == (date(2025, 12, 1), date(2026, 11, 1))
    (group,) = found.groups
    known = Person.get_or_none(Person.id == uuid.UUID(SOMCHAI))
    assert group.name == (known.household.place.name if known else "")
    assert (group.sums[-2:], found.total, found.sums[-1]) == ([6000, 3000], 9000, 3000)


def test_people_of_other_communities_stand_apart_and_many_are_drawn_together(paid):
    other = Household.create(id=uuid.UUID(int=7), place=paid.units["town"], version=1, number="9")
    Person.create(id=uuid.UUID(int=8), household=other, local_id="q", first_name="สมหญิง")
    line = {"person": str(uuid.UUID(int=8)), "kind": "contribution", "amount_satang": 1000}
    more = receipt(9, 10, paid_on="2026-11-21", lines=[line], payer={"type": "self", "person": line["person"]})
    review.approve(told(collector(paid, "volunteer-2"), more | {"book": "M2"}), by=paid.people["zone-leader"], at=NOW)
    found = contribution_months.of(paid.fund, on=TODAY)
    assert [group.total for group in found.groups] == [9000, 1000]
    (drawn,) = found.largest(1)
    assert (drawn.name, drawn.total) == (contribution_months.OTHERS, 10000)


def test_the_page_draws_and_tells_the_same(paid, treasurer):
    shown = treasurer.get("/ledger/contributions").text
    picture = ElementTree.fromstring(re.search(r'<svg class="chart__picture".*?</svg>', shown, re.S)[0])
    assert len(picture.findall("rect")) == 2 and picture.find("title").text and picture.find("desc").text
    assert "<script" not in shown.split("<main", 1)[1].split("</main>")[0]
    rows = list(csv.reader(io.StringIO(treasurer.get("/ledger/contributions?file=csv").data.decode("utf-8-sig"))))
    assert rows[1][-1] == rows[-1][-1] == "90.00" and rows[0][-2].startswith("พฤศจิกายน")
    assert treasurer.get("/ledger/contributions?file=xlsx").data[:2] == b"PK"
    assert "90" in treasurer.get("/ledger/contributions?file=print").text


def test_without_contributions_the_page_says_so(treasurer):
    assert "<figure" not in treasurer.get("/ledger/contributions").text
