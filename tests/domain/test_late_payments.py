"""A receipt that says a day before the event and was recorded only after it is shown beside the claim."""

from datetime import date, timedelta

from pwa.domain.custody.phones import Phone
from pwa.domain.fund import paid, versions
from pwa.domain.people import accounts
from tests.claiming import AT, member
from tests.collecting import receipt, told

EVENT = date(2026, 10, 15)


def test_it_is_listed_with_both_days_and_no_other_is(app):
    person, phone = member().person, Phone(accounts.named("volunteer"), at=AT)
    lines = [{"person": str(person), "kind": "contribution", "amount_satang": 3000}]
    for no, paid_on in enumerate((EVENT, EVENT - timedelta(days=5), EVENT + timedelta(days=1)), start=1):
        told(phone, receipt(no, fund="F1", book="เล่ม 9", paid_on=paid_on.isoformat(), lines=lines), AT)
    found = paid.came_late(person, versions.fund_of("F1"), EVENT)
    assert [(one.no, one.paid_on, one.told_on) for one in found] == [
        (1, EVENT, AT.date()),
        (2, EVENT - timedelta(days=5), AT.date()),
    ]
    assert paid.came_late(person, versions.fund_of("F1"), AT.date()) == []
