"""The second of two officers works in that unit, and is nobody's creature who has to do with it."""

from datetime import timedelta

import pytest

from pwa.domain.people import accounts, role_starts, second_officers
from tests.hamlets import open_access
from tests.small_fund import NOW


def second(settled_fund, handle, **about):
    people = settled_fund.people
    about = {
        "first": people["admin"].id,
        "to": people["volunteer"].id,
        "unit_id": settled_fund.units["zone"].id,
    } | about
    return second_officers.may_second(people[handle], **about)


@pytest.mark.parametrize("handle", ["zone-leader", "zone-leader-2", "registrar"])
def test_officers_of_the_unit_and_above_may(settled_fund, handle):
    assert second(settled_fund, handle)


@pytest.mark.parametrize("role", ["auditor", "network", "province", "volunteer"])
def test_other_roles_are_no_officers(settled_fund, role):
    settled_fund.people["x"] = accounts.add("x", name="x", unit=settled_fund.units["zone"], role=role, at=NOW)
    assert not second(settled_fund, "x")


@pytest.mark.parametrize("role", second_officers.OFFICERS)
def test_every_officer_may(settled_fund, role):
    settled_fund.people["x"] = accounts.add("x", name="x", unit=settled_fund.units["zone"], role=role, at=NOW)
    assert second(settled_fund, "x")


def test_an_officer_elsewhere_or_below_may_not(settled_fund):
    assert not second(settled_fund, "other-zone-leader")
    assert not second(settled_fund, "zone-leader", unit_id=settled_fund.units["town"].id)


def test_a_role_that_has_not_begun_makes_no_officer(settled_fund):
    settled_fund.people["x"] = accounts.add("x", name="x", unit=settled_fund.units["zone"], at=NOW)
    grant = accounts.grant(
        settled_fund.people["x"],
        "committee",
        settled_fund.units["zone"],
        by=settled_fund.people["admin"],
        at=NOW,
        reason="x",
    )
    assert not second(settled_fund, "x", first=settled_fund.people["registrar"].id)
    role_starts.agree(grant.id, by=settled_fund.people["registrar"], at=NOW)
    assert second(settled_fund, "x", first=settled_fund.people["zone-leader"].id)


def test_who_the_first_opened_or_who_opened_the_first_may_not(settled_fund):
    open_access(settled_fund.people["registrar"], by=settled_fund.people["admin"], at=NOW)
    assert not second(settled_fund, "registrar")
    open_access(settled_fund.people["admin"], by=settled_fund.people["zone-leader"], at=NOW)
    assert not second(settled_fund, "zone-leader")
    assert second(settled_fund, "zone-leader-2")


def test_an_ended_role_from_the_first_counts_for_thirty_days(settled_fund):
    people, zone = settled_fund.people, settled_fund.units["zone"]
    grant = accounts.grant(people["registrar"], "committee", zone, by=people["admin"], at=NOW, reason="x")
    accounts.end_role(grant, by=people["admin"], at=NOW, reason="x")
    about = dict(first=people["admin"].id, to=people["volunteer"].id, unit_id=zone.id)
    days = timedelta(days=1)
    assert not second_officers.may_agree(people["registrar"], **about, at=NOW + 29 * days)
    assert second_officers.may_agree(people["registrar"], **about, at=NOW + 30 * days)
    assert second_officers.may_agree(people["zone-leader"], **about, at=NOW)
