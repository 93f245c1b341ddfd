"""What is in custody and not in the books is listed with its reason, and counted at home."""

import pytest

from pwa.domain.custody.phones import Phone
from pwa.domain.fund import bookings, unbooked
from pwa.domain.people import accounts
from pwa.domain.review import collection_sheets, review, sheet_keys
from tests.collecting import TODAY, collector, receipt, told
from tests.small_fund import NOW


@pytest.fixture
def treasurer(kept_fund):
    return accounts.add("treasurer", name="t", unit=kept_fund.units["town"], role="treasurer", at=NOW)


def test_each_stands_with_its_reason(kept_fund, treasurer):
    phone = collector(kept_fund)
    told(phone, receipt())
    other = told(phone, receipt(baht=60))
    held = told(Phone(kept_fund.people["volunteer-2"], at=NOW), receipt(9))
    found = unbooked.of(treasurer)
    assert [(one.entry.id, one.reason, one.author) for one in found] == [
        (other.id, "conflict", "volunteer"),
        (held.id, "quarantined", "volunteer-2"),
    ]
    assert unbooked.count(treasurer) == 2
    assert [unbooked.words(one.reason) for one in found] == [bookings.REASONS["conflict"], unbooked.QUARANTINED]


def test_nobody_else_has_a_list(kept_fund, treasurer):
    told(collector(kept_fund), receipt())
    told(collector(kept_fund, "volunteer-2"), receipt(baht=60))
    assert unbooked.of(kept_fund.people["other-zone-leader"]) == [] and unbooked.count(treasurer) == 1


def test_a_conflict_that_was_refused_waits_no_more_and_flags_nothing(kept_fund, treasurer):
    phone = collector(kept_fund)
    first = told(phone, receipt())
    other = told(phone, receipt(baht=60))
    leader = kept_fund.people["zone-leader"]
    key = sheet_keys.of_entry(first)
    assert [flag.kind for flag in collection_sheets.of(key, leader, at=NOW, on=TODAY).lines[0].flags] == ["conflict"]
    review.reject(other, by=leader, at=NOW, reason="เขียนผิด")
    assert unbooked.of(treasurer) == [] and unbooked.count(treasurer) == 0
    assert collection_sheets.of(key, leader, at=NOW, on=TODAY).lines[0].flags == []
