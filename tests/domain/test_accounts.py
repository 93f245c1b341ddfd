"""Accounts and roles: an administrator reaches as far as their units, and everything they do keeps who, when and why."""

import pytest

from pwa.domain import NotFound, Refusal
from pwa.domain.people import accounts
from pwa.domain.places import units
from tests.small_fund import NOW


@pytest.fixture
def admin(fund):
    return fund.people["admin"]


@pytest.fixture
def zone_admin(fund):
    return accounts.add("zone-admin", name="แอดมินโซน", unit=fund.units["zone"], role="admin", at=NOW)


def test_it_adds_an_account_with_its_first_role(fund, admin):
    made = accounts.add(
        " Somsri-2 ", name="สมศรี  ใจดี", unit=fund.units["zone"], role="volunteer", by=admin, at=NOW, reason="มาช่วยงาน"
    )
    assert (made.handle, made.name) == ("somsri-2", "สมศรี ใจดี")
    [grant] = units.grants(made)
    assert (grant.role, grant.granted_by, grant.reason) == ("volunteer", admin, "มาช่วยงาน")
    assert accounts.named("somsri-2") == made


@pytest.mark.parametrize("handle", ["", "สมศรี", "a b", "-a", "a" * 41, "admin\u200b"])
def test_it_refuses_a_short_name_that_cannot_be_typed(fund, handle):
    with pytest.raises(Refusal) as refused:
        accounts.add(handle, name="x", unit=fund.units["zone"], at=NOW)
    assert refused.value.field == "handle"


def test_it_refuses_a_taken_short_name_and_a_missing_name(fund):
    with pytest.raises(Refusal, match="taken"):
        accounts.add("admin", name="x", unit=fund.units["zone"], at=NOW)
    with pytest.raises(Refusal, match="name"):
        accounts.add("new", name=" \u200b ", unit=fund.units["zone"], at=NOW)


def test_an_administrator_gives_roles_only_in_their_units(fund, zone_admin):
    volunteer = fund.people["volunteer"]
    accounts.grant(volunteer, "zone_leader", fund.units["zone"], by=zone_admin, at=NOW, reason="เลือกตั้งแล้ว")
    with pytest.raises(Refusal, match="look after"):
        accounts.grant(volunteer, "admin", fund.units["network"], by=zone_admin, at=NOW, reason="x")
    with pytest.raises(NotFound):
        accounts.grant(fund.people["admin"], "volunteer", fund.units["zone"], by=zone_admin, at=NOW, reason="x")


def test_an_account_with_a_role_elsewhere_is_out_of_reach(fund, admin, zone_admin):
    volunteer = fund.people["volunteer"]
    assert accounts.get(volunteer.id, seen_by=zone_admin) == volunteer
    accounts.grant(volunteer, "auditor", fund.units["network"], by=admin, at=NOW, reason="x")
    with pytest.raises(NotFound):
        accounts.get(volunteer.id, seen_by=zone_admin)


def test_giving_a_role_twice_changes_nothing(fund, admin):
    volunteer, zone = fund.people["volunteer"], fund.units["zone"]
    first = accounts.grant(volunteer, "committee", zone, by=admin, at=NOW, reason="x")
    assert accounts.grant(volunteer, "committee", zone, by=admin, at=NOW, reason="y") == first


def test_it_takes_a_role_and_keeps_who_and_why(fund, admin):
    volunteer = fund.people["volunteer"]
    [grant] = units.grants(volunteer)
    with pytest.raises(Refusal, match="why"):
        accounts.end_role(grant, by=admin, at=NOW, reason="  ")
    accounts.end_role(grant, by=admin, at=NOW, reason="ย้ายบ้าน")
    accounts.end_role(grant, by=admin, at=NOW, reason="ซ้ำ")
    assert units.grants(volunteer) == []
    [ever] = accounts.roles_ever(volunteer)
    assert (ever.end.account, ever.end.reason) == (admin, "ย้ายบ้าน")
    again = accounts.grant(volunteer, "volunteer", fund.units["zone"], by=admin, at=NOW, reason="กลับมาแล้ว")
    assert units.grants(volunteer) == [again]


def test_an_administrator_keeps_their_own_role(admin):
    [grant] = units.grants(admin)
    with pytest.raises(Refusal, match="your own"):
        accounts.end_role(grant, by=admin, at=NOW, reason="x")


def test_it_refuses_an_unknown_role_and_a_missing_reason(fund, admin):
    for role, reason in (("king", "x"), ("", "x"), ("auditor", "")):
        with pytest.raises(Refusal):
            accounts.grant(fund.people["volunteer"], role, fund.units["zone"], by=admin, at=NOW, reason=reason)


def test_it_lists_by_name_and_finds(fund, admin, zone_admin):
    assert len(accounts.listed(seen_by=admin)) == 8
    assert [account.handle for account, _ in accounts.listed(seen_by=zone_admin, text="LEADER")] == [
        "zone-leader", "zone-leader-2"
    ]  # fmt: skip
    [(_, grants)] = accounts.listed(seen_by=admin, text="registrar")
    assert [grant.role for grant in grants] == ["registrar"]


def test_a_members_short_name_tells_nothing(fund):
    account = accounts.of_member(fund.bunma, by=fund.people["registrar"], at=NOW)
    assert account.name == "นางบุญมา ใจงาม"
    assert account.person == fund.bunma.id
    assert account.handle.startswith("m-")
    assert fund.bunma.id.hex[:6] not in account.handle
    [grant] = units.grants(account)
    assert (grant.role, grant.unit.code, grant.granted_by.handle) == ("member", "canal", "registrar")
    assert accounts.of_member(fund.bunma, by=fund.people["zone-leader"], at=NOW) == account


def test_who_only_lives_there_gets_no_account(fund):
    with pytest.raises(Refusal, match="members"):
        accounts.of_member(fund.neighbour, by=fund.people["registrar"], at=NOW)
