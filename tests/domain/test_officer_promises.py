"""`ombun check` names a role that began, an access that was confirmed and a decision that was made by the wrong one."""

from datetime import timedelta

import pytest

from db.models import AccessConfirmation, Approval, RoleStart
from pwa.domain.operations import officer_promises
from pwa.domain.people import accounts, passkeys, role_starts
from tests import small_fund
from tests.hamlets import open_access
from tests.small_fund import MINUTE, NOW


@pytest.fixture
def grant(settled_fund):
    people = settled_fund.people
    return accounts.grant(
        people["volunteer"], "treasurer", settled_fund.units["zone"], by=people["admin"], at=NOW, reason="เลือกตั้ง"
    )


def found(promise):
    return list(promise())


def test_it_accepts_what_the_verbs_write(settled_fund, grant):
    role_starts.begin_due(at=NOW + timedelta(days=3))
    assert found(officer_promises.roles_began_with_two) == []


@pytest.mark.parametrize("handle", ["admin", "volunteer"])
def test_it_names_a_yes_by_who_gave_or_got_it(settled_fund, grant, handle):
    RoleStart.create(grant=grant, account=settled_fund.people[handle], at=NOW)
    [sentence] = found(officer_promises.roles_began_with_two)
    assert "treasurer of volunteer" in sentence


def test_it_names_a_role_that_began_too_early(settled_fund, grant):
    RoleStart.create(grant=grant, at=NOW + MINUTE)
    [sentence] = found(officer_promises.roles_began_with_two)
    assert "another time" in sentence


@pytest.mark.parametrize("handle", ["zone-leader", "volunteer", None])
def test_it_names_an_access_confirmed_by_who_had_to_do_with_it(settled_fund, handle):
    passkey = open_access(settled_fund.people["volunteer"], by=settled_fund.people["zone-leader"], at=NOW)
    AccessConfirmation.create(passkey=passkey, account=handle and settled_fund.people[handle], at=NOW, how="face")
    assert len(found(officer_promises.accesses_were_confirmed_by_others)) == 1


def test_it_names_a_decision_by_who_opened_the_author(settled_fund):
    entry = small_fund.phone(settled_fund).record("household", small_fund.household(), at=NOW, place="canal")
    passkey = open_access(settled_fund.people["volunteer"], by=settled_fund.people["zone-leader"], at=NOW)
    Approval.create(entry=entry, account=settled_fund.people["zone-leader"], at=NOW + MINUTE, version=1)
    assert found(officer_promises.decisions_are_of_free_hands) == [], "before sessions named their access"
    passkeys.begin(passkey, device_id=None, at=NOW)
    [sentence] = found(officer_promises.decisions_are_of_free_hands)
    assert str(entry.entry_id) in sentence


def test_a_decision_after_the_confirmation_is_as_good_as_any(settled_fund):
    entry = small_fund.phone(settled_fund).record("household", small_fund.household(), at=NOW, place="canal")
    passkey = open_access(settled_fund.people["zone-leader"], by=settled_fund.people["volunteer"], at=NOW)
    passkeys.begin(passkey, device_id=None, at=NOW)
    AccessConfirmation.create(passkey=passkey, account=settled_fund.people["registrar"], at=NOW, how="face")
    Approval.create(entry=entry, account=settled_fund.people["zone-leader"], at=NOW + MINUTE, version=1)
    assert found(officer_promises.decisions_are_of_free_hands) == []
