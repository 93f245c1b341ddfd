"""Who may decide is the same answer for one entry and for many."""

import uuid
from datetime import timedelta

import pytest

from pwa.domain.field.phones import Phone
from pwa.domain.registry import deciders, submissions
from tests.villages import MORNING, Village, bunma, form


@pytest.fixture
def village(app):
    return Village()


def test_it_answers_for_many_as_for_one(village):
    plain = village.visit(form(bunma()))
    own = Phone(village.leader, at=MORNING).record(
        "household", form(bunma()), at=MORNING, subject=uuid.uuid4(), place="V1A"
    )
    ones = [submissions.of(plain), submissions.of(own)]
    together = deciders.Deciders(ones, at=MORNING)
    assert [together.objection(one, village.leader) for one in ones] == [None, deciders.OWN_WORK]
    assert [together.objection(one, village.second) for one in ones] == [None, None]
    assert [deciders.Deciders([one], at=MORNING).objection(one, village.leader) for one in ones] == [
        None,
        deciders.OWN_WORK,
    ]


def test_a_role_above_in_either_tree_reaches_down(village):
    from pwa.domain.people import accounts

    for unit in (village.town, village.net):
        above = accounts.add(f"v-{unit.code.lower()}", name="x", unit=unit, role="zone_leader", at=MORNING)
        one = submissions.of(village.visit(form(bunma())))
        assert deciders.Deciders([one], at=MORNING).sees(one, above)


def test_an_ended_role_decides_nothing(village):
    from db.models import RoleEnd, RoleGrant

    one = submissions.of(village.visit(form(bunma())))
    grant = RoleGrant.get(RoleGrant.account == village.leader)
    RoleEnd.create(grant=grant, account=village.second, at=MORNING, reason="ลาออก")
    assert not deciders.Deciders([one], at=MORNING).sees(one, village.leader)
    late = MORNING + timedelta(days=5)
    assert not deciders.Deciders([one], at=late).is_escalated(one)
