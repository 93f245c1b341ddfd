"""POST /sync/device, GET /sync/status and /sync/entries/<id>, PUT /sync/blobs: a phone and what it may know."""

import hashlib
import uuid

from db.models import DeviceUse
from pwa import web
from pwa.access import DEVICE, SESSION
from pwa.domain.crypto import keyring, sealing
from pwa.domain.custody import blobs
from pwa.domain.kinds import forms
from pwa.domain.people import devices, sessions, tokens


def record(phone, **about):
    payload = forms.schema("household@1")["examples"][0]
    return phone.record("household", payload, at=web.system_clock(), **about)


def test_a_new_outbox_gets_a_number_and_keeps_its_author_proved(phone, app):
    answer = phone.client.post("/sync/device")
    assert answer.status_code == 200
    fresh = uuid.UUID(answer.get_json()["device"])
    assert fresh != phone.device.id
    assert sessions.was_on(phone.account.id, fresh)
    cookie = phone.client.get_cookie(app.config["OMBUN"].cookie(DEVICE))
    assert tokens.read(cookie.value, at=web.system_clock()).device == fresh
    assert "HttpOnly" in answer.headers["Set-Cookie"] and "SameSite=Strict" in answer.headers["Set-Cookie"]


def test_a_cookie_alone_hands_nobody_over(phone, app):
    phone.client.delete_cookie(app.config["OMBUN"].cookie(SESSION))
    fresh = uuid.UUID(phone.client.post("/sync/device").get_json()["device"])
    assert not sessions.was_on(phone.account.id, fresh)
    assert devices.lineage(fresh) == phone.device.id


def test_a_stranger_gets_no_number(client):
    assert client.post("/sync/device").status_code == 401
    assert client.get("/sync/status").status_code == 401


def test_a_restored_server_knows_a_phone_by_its_cookie_alone(client, app):
    lost = uuid.uuid4()
    client.set_cookie(app.config["OMBUN"].cookie(DEVICE), devices.token(lost, at=web.system_clock()))
    assert client.get("/sync/status").get_json()["device"] == str(lost)
    assert DeviceUse.select().where(DeviceUse.device == lost).count() == 0


def test_an_old_cookie_has_expired(client, app):
    issued = web.system_clock() - tokens.LIFETIME * 2
    client.set_cookie(app.config["OMBUN"].cookie(DEVICE), devices.token(uuid.uuid4(), at=issued))
    assert client.get("/sync/status").status_code == 401


def test_status_tells_the_author_where_own_entries_stand(phone):
    entry = record(phone)
    answer = phone.client.get("/sync/status").get_json()
    assert answer["account"] == str(phone.account.id)
    mine = next(item for item in answer["entries"] if item["id"] == str(entry.entry_id))
    assert (mine["state"], mine["number"], mine["comments"]) == ("received", entry.number, {})
    assert answer["seen_through"] == 1


def test_status_without_a_session_says_nothing_of_entries(phone, app):
    phone.client.delete_cookie(app.config["OMBUN"].cookie(SESSION))
    answer = phone.client.get("/sync/status").get_json()
    assert answer.keys() == {"device", "seen_through", "missing", "backed_up_through", "photos_missing", "key"}


def test_an_author_reads_their_own_entry_and_nobody_elses(phone, client_as):
    entry = record(phone)
    answer = phone.client.get(f"/sync/entries/{entry.entry_id}").get_json()
    assert answer.keys() == {"plaintext", "state", "reason", "comments"}
    assert answer["plaintext"]["kind"] == "household"
    assert client_as("volunteer-2").get(f"/sync/entries/{entry.entry_id}").status_code == 404
    assert phone.client.get(f"/sync/entries/{uuid.uuid4()}").status_code == 404


def test_the_seal_key_that_is_published_opens_here(client):
    published = client.get("/sync/keys").get_json()["keys"][0]
    sealed = sealing.seal_to(published["public_key"], "ลองดู".encode(), b"info")
    assert sealing.open_sealed(published["kid"], sealed, b"info").decode() == "ลองดู"


def put(phone, data, sha256=None):
    return phone.client.put(f"/sync/blobs/{sha256 or hashlib.sha256(data).hexdigest()}", data=data)


def test_a_blob_is_kept_once_and_proved(phone):
    data = b"sealed picture"
    first, second = put(phone, data), put(phone, data)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json() == second.get_json()
    assert blobs.read(first.get_json()["sha256"]) == data
    assert first.get_json().keys() == {"sha256", "received_at", "kid", "sig"}
    assert keyring.unb64url(first.get_json()["sig"])


def test_a_blob_whose_file_is_lost_is_taken_again(phone):
    data = b"sealed picture"
    first = put(phone, data)
    blobs.path(hashlib.sha256(data).hexdigest()).unlink()
    assert put(phone, data).get_json() == first.get_json()
    assert blobs.read(hashlib.sha256(data).hexdigest()) == data


def test_a_blob_of_another_digest_or_too_large_is_refused(phone):
    assert put(phone, b"x", "0" * 64).status_code == 422
    assert put(phone, b"x", "../../etc/passwd").status_code == 404
    assert put(phone, b"x" * (blobs.MOST_BYTES + 1)).status_code == 413


def test_blobs_have_a_daily_limit(phone, monkeypatch):
    monkeypatch.setattr(blobs, "MOST_A_DAY", 20)
    assert put(phone, b"a" * 15).status_code == 201
    assert put(phone, b"b" * 15).status_code == 429
