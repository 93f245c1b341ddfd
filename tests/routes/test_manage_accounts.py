"""The administrator's desk: add, give and take roles, re-issue access, sign out, revoke; only within their units."""

from xml.etree import ElementTree

import pytest

from db.models import Account, Enrolment, Passkey, RoleEnd
from pwa.domain.people import accounts, sessions
from pwa.domain.places import grants, units
from tests.people_fixtures import enrol, invite
from tests.small_fund import NOW


@pytest.fixture
def admin(site):
    return site.browser("admin")


@pytest.fixture
def volunteer(settled_fund):
    return settled_fund.people["volunteer"]


def text_of(tree):
    return ElementTree.tostring(tree, encoding="unicode")


def test_it_lists_and_finds(admin, page):
    assert len(page("/accounts", admin).findall(".//a[@class='row']")) == 7
    found = page("/accounts?q=registrar", admin)
    assert len(found.findall(".//a[@class='row']")) == 1
    assert page("/accounts?q=ไม่มีใคร", admin).find(".//section[@class='empty']") is not None
    part = admin.get("/accounts?q=volunteer", headers={"HX-Request": "true"}).text
    assert "<html" not in part


def test_it_adds_an_account(admin, page):
    page("/accounts/new", admin)
    said = {"handle": "somsri", "name": "สมศรี", "unit": "zone", "role": "treasurer", "reason": "เหรัญญิกคนใหม่"}
    answer = admin.post("/accounts", data=said)
    made = Account.get(Account.handle == "somsri")
    assert (answer.status_code, answer.location) == (303, f"/accounts/{made.id}")
    assert units.grants(made) == [], "a second officer has to agree, or a day to pass"
    [grant] = grants.given([made.id])
    assert (grant.role, grant.granted_by.handle, grant.reason) == ("treasurer", "admin", "เหรัญญิกคนใหม่")
    assert "เหรัญญิกคนใหม่" in text_of(page(answer.location, admin))


@pytest.mark.parametrize(
    "wrong",
    [{"handle": "สมศรี"}, {"handle": "admin"}, {"name": " "}, {"unit": "nowhere"}, {"unit": ""}, {"role": "king"},
     {"role": ""}, {"reason": ""}],
)  # fmt: skip
def test_it_refuses_bad_input_and_adds_nothing(admin, wrong):
    before = Account.select().count()
    said = {"handle": "somsri", "name": "สมศรี", "unit": "zone", "role": "treasurer", "reason": "x", **wrong}
    assert admin.post("/accounts", data=said).status_code == 422
    assert Account.select().count() == before


def test_it_gives_and_takes_a_role(admin, volunteer, page):
    address = f"/accounts/{volunteer.id}"
    given = admin.post(f"{address}/roles", data={"role": "committee", "unit": "zone", "reason": "เลือกตั้ง"})
    assert (given.status_code, given.location) == (303, address)
    grant = grants.given([volunteer.id])[-1]
    assert admin.post(f"{address}/roles/{grant.id}/end", data={"reason": ""}).status_code == 422
    assert admin.post(f"{address}/roles/{grant.id}/end", data={"reason": "หมดวาระ"}).status_code == 303
    assert RoleEnd.get().account.handle == "admin"
    assert admin.post(f"{address}/roles/{grant.id}/end", data={"reason": "ซ้ำ"}).status_code == 404
    assert "หมดวาระ" in text_of(page(address, admin))


def test_it_gives_access_again_with_a_reason(admin, volunteer, page):
    assert page(f"/enrolments/new?account={volunteer.id}", admin).find(".//input[@name='identity_check']") is None
    said = {"account": str(volunteer.id), "reason": "The old phone is lost or broken"}
    assert admin.post("/enrolments/new", data=said).status_code == 200
    enrolment = Enrolment.get()
    assert (enrolment.account, enrolment.issued_by.handle) == (volunteer, "admin")
    page(f"/accounts/{volunteer.id}", admin)
    page(f"/enrolments/{enrolment.id}", admin)


def test_it_revokes_a_passkey_and_signs_out(settled_fund, site, admin, volunteer, page):
    phone = site.browser()
    enrol(phone, invite(settled_fund).token)
    passkey = Passkey.get()
    address = f"/accounts/{volunteer.id}"
    assert admin.post(f"{address}/passkeys/{passkey.id}/revocation").status_code == 422
    assert admin.post(f"{address}/passkeys/{passkey.id}/revocation", data={"reason": "เครื่องหาย"}).status_code == 303
    assert phone.get("/enrolments/new").status_code == 303
    assert admin.post(f"{address}/passkeys/{passkey.id}/revocation", data={"reason": "ซ้ำ"}).status_code == 404
    assert "เครื่องหาย" in text_of(page(address, admin))


def test_it_ends_one_session(site, admin, volunteer):
    phone = site.browser("volunteer")
    [session] = sessions.live(volunteer, at=NOW)
    address = f"/accounts/{volunteer.id}/sessions/{session.id}/end"
    assert admin.post(address, data={"reason": "ลืมออก"}).status_code == 303
    assert phone.get("/enrolments/new").status_code == 303
    assert admin.post(address).status_code == 404


def test_an_administrator_of_a_zone_stays_in_the_zone(settled_fund, site, volunteer, page):
    settled_fund.people["zone-admin"] = accounts.add(
        "zone-admin", name="x", unit=settled_fund.units["zone"], role="admin", at=NOW
    )
    browser = site.browser("zone-admin")
    assert len(page("/accounts", browser).findall(".//a[@class='row']")) == 5
    far, near = f"/accounts/{settled_fund.people['admin'].id}", f"/accounts/{volunteer.id}"
    assert browser.get(near).status_code == 200
    assert browser.get(far).status_code == 404
    said = {"role": "admin", "unit": "network", "reason": "x"}
    assert browser.post(f"{near}/roles", data=said).status_code == 422
    assert browser.post(f"{far}/roles", data=said | {"unit": "zone"}).status_code == 404
    assert browser.get(f"/enrolments/new?account={settled_fund.people['admin'].id}").status_code == 404


@pytest.mark.parametrize("handle", ["registrar", "zone-leader", "volunteer"])
def test_it_is_for_administrators(site, volunteer, handle):
    client = site.browser(handle)
    assert client.get("/accounts").status_code == 404
    assert client.get(f"/accounts/{volunteer.id}").status_code == 404
    assert client.post(f"/accounts/{volunteer.id}/roles").status_code == 404
    assert site.browser().get("/accounts").status_code == 303
