"""A weighty role begins with a second officer's yes or after a day in plain sight, also when nobody was awake."""

from datetime import timedelta

import pytest

from db.models import RoleEnd, RoleGrant, RoleStart
from pwa.domain import NotFound, Refusal
from pwa.domain.people import accounts, role_starts
from pwa.domain.places import grants, units
from tests.hamlets import open_access
from tests.small_fund import MINUTE, NOW

DAY = timedelta(hours=24)


@pytest.fixture
def people(settled_fund):
    return settled_fund.people


def give(settled_fund, role="treasurer", to="volunteer", unit="zone", by="admin", at=NOW):
    return accounts.grant(
        settled_fund.people[to], role, settled_fund.units[unit], by=settled_fund.people[by], at=at, reason="เลือกตั้ง"
    )


def has(settled_fund, role="treasurer", handle="volunteer"):
    return bool(units.grants(settled_fund.people[handle], role))


@pytest.mark.parametrize("role", grants.WEIGHTY)
def test_no_weighty_role_counts_when_it_is_given(settled_fund, role):
    grant = give(settled_fund, role)
    assert not has(settled_fund, role) and settled_fund.units["zone"].id not in units.within(
        settled_fund.people["volunteer"], role
    )
    assert not units.granted_on(settled_fund.people["volunteer"].id, [role])
    assert grant in role_starts.waiting(settled_fund.people["registrar"])


@pytest.mark.parametrize("role", ["volunteer", "member", "province"])
def test_other_roles_count_at_once(settled_fund, role):
    give(settled_fund, role, to="registrar")
    assert has(settled_fund, role, "registrar")


def test_what_the_keeper_gives_counts_at_once(settled_fund, people):
    accounts.grant(people["volunteer"], "treasurer", settled_fund.units["zone"], at=NOW)
    assert has(settled_fund)


def test_a_second_officer_lets_it_begin(settled_fund, people):
    grant = give(settled_fund)
    for _ in range(2):
        role_starts.agree(grant.id, by=people["registrar"], at=NOW + MINUTE)
    assert has(settled_fund)
    [row] = RoleStart.select()
    assert (row.grant, row.account, row.at) == (grant, people["registrar"], NOW + MINUTE)


@pytest.mark.parametrize("handle", ["admin", "volunteer"])
def test_who_gave_or_gets_it_does_not_agree(settled_fund, people, handle):
    grant = give(settled_fund)
    with pytest.raises(Refusal, match="Somebody else"):
        role_starts.agree(grant.id, by=people[handle], at=NOW)
    assert not has(settled_fund)


@pytest.mark.parametrize("handle", ["volunteer-2", "other-zone-leader"])
def test_who_is_no_officer_there_does_not_even_see_it(settled_fund, people, handle):
    grant = give(settled_fund)
    assert role_starts.waiting(people[handle]) == []
    for verb, more in ((role_starts.agree, {}), (role_starts.refuse, {"reason": "ไม่"})):
        with pytest.raises(NotFound):
            verb(grant.id, by=people[handle], at=NOW, **more)


def test_it_begins_by_itself_after_a_day_also_when_nobody_tended(settled_fund):
    grant = give(settled_fund)
    assert role_starts.begin_due(at=NOW + DAY - MINUTE) == 0 and not has(settled_fund)
    assert role_starts.begin_due(at=NOW + 5 * DAY) == 1 and has(settled_fund)
    [row] = RoleStart.select()
    assert (row.grant, row.account, row.at) == (grant, None, NOW + DAY)
    assert role_starts.begin_due(at=NOW + 5 * DAY) == 0


@pytest.mark.parametrize("handle", ["registrar", "zone-leader", "admin", "volunteer"])
def test_any_officer_and_who_gets_it_stops_it(settled_fund, people, handle):
    grant = give(settled_fund)
    with pytest.raises(Refusal, match="why"):
        role_starts.refuse(grant.id, by=people[handle], at=NOW, reason=" ")
    role_starts.refuse(grant.id, by=people[handle], at=NOW, reason="ไม่รู้จัก")
    assert role_starts.begin_due(at=NOW + 2 * DAY) == 0 and not has(settled_fund)
    assert RoleEnd.get().account == people[handle]


def test_taking_it_away_and_giving_it_again_begins_the_day_anew(settled_fund, people):
    grant = give(settled_fund)
    assert give(settled_fund, at=NOW + MINUTE) == grant, "giving it twice changes nothing"
    accounts.end_role(grant, by=people["admin"], at=NOW + MINUTE, reason="ผิด")
    give(settled_fund, at=NOW + 2 * MINUTE)
    assert role_starts.begin_due(at=NOW + DAY + MINUTE) == 0
    assert role_starts.begin_due(at=NOW + DAY + 2 * MINUTE) == 1


def test_a_role_in_another_unit_begins_for_itself(settled_fund, people):
    accounts.grant(people["volunteer"], "treasurer", settled_fund.units["zone"], at=NOW)
    give(settled_fund, unit="town")
    assert [grant.unit.code for grant in units.grants(people["volunteer"], "treasurer")] == ["zone"]


def test_nobody_gives_to_themselves(settled_fund, people):
    with pytest.raises(Refusal, match="themselves"):
        give(settled_fund, to="admin", unit="network")
    assert not RoleGrant.select().where(RoleGrant.account == people["admin"], RoleGrant.role == "treasurer").exists()


def test_an_administrator_alone_becomes_nothing_by_accounts_of_his_own_making(settled_fund, people):
    """Two accounts in a ring: each is made by him, opened by him, and would agree to what he gives the other."""
    about = dict(by=people["admin"], at=NOW, reason="คนใหม่", unit=settled_fund.units["town"])
    for handle in ("ring-1", "ring-2"):
        people[handle] = accounts.add(handle, name=handle, role="committee", **about)
        open_access(people[handle], by=people["admin"], at=NOW)
    role_starts.begin_due(at=NOW + DAY)
    for days in (2, 40):
        grant = give(settled_fund, to="ring-1", unit="town", at=NOW + days * DAY)
        with pytest.raises(Refusal, match="Somebody else"):
            role_starts.agree(grant.id, by=people["ring-2"], at=NOW + days * DAY)
        accounts.end_role(grant, by=people["admin"], at=NOW + days * DAY, reason="อีกครั้ง")


def test_who_got_a_role_from_the_giver_just_now_is_no_second(settled_fund, people):
    accounts.grant(
        people["volunteer-2"], "committee", settled_fund.units["zone"], by=people["admin"], at=NOW, reason="x"
    )
    role_starts.begin_due(at=NOW + DAY)
    early, late = NOW + 2 * DAY, NOW + 31 * DAY
    grant = give(settled_fund, at=early)
    assert not role_starts.may_agree(grant, people["volunteer-2"], at=early)
    assert role_starts.may_agree(grant, people["volunteer-2"], at=late)
    assert role_starts.may_agree(grant, people["registrar"], at=early)


def test_it_counts_what_waits_for_whom(settled_fund, people):
    give(settled_fund)
    told = {handle: role_starts.count(people[handle], at=NOW) for handle in ("registrar", "admin", "volunteer")}
    assert told == {"registrar": 1, "admin": 0, "volunteer": 1}


def test_it_begins_on_time_also_when_it_was_asked_just_before(settled_fund):
    """Nothing is asked of the database where nothing can have become due since."""
    assert role_starts.begin_due(at=NOW) == 0
    grant = give(settled_fund, at=NOW + MINUTE / 2 - DAY)
    give(settled_fund, "auditor", to="registrar", at=NOW)
    assert role_starts.begin_due(at=NOW + MINUTE) == 1 and RoleStart.get().grant_id == grant.id
    assert [role_starts.begin_due(at=NOW + DAY + step * MINUTE) for step in (-1, 0)] == [0, 1]


def test_a_role_that_is_due_within_the_minute_is_not_late(settled_fund):
    give(settled_fund, at=NOW + MINUTE / 2 - DAY)
    assert [role_starts.begin_due(at=NOW + step * MINUTE / 4) for step in (0, 1, 2)] == [0, 0, 1]


def test_a_clock_that_was_set_back_is_asked_anew(settled_fund):
    assert role_starts.begin_due(at=NOW) == 0
    give(settled_fund, at=NOW - 3 * DAY)
    assert role_starts.begin_due(at=NOW - DAY) == 1
