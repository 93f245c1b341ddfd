"""Phones and their numbers: signed tokens, a new number for a new outbox, and a revocation that cannot be shaken off."""

import uuid
from datetime import timedelta

import pytest

from db.models import Device
from pwa.domain import NotFound, Refusal
from pwa.domain.people import devices, sessions
from tests.small_fund import NOW


def test_revoking_signs_out_and_needs_a_reason(settled_fund):
    device = devices.register(at=NOW)
    token = sessions.start(settled_fund.people["volunteer"], device=device, at=NOW)
    with pytest.raises(Refusal):
        devices.revoke(device.id, by=settled_fund.people["admin"], at=NOW, reason=" ")
    with pytest.raises(NotFound):
        devices.revoke(settled_fund.people["admin"].id, by=settled_fund.people["admin"], at=NOW, reason="x")
    devices.revoke(device.id, by=settled_fund.people["admin"], at=NOW, reason="หาย")
    assert sessions.find(token, at=NOW) is None


def test_what_a_phone_says_it_holds_is_noted_when_it_changes(settled_fund):
    device = devices.register(at=NOW).id
    second, minute = timedelta(seconds=1), timedelta(minutes=1)

    def told(at, **said):
        devices.meet(device, at=at, **said)
        row = Device.get_by_id(device)
        return row.waiting, row.waiting_at, row.contact_at

    assert told(NOW) == (None, None, NOW)
    assert told(NOW + second, waiting=3) == (3, NOW + second, NOW)
    assert told(NOW + 2 * second, waiting=3) == (3, NOW + second, NOW)
    assert told(NOW + 3 * second, waiting=0) == (0, NOW + 3 * second, NOW)
    assert told(NOW + 4 * second) == (0, NOW + 3 * second, NOW)
    later = NOW + minute + 5 * second
    assert told(later, waiting=0) == (0, later, later)


def test_a_restored_server_learns_of_a_phone(settled_fund):
    device = uuid.uuid4()
    devices.meet(device, at=NOW, agent="x" * 300, waiting=2)
    row = Device.get_by_id(device)
    assert (row.waiting, row.contact_at, len(row.agent)) == (2, NOW, 200)
