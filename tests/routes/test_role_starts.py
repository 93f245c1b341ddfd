"""The page of roles that have not begun: seen by the officers of the unit, agreed to by a second one, stopped by any."""

import pytest

from db.models import RoleEnd, RoleStart
from pwa.domain.people import accounts
from pwa.domain.places import units
from tests.small_fund import NOW


@pytest.fixture
def grant(settled_fund):
    about = dict(by=settled_fund.people["admin"], at=NOW, reason="ที่ประชุมเลือก")
    return accounts.grant(settled_fund.people["volunteer"], "treasurer", settled_fund.units["zone"], **about)


def test_a_second_officer_reads_it_and_agrees(site, settled_fund, grant, page):
    client = site.browser("registrar")
    assert "/role-starts" in client.get("/").text
    [row] = page("/role-starts", client).findall(".//main//a[@class='row']")
    assert row.get("href") == f"/role-starts/{grant.id}"
    text = " ".join("".join(page(row.get("href"), client).itertext()).split())
    assert "ที่ประชุมเลือก" in text and "24 พ.ย." not in text and "23 พ.ย. 2569" in text
    assert [client.post(f"/role-starts/{grant.id}/agreement").status_code for _ in range(2)] == [303, 303]
    assert RoleStart.get().account == settled_fund.people["registrar"]
    assert units.grants(settled_fund.people["volunteer"], "treasurer")
    assert client.get(f"/role-starts/{grant.id}").status_code == 404
    shown = "".join(page(f"/accounts/{settled_fund.people['volunteer'].id}", site.browser("admin")).itertext())
    assert "registrar เห็นชอบ" in shown


def test_who_gave_it_sees_it_without_a_button(site, grant, page):
    client = site.browser("admin")
    forms = [form.get("action") for form in page(f"/role-starts/{grant.id}", client).findall(".//main//form")]
    assert forms == [f"/role-starts/{grant.id}/refusal"]
    assert client.post(f"/role-starts/{grant.id}/agreement").status_code == 422


def test_it_is_stopped_with_a_reason(site, settled_fund, grant):
    client = site.browser("zone-leader")
    assert client.post(f"/role-starts/{grant.id}/refusal").status_code == 422
    assert client.post(f"/role-starts/{grant.id}/refusal", data={"reason": "ไม่รู้จัก"}).status_code == 303
    assert RoleEnd.get().reason == "ไม่รู้จัก"


def test_who_gets_it_is_told_and_may_decline(site, settled_fund, grant):
    client = site.browser("volunteer")
    assert "ยังไม่เริ่ม" in client.get("/me").text
    assert client.post(f"/role-starts/{grant.id}/agreement").status_code == 422
    assert client.post(f"/role-starts/{grant.id}/refusal", data={"reason": "ไม่รับ"}).status_code == 303


@pytest.mark.parametrize("handle", ["volunteer-2", "other-zone-leader"])
def test_nobody_else_finds_it(site, grant, handle):
    client = site.browser(handle)
    for path, method in (("", "get"), ("/agreement", "post"), ("/refusal", "post")):
        assert getattr(client, method)(f"/role-starts/{grant.id}{path}").status_code == 404


def test_it_begins_by_itself_at_the_first_request_after_a_day(site, settled_fund, grant):
    site.clock.at += accounts.second_officers.DELAY
    site.browser().get("/")
    assert RoleStart.get().account is None and units.grants(settled_fund.people["volunteer"], "treasurer")
