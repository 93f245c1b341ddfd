"""Phones: an administrator sees and revokes them, a zone leader sees those that recorded in the zone."""

import pytest

from db.models import Seat
from pwa.domain.people import devices, passkeys
from tests.people_fixtures import enrol, invite


@pytest.fixture
def recorder(settled_fund):
    """The phone that recorded in the canal community."""
    return Seat.get().device


def rows(tree):
    return [link.get("href") for link in tree.findall(".//a[@class='row']")]


def test_an_administrator_sees_every_phone_of_their_people(site, recorder, page):
    admin = site.browser("admin")
    other = site.browser("other-zone-leader")
    assert set(rows(page("/devices", admin))) == {
        f"/devices/{device}" for device in (recorder, admin.device.id, other.device.id)
    }
    for path in rows(page("/devices", admin)):
        page(path, admin)


def test_a_zone_leader_sees_phones_that_recorded_in_the_zone_and_revokes_none(site, recorder, page):
    leader = site.browser("zone-leader")
    assert rows(page("/devices", leader)) == [f"/devices/{recorder}"]
    assert page(f"/devices/{recorder}", leader).find(".//form[@method='post']") is None
    assert leader.post(f"/devices/{recorder}/revocation", data={"reason": "x"}).status_code == 404
    other = site.browser("other-zone-leader")
    assert rows(page("/devices", other)) == []
    assert other.get(f"/devices/{recorder}").status_code == 404


def test_revoking_needs_a_reason_and_signs_out(settled_fund, site, page):
    phone = site.browser()
    enrol(phone, invite(settled_fund).token)
    [known] = passkeys.of(settled_fund.people["volunteer"])
    admin = site.browser("admin")
    address = f"/devices/{known.passkey.device_id}"
    page(address, admin)
    assert admin.post(f"{address}/revocation", data={"reason": " "}).status_code == 422
    answer = admin.post(f"{address}/revocation", data={"reason": "ทำหาย", "with_passkeys": "yes"})
    assert (answer.status_code, answer.location) == (303, address)
    assert devices.is_revoked(known.passkey.device_id)
    assert passkeys.of(settled_fund.people["volunteer"]) == []
    assert phone.get("/enrolments/new").status_code == 303
    assert page(address, admin).find(".//form[@method='post']") is None
    assert admin.post(f"{address}/revocation", data={"reason": "ซ้ำ"}).status_code == 303, "twice changes nothing"
    page("/devices", admin)


def test_the_passkeys_stay_unless_they_are_named(settled_fund, site):
    enrol(site.browser(), invite(settled_fund).token)
    [known] = passkeys.of(settled_fund.people["volunteer"])
    site.browser("admin").post(f"/devices/{known.passkey.device_id}/revocation", data={"reason": "x"})
    assert len(passkeys.of(settled_fund.people["volunteer"])) == 1


def test_a_phone_is_called_what_its_owner_calls_it_wherever_it_is_listed(settled_fund, site, page):
    phone = site.browser()
    enrol(phone, invite(settled_fund).token)
    [known] = passkeys.of(settled_fund.people["volunteer"])
    passkeys.rename(known.passkey, "เครื่องสีแดง")
    admin, device = site.browser("admin"), known.passkey.device_id
    for address in (f"/board/{device}", f"/devices/{device}", "/devices"):
        assert "เครื่องสีแดง" in "".join(page(address, admin).itertext())
    listed = [
        one for one in page(f"/accounts/{known.passkey.account_id}", admin).iter("section") if "/end" in str(forms(one))
    ]
    assert "เครื่องสีแดง" in "".join(listed[0].itertext())


def forms(section):
    return [form.get("action") for form in section.iter("form") if "/sessions/" in form.get("action")]


def test_it_is_not_for_everybody(site, recorder):
    for handle in ("registrar", "volunteer"):
        assert site.browser(handle).get("/devices").status_code == 404
    assert site.browser().get(f"/devices/{recorder}").status_code == 303
