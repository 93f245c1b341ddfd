"""Whoever issued an access may hold it, directly or through others, until a second officer has asked the owner."""

import pytest

from db.models import AccessConfirmation
from pwa.domain.people import hands, passkeys
from tests.villages import MORNING, Village, open_access


@pytest.fixture
def village(app):
    return Village()


def test_nobody_holds_what_the_keeper_issued(village):
    open_access(village.volunteer, by=None)
    assert hands.of([village.volunteer.id]) == {village.volunteer.id: set()}


def test_it_follows_who_opened_whom(village):
    open_access(village.second, by=village.leader)
    open_access(village.volunteer, by=village.second)
    held = hands.of([village.volunteer.id])
    assert held[village.volunteer.id] == {village.second.id, village.leader.id}
    for one, other in ((village.leader, village.volunteer), (village.volunteer, village.leader)):
        assert hands.are_tied(one.id, [other.id])
    assert not hands.are_tied(village.other.id, [village.volunteer.id, village.leader.id])


def test_a_ring_ends(village):
    open_access(village.second, by=village.leader)
    open_access(village.leader, by=village.second)
    assert hands.are_tied(village.leader.id, [village.second.id])
    assert hands.of([village.leader.id])[village.leader.id] == {village.second.id, village.leader.id}


def test_revoking_frees_nobody_and_confirming_does(village):
    passkey = open_access(village.volunteer, by=village.leader)
    passkeys.revoke(passkey, by=village.second, at=MORNING, reason="หาย")
    assert hands.are_tied(village.leader.id, [village.volunteer.id])
    AccessConfirmation.create(passkey=passkey, account=village.second, at=MORNING, how="face")
    assert not hands.are_tied(village.leader.id, [village.volunteer.id])


def test_another_access_goes_on_counting(village):
    first, _ = (open_access(village.volunteer, by=village.leader) for _ in range(2))
    AccessConfirmation.create(passkey=first, account=village.second, at=MORNING, how="face")
    assert hands.are_tied(village.leader.id, [village.volunteer.id])
