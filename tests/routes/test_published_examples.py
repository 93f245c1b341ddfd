"""What others rely on: the demo volunteer records the first published example of a form, the zone leader approves it with an empty form."""

import uuid

import pytest

from db.models import Approval
from pwa import web
from pwa.domain import kinds
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import bookings
from pwa.domain.kinds import forms
from pwa.domain.people import accounts

CHECKED = [form for form in forms.NAMES if kinds.of(forms.kind_of(form)).checkers and form != "correction@1"]
CHECKED = [
    form for form in CHECKED if not kinds.of(forms.kind_of(form)).is_money or forms.kind_of(form) in bookings.BOOKED
]


@pytest.mark.parametrize("form", CHECKED)
def test_the_first_example_can_be_sent_and_approved(form, client_as):
    at = web.system_clock()
    example = forms.schema(form)["examples"][0]
    phone = Phone(accounts.named("volunteer"), at=at)
    if form == "receipt_void@1":
        phone.record("contribution", forms.schema("contribution@1")["examples"][0], at=at, subject=uuid.uuid4())
    entry = phone.record(forms.kind_of(form), example, at=at, subject=uuid.uuid4())
    bookings.catch_up(at=at)
    assert entry.outcome == "received", entry.reason
    answer = client_as("zone-leader").post(f"/review/{entry.entry_id}/approval", data={})
    assert answer.status_code == 303
    assert Approval.get(Approval.entry == entry)
