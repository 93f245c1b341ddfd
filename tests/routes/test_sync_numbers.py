"""POST /sync/device and PUT /sync/device/key: a further number, the key that it signs with, and what others may hear of it."""

import uuid

import pytest

from pwa import web
from pwa.access import DEVICE, SESSION
from pwa.domain.crypto import keyring, signatures
from pwa.domain.custody.phones import Phone
from pwa.domain.people import devices, numbering, sessions, signing, tokens
from tests import small_fund
from tests.sync import line, post

NEVER_HEARD_OF = {"seen_through": 0, "missing": [], "backed_up_through": 0}


def new_key():
    return keyring.b64url(keyring.point(small_fund.signing_key()))


def put(phone, public, from_seq=1):
    return phone.client.put("/sync/device/key", json={"public_key": public, "from_seq": from_seq})


def test_a_number_comes_with_its_key_and_the_cookie_says_so(phone, app):
    public = new_key()
    said = phone.client.post(
        "/sync/device", json={"public_key": public, "leaves": {"device": str(phone.device.id), "seq": 0}}
    )
    fresh = uuid.UUID(said.get_json()["device"])
    assert said.get_json()["key"] == signatures.fingerprint(public)
    assert phone.client.get("/sync/status").get_json()["key"] == signatures.fingerprint(public)
    assert signing.standing(phone.device.id) == signing.Standing(is_left=True, last=0)
    cookie = phone.client.get_cookie(app.config["OMBUN"].cookie(DEVICE)).value
    claims = tokens.read(cookie, at=web.system_clock())
    assert (claims.device, claims.first, claims.key) == (fresh, phone.device.id, signatures.fingerprint(public))


def test_a_number_without_one_gets_it_once(unsigned):
    public, other = new_key(), new_key()
    assert unsigned.client.get("/sync/status").get_json()["key"] is None
    answers = [put(unsigned, public, 3), put(unsigned, public, 8), put(unsigned, other)]
    assert [answer.status_code for answer in answers] == [200, 200, 409]
    told = {"device": str(unsigned.device.id), "key": signatures.fingerprint(public), "from_seq": 3}
    assert answers[0].get_json() == answers[1].get_json() == told


def test_nobody_signed_in_puts_no_key(unsigned, app, client):
    unsigned.client.delete_cookie(app.config["OMBUN"].cookie(SESSION))
    answer = put(unsigned, new_key())
    assert (answer.status_code, answer.get_json()) == (401, {"error": "session"})
    assert client.put("/sync/device/key", json={"public_key": new_key()}).get_json() == {"error": "device"}


@pytest.mark.parametrize("said", [{}, {"public_key": "x"}, {"public_key": 7}, [], "x", None])
def test_what_is_no_key_is_refused(unsigned, said):
    assert unsigned.client.put("/sync/device/key", json=said).status_code == 400


@pytest.mark.parametrize("from_seq", [0, -1, 2**31, "1", 1.5, True, None])
def test_a_first_line_is_a_number(unsigned, from_seq):
    assert put(unsigned, new_key(), from_seq).status_code == 400


@pytest.mark.parametrize(
    "leaves", ["x", [], {"device": "x", "seq": 1}, {"device": None, "seq": 1}, {"seq": True}, {"seq": -1}]
)
def test_what_it_leaves_may_be_badly_said(phone, leaves):
    assert phone.client.post("/sync/device", json={"leaves": leaves}).status_code == 200
    assert signing.standing(phone.device.id) == signing.Standing(is_left=True, last=None)


def test_six_numbers_an_hour_then_it_waits(phone):
    """Every number brought fresh quotas: 900 lines in five seconds in one name."""
    answers = [phone.client.post("/sync/device") for _ in range(numbering.MOST_AN_HOUR + 1)]
    assert [answer.status_code for answer in answers] == [200] * numbering.MOST_AN_HOUR + [429]
    assert 3500 < int(answers[-1].headers["Retry-After"]) <= 3601


def test_a_further_number_brings_no_further_lines(client_as):
    client = client_as("auditor")
    thief = Phone(client.account, at=web.system_clock(), device=client.device)
    assert post(client, *[line(thief) for _ in range(50)]).status_code == 200
    assert client.post("/sync/device").status_code == 200
    assert post(client, line(thief)).status_code == 429
    again = client_as("auditor")
    assert post(again, line(thief)).status_code == 429, "another browser of the same account"


def test_of_other_peoples_phones_nothing_is_heard(phone, client_as):
    assert post(phone.client, line(phone), line(phone)).status_code == 200
    asked = {"query_string": {"chain": str(phone.device.id)}}
    stranger = client_as("stranger").get("/sync/status", **asked).get_json()["chains"]
    assert stranger == [{"device": str(phone.device.id), **NEVER_HEARD_OF}]
    unknown = {"query_string": {"chain": str(uuid.uuid4())}}
    assert (
        client_as("stranger").get("/sync/status", **unknown).get_json()["chains"][0].items() >= NEVER_HEARD_OF.items()
    )
    own = client_as("volunteer")
    assert own.get("/sync/status", **asked).get_json()["chains"][0]["seen_through"] == 2


def test_a_stolen_cookie_makes_no_number_on_which_anybody_is_known(phone, app):
    phone.client.delete_cookie(app.config["OMBUN"].cookie(SESSION))
    for _ in range(2):
        fresh = uuid.UUID(phone.client.post("/sync/device").get_json()["device"])
        assert not sessions.was_on(phone.account.id, fresh)
    devices.revoke(phone.device.id, by=phone.account, at=web.system_clock(), reason="หาย")
    assert devices.is_revoked(fresh), "and no revocation misses it"
