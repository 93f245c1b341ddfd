"""The list of accesses to confirm: each with who opened it; a second officer says what the owner answered."""

import pytest

from db.models import AccessConfirmation, PasskeyRevocation
from pwa.domain.people import accounts
from tests.hamlets import open_access
from tests.people_fixtures import enrol, invite, sign_in
from tests.small_fund import NOW


@pytest.fixture
def passkey(settled_fund):
    member = accounts.of_member(settled_fund.bunma, by=settled_fund.people["zone-leader"], at=NOW)
    return open_access(member, by=settled_fund.people["zone-leader"], at=NOW)


def text_of(tree):
    return "".join(tree.itertext())


def test_a_second_officer_asks_and_confirms(site, settled_fund, passkey, page):
    client = site.browser("registrar")
    assert 'href="/accesses"' in client.get("/").text
    [row] = page("/accesses", client).findall(".//main//a[@class='row']")
    assert "zone-leader" in text_of(row) and "ระงับแล้ว" not in text_of(row)
    assert "zone-leader" in text_of(page(row.get("href"), client))
    address = f"/accesses/{passkey.id}/confirmation"
    assert client.post(address).status_code == 422
    assert [client.post(address, data={"how": "face"}).status_code for _ in range(2)] == [303, 303]
    assert AccessConfirmation.get().account == settled_fund.people["registrar"]
    assert page("/accesses", client).find(".//section[@class='empty']") is not None
    shown = text_of(page(f"/accounts/{passkey.account_id}", site.browser("admin")))
    assert "registrar ยืนยันแล้ว" in shown


def test_the_owner_says_that_it_is_not_theirs(site, passkey):
    client = site.browser("zone-leader-2")
    assert client.post(f"/accesses/{passkey.id}/refusal").status_code == 422
    assert client.post(f"/accesses/{passkey.id}/refusal", data={"reason": "ยายไม่มีมือถือ"}).status_code == 303
    assert PasskeyRevocation.get().passkey == passkey
    assert "ระงับแล้ว" in client.get("/accesses").text


def test_who_opened_it_sees_it_without_a_button(site, passkey, page):
    client = site.browser("zone-leader")
    assert page(f"/accesses/{passkey.id}", client).findall(".//main//form") == []
    assert client.post(f"/accesses/{passkey.id}/confirmation", data={"how": "face"}).status_code == 422


@pytest.mark.parametrize("handle", ["other-zone-leader", "volunteer"])
def test_nobody_else_finds_it(site, passkey, handle):
    client = site.browser(handle)
    assert client.get(f"/accesses/{passkey.id}").status_code == 404
    assert client.post(f"/accesses/{passkey.id}/confirmation", data={"how": "face"}).status_code == 404
    assert client.post(f"/accesses/{passkey.id}/refusal", data={"reason": "x"}).status_code == 404


def test_a_page_that_is_not_there_is_empty(site, passkey, page):
    for number in ("2", "99999999999999999999", "-1", "x"):
        assert site.browser("registrar").get(f"/accesses?after={number}").status_code == 200


def test_each_sign_in_says_who_opened_it(site, settled_fund):
    client = site.browser()
    _, passkey = enrol(client, invite(settled_fund).token)
    assert "เปิดจากเครื่องแม่ข่าย" in client.get("/me").text
    site.clock.at += accounts.second_officers.DELAY
    assert "เปิดจากเครื่องแม่ข่าย" not in client.get("/me").text
    again = site.browser()
    sign_in(again, passkey)
    assert "เปิดจากเครื่องแม่ข่าย" in again.get("/me").text
    assert "เปิดจากเครื่องแม่ข่าย" not in again.get("/me", headers={"Ombun-Shell": "1"}).text


def test_it_names_an_officer_until_somebody_confirmed(site, settled_fund):
    about = {"account": str(settled_fund.people["volunteer"].id), "reason": "First phone"}
    shown = site.browser("admin").post("/enrolments/new", data=about).text
    client = site.browser()
    enrol(client, shown.split('class="code">')[1].split("<")[0])
    text = client.get("/").text
    assert "admin เปิดสิทธิเข้าใช้ของท่านบนเครื่องนี้" in text
