"""Whoever issued an access may hold it, directly or through others, until a second officer has asked the owner."""

import pytest

from db.models import AccessConfirmation
from pwa.domain.people import hands, passkeys
from tests.hamlets import MORNING, Hamlet, open_access


@pytest.fixture
def hamlet(app):
    return Hamlet()


def test_nobody_holds_what_the_keeper_issued(hamlet):
    open_access(hamlet.volunteer, by=None)
    assert hands.of([hamlet.volunteer.id]) == {hamlet.volunteer.id: set()}


def test_it_follows_who_opened_whom(hamlet):
    open_access(hamlet.second, by=hamlet.leader)
    open_access(hamlet.volunteer, by=hamlet.second)
    held = hands.of([hamlet.volunteer.id])
    assert held[hamlet.volunteer.id] == {hamlet.second.id, hamlet.leader.id}
    for one, other in ((hamlet.leader, hamlet.volunteer), (hamlet.volunteer, hamlet.leader)):
        assert hands.are_tied(one.id, [other.id])
    assert not hands.are_tied(hamlet.other.id, [hamlet.volunteer.id, hamlet.leader.id])


def test_a_ring_ends(hamlet):
    open_access(hamlet.second, by=hamlet.leader)
    open_access(hamlet.leader, by=hamlet.second)
    assert hands.are_tied(hamlet.leader.id, [hamlet.second.id])
    assert hands.of([hamlet.leader.id])[hamlet.leader.id] == {hamlet.second.id, hamlet.leader.id}


def test_revoking_frees_nobody_and_confirming_does(hamlet):
    passkey = open_access(hamlet.volunteer, by=hamlet.leader)
    passkeys.revoke(passkey, by=hamlet.second, at=MORNING, reason="หาย")
    assert hands.are_tied(hamlet.leader.id, [hamlet.volunteer.id])
    AccessConfirmation.create(passkey=passkey, account=hamlet.second, at=MORNING, how="face")
    assert not hands.are_tied(hamlet.leader.id, [hamlet.volunteer.id])


def test_another_access_goes_on_counting(hamlet):
    first, _ = (open_access(hamlet.volunteer, by=hamlet.leader) for _ in range(2))
    AccessConfirmation.create(passkey=first, account=hamlet.second, at=MORNING, how="face")
    assert hands.are_tied(hamlet.leader.id, [hamlet.volunteer.id])
