"""Which phones open an account, and how one is shut out."""

import pytest

from db.models import Device, Passkey
from pwa.domain import NotFound, Refusal
from pwa.domain.people import ceremonies, devices, enrolments, passkeys, sessions
from tests.people_fixtures import ORIGIN, invite
from tests.small_fund import MINUTE, NOW
from tests.soft_passkey import SoftPasskey

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"


def made(settled_fund, *, by=None, device_id=None, begin=True):
    account = settled_fund.people["volunteer"]
    issued = enrolments.issue(account, by=by, at=NOW, reason="x") if by else invite(settled_fund)
    options = ceremonies.registration_options(issued.enrolment, origin=ORIGIN, at=NOW)
    credential = SoftPasskey().make(options)
    passkey = ceremonies.register(issued.enrolment, credential, origin=ORIGIN, address="", at=NOW, agent=IPHONE)
    if begin:
        passkeys.begin(passkey, device_id=device_id, at=NOW, agent=IPHONE)
    return Passkey.get_by_id(passkey.id)


def live(settled_fund):
    return list(sessions.live(settled_fund.people["volunteer"], at=NOW))


def test_a_session_names_the_phone_and_keeps_a_good_one(settled_fund):
    first = made(settled_fund)
    [session] = live(settled_fund)
    assert session.device_id == first.device_id
    _, device = passkeys.begin(first, device_id=first.device_id, at=NOW)
    assert device.id == first.device_id
    _, device = passkeys.begin(first, device_id=None, at=NOW)
    assert device.id != first.device_id
    assert Passkey.get_by_id(first.id).device_id == first.device_id


def test_a_restored_server_learns_of_a_phone_that_it_has_no_row_for(settled_fund):
    lost = devices.register(at=NOW)
    Device.delete().where(Device.id == lost.id).execute()
    _, device = passkeys.begin(made(settled_fund), device_id=lost.id, at=NOW)
    assert device.id == lost.id


def test_a_revoked_phone_signs_in_only_when_enrolled_anew(settled_fund):
    passkey = made(settled_fund)
    devices.revoke(passkey.device_id, by=settled_fund.people["admin"], at=NOW, reason="หาย")
    with pytest.raises(Refusal, match="revoked"):
        passkeys.begin(passkey, device_id=passkey.device_id, at=NOW)
    again = made(settled_fund, device_id=passkey.device_id)
    assert again.device_id != passkey.device_id


def test_it_tells_who_gave_it(settled_fund):
    made(settled_fund, by=settled_fund.people["admin"])
    [phone] = passkeys.of(settled_fund.people["volunteer"])
    assert (phone.given_by, phone.identity, phone.passkey.label) == ("admin", ("", ""), "iPhone · Safari")


def test_revoking_ends_the_sessions_that_no_other_passkey_explains(settled_fund):
    lost, kept = made(settled_fund), made(settled_fund)
    passkeys.begin(lost, device_id=None, at=NOW)
    with pytest.raises(Refusal, match="why"):
        passkeys.revoke(lost, by=settled_fund.people["admin"], at=NOW, reason="")
    passkeys.revoke(lost, by=settled_fund.people["admin"], at=NOW, reason="เครื่องหาย")
    assert [session.device_id for session in live(settled_fund)] == [kept.device_id]
    assert [phone.passkey for phone in passkeys.of(settled_fund.people["volunteer"])] == [kept]
    [row] = passkeys.revoked(settled_fund.people["volunteer"])
    assert (row.account.handle, row.reason) == ("admin", "เครื่องหาย")
    with pytest.raises(NotFound):
        passkeys.get(lost.id, account=settled_fund.people["volunteer"])


def test_revoking_twice_keeps_the_first_reason(settled_fund):
    passkey = made(settled_fund)
    for reason in ("หาย", "ซ้ำ"):
        passkeys.revoke(passkey, by=settled_fund.people["admin"], at=NOW, reason=reason)
    [row] = passkeys.revoked(settled_fund.people["volunteer"])
    assert row.reason == "หาย"


def test_not_me_shuts_the_phone_out_and_tells_the_officers(settled_fund):
    volunteer, admin = settled_fund.people["volunteer"], settled_fund.people["admin"]
    strange, own = made(settled_fund), made(settled_fund)
    passkeys.disown(strange, by=volunteer, at=NOW)
    assert [session.device_id for session in live(settled_fund)] == [own.device_id]
    [told] = passkeys.disowned(seen_by=admin, at=NOW + MINUTE)
    assert told.passkey.account == volunteer
    assert passkeys.disowned(seen_by=settled_fund.people["registrar"], at=NOW + MINUTE) == []


def test_shutting_a_phone_out_may_take_its_passkeys(settled_fund):
    admin = settled_fund.people["admin"]
    stays, goes = made(settled_fund), made(settled_fund)
    for passkey, with_passkeys in ((stays, False), (goes, True)):
        device = Device.get_by_id(passkey.device_id)
        passkeys.shut_out(device, by=admin, at=NOW, reason="หาย", with_passkeys=with_passkeys)
        assert devices.is_revoked(device.id)
    assert live(settled_fund) == []
    assert [phone.passkey for phone in passkeys.of(settled_fund.people["volunteer"])] == [stays]


@pytest.mark.parametrize(
    ("agent", "label"),
    [(IPHONE, "iPhone · Safari"), ("", ""), ("curl/8", ""), ("Mozilla/5.0 (Windows NT 10.0) Chrome/1 Edg/1", "Windows · Edge"),
     ("Mozilla/5.0 (Linux; Android 13) SamsungBrowser/23.0 Chrome/115.0", "Android · Samsung Internet")],
)  # fmt: skip
def test_it_names_phones_as_people_do(agent, label):
    assert passkeys.label(agent) == label


def test_a_phone_is_called_by_its_model_where_the_browser_tells_it():
    agent = "Mozilla/5.0 (Linux; Android {}) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36"
    assert passkeys.label(agent.format("10; K")) == "Android · Chrome"
    assert passkeys.label(agent.format("13; SM-A057F")) == "Android SM-A057F · Chrome"
    assert passkeys.label(agent.format("13; V2206 Build/TP1A")) == "Android V2206 · Chrome"


def test_a_passkey_that_no_enrolment_added_is_listed_too(settled_fund):
    """As a copy from elsewhere may hold it."""
    account = settled_fund.people["volunteer"]
    bare = Passkey.create(account=account, credential_id="eHh4", public_key=b"x", created_at=NOW + MINUTE)
    [known] = passkeys.of(account)
    assert (known.passkey, known.enrolment, known.given_by, known.identity) == (bare, None, "", ("", ""))
    given = made(settled_fund)
    assert [known.passkey for known in passkeys.of(account)] == [bare, given]
    assert passkeys.get(bare.id, account=account) == bare
