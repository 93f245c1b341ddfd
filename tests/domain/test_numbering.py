"""Numbers of phones: what follows a phone to its next one, what it leaves behind, and how many there may be."""

import uuid
from datetime import timedelta

import pytest

from db.models import DeviceLeaving
from pwa.domain.crypto import keyring, signatures
from pwa.domain.people import devices, numbering, sessions, signing, tokens
from tests import small_fund
from tests.small_fund import NOW

HOUR = timedelta(hours=1)


def new_key():
    return keyring.b64url(keyring.point(small_fund.signing_key()))


def shown(device):
    return devices.claims(device.id)


def test_a_new_number_takes_the_session_along_and_its_lineage(settled_fund):
    volunteer, old = settled_fund.people["volunteer"], devices.register(at=NOW)
    token = sessions.start(volunteer, device=old, at=NOW)
    new = numbering.renumber(shown(old), account=volunteer, at=NOW)
    assert sessions.find(token, at=NOW).device == new
    assert sessions.was_on(volunteer.id, new.id)
    assert (new.parent, new.first) == (old.id, old.id)
    assert devices.members(new.id) == devices.members(old.id) == {old.id, new.id}


def test_a_cookie_alone_takes_nobody_along(settled_fund):
    """A stolen cookie made a number on which the author counted as known: its lines were proved."""
    volunteer, old = settled_fund.people["volunteer"], devices.register(at=NOW)
    token = sessions.start(volunteer, device=old, at=NOW)
    newer = numbering.renumber(shown(numbering.renumber(shown(old), account=None, at=NOW)), account=None, at=NOW)
    assert not sessions.was_on(volunteer.id, newer.id)
    assert sessions.find(token, at=NOW).device == old
    assert newer.first == old.id


def test_a_revocation_reaches_every_number_whichever_is_named(settled_fund):
    old = devices.register(at=NOW)
    middle = numbering.renumber(shown(old), account=None, at=NOW)
    newest = numbering.renumber(shown(middle), account=None, at=NOW)
    devices.revoke(middle.id, by=settled_fund.people["admin"], at=NOW, reason="หาย")
    later = numbering.renumber(shown(newest), account=None, at=NOW)
    assert all(devices.is_revoked(one.id) for one in (old, middle, newest, later))
    assert devices.revocation(later)[0].reason == "หาย"


def test_a_restored_server_learns_the_lineage_from_the_cookie(settled_fund):
    old = devices.register(at=NOW)
    devices.revoke(old.id, by=settled_fund.people["admin"], at=NOW, reason="หาย")
    forgotten = uuid.uuid4()
    devices.meet(forgotten, at=NOW, first=old.id)
    assert devices.lineage(forgotten) == old.id and devices.is_revoked(forgotten)


def test_six_numbers_an_hour_and_no_more_for_all_of_a_phone(settled_fund):
    first = devices.register(at=NOW)
    numbers = [first]
    for minute in range(numbering.MOST_AN_HOUR):
        numbers.append(numbering.renumber(shown(numbers[-1]), account=None, at=NOW + timedelta(minutes=minute)))
    for one in numbers:
        with pytest.raises(numbering.TooMany) as refused:
            numbering.renumber(shown(one), account=None, at=NOW + timedelta(minutes=10))
        assert refused.value.seconds == 50 * 60 + 1
    assert numbering.renumber(shown(first), account=None, at=NOW + HOUR + timedelta(seconds=1))


def test_thirty_browsers_without_a_cookie_an_hour(settled_fund):
    volunteer = settled_fund.people["volunteer-2"]
    for _ in range(numbering.MOST_ARRIVING):
        sessions.use(volunteer, numbering.arrive(volunteer, at=NOW), at=NOW)
    with pytest.raises(numbering.TooMany):
        numbering.arrive(volunteer, at=NOW + timedelta(minutes=59))
    assert numbering.arrive(volunteer, at=NOW + HOUR + timedelta(seconds=1))
    assert numbering.arrive(settled_fund.people["admin"], at=NOW)


def test_what_it_leaves_counts_only_when_it_is_its_own_and_never_lowers(settled_fund):
    phone, other = small_fund.phone(settled_fund), small_fund.phone(settled_fund, "volunteer-2")
    phone.send([phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(3)], at=NOW)
    told = [
        (phone.device.id, 2),
        (other.device.id, 9),
        (phone.device.id, 5),
        (phone.device.id, 4),
        (phone.device.id, 7),
    ]
    for number, seq in told:
        numbering.renumber(shown(phone.device), account=None, at=NOW, leaves=(number, seq))
    assert [(row.device, row.seq) for row in DeviceLeaving.select().order_by(DeviceLeaving.id)] == [
        (phone.device.id, 5),
        (phone.device.id, 7),
    ]
    assert signing.standing(phone.device.id) == signing.Standing(is_left=True, last=7)
    assert signing.standing(other.device.id) == signing.Standing()


def test_a_browser_that_lost_its_store_names_no_line(settled_fund):
    old = devices.register(at=NOW)
    numbering.renumber(shown(old), account=None, at=NOW)
    assert signing.standing(old.id) == signing.Standing(is_left=True, last=None)


def test_a_number_comes_with_its_key(settled_fund):
    public = new_key()
    device = numbering.renumber(None, account=settled_fund.people["volunteer"], at=NOW, public_key=public)
    assert signing.key_of(device.id) == (public, 1, NOW)
    assert devices.claims(device.id).key == signatures.fingerprint(public)


@pytest.mark.parametrize(
    "public", ["", "x", 7, keyring.b64url(b"\x04" + b"\x01" * 64), keyring.b64url(b"\x02" + b"\x01" * 32)]
)
def test_what_is_no_key_registers_nothing(settled_fund, public):
    device = devices.register(at=NOW)
    with pytest.raises(signatures.BadKey):
        numbering.put_key(shown(device), public, 1, account=settled_fund.people["volunteer"], at=NOW)
    assert signing.key_of(device.id) is None


def test_one_key_a_number_put_by_who_is_known_there(settled_fund):
    volunteer, device, public = settled_fund.people["volunteer"], devices.register(at=NOW), new_key()
    with pytest.raises(PermissionError):
        numbering.put_key(shown(device), public, 4, account=volunteer, at=NOW)
    sessions.use(volunteer, device, at=NOW)
    told = (signatures.fingerprint(public), 4)
    assert numbering.put_key(shown(device), public, 4, account=volunteer, at=NOW) == told
    assert numbering.put_key(shown(device), public, 9, account=None, at=NOW) == told, (
        "the same key again changes nothing"
    )
    with pytest.raises(numbering.OtherKey):
        numbering.put_key(shown(device), new_key(), 9, account=volunteer, at=NOW)


def test_a_restored_server_takes_the_key_that_the_cookie_names(settled_fund):
    public, forgotten = new_key(), uuid.uuid4()
    cookie = tokens.Claims(forgotten, forgotten, signatures.fingerprint(public), 12)
    with pytest.raises(numbering.OtherKey):
        numbering.put_key(cookie, new_key(), 1, account=settled_fund.people["volunteer"], at=NOW)
    assert numbering.put_key(cookie, public, 1, account=None, at=NOW) == (cookie.key, 12)
    assert signing.key_of(forgotten) == (public, 12, NOW)


def test_only_who_has_to_do_with_a_number_may_ask_about_it(settled_fund):
    one, other = small_fund.phone(settled_fund), small_fund.phone(settled_fund, "volunteer-2")
    again = numbering.renumber(shown(one.device), account=None, at=NOW)
    asked = one.device.id
    assert numbering.may_ask(asked, sender=again.id, account=None), "its own lineage"
    assert not numbering.may_ask(asked, sender=other.device.id, account=other.account)
    assert numbering.may_ask(asked, sender=other.device.id, account=one.account)
    other.send([one.line("household", small_fund.household(), at=NOW, place="canal")], at=NOW)
    assert numbering.may_ask(asked, sender=other.device.id, account=other.account), "it brought a line of it"


def test_numbers_that_a_clock_gave_that_was_ahead_keep_nobody_waiting(settled_fund):
    ahead, phone = NOW + timedelta(days=4000), devices.register(at=NOW)
    for _ in range(numbering.MOST_AN_HOUR):
        numbering.renumber(shown(phone), account=None, at=ahead)
    assert numbering.renumber(shown(phone), account=None, at=NOW)
