"""POST /sync/entries with lines that are wrong, each in its own way: kept, named, never a fault of ours."""

import hashlib
import json
import uuid

import pytest

from db.models import Entry, Opening
from pwa import web
from pwa.domain.crypto import keyring
from pwa.domain.custody import entries
from tests.sync import household, line, post, reason, receipts


def altered(phone, **changes):
    return json.dumps({**json.loads(line(phone)), **changes}).encode()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"v": 2}, "bad_envelope"),
        ({"v": 2, "sig": 7}, "bad_envelope"),
        ({"prev": "xyz"}, "bad_envelope"),
        ({"enc": 7}, "bad_envelope"),
        ({"ct": "a+b="}, "bad_envelope"),
        ({"author": "nobody"}, "unknown_author"),
        ({"author": str(uuid.uuid4())}, "unknown_author"),
        ({"kid": "seal-0000000000000000"}, "unknown_key"),
        ({"ct": "AAAA"}, "unsealable"),
        ({"enc": "AAAA"}, "unsealable"),
    ],
)
def test_what_is_wrong_inside_is_quarantined(unsigned, changes, why):
    phone = unsigned
    [receipt], last = receipts(post(phone.client, altered(phone, **changes)))
    assert receipt["outcome"] == "quarantined"
    assert reason(receipt) == why
    assert last["seen_through"] == 1
    assert receipt.get("keep", False) == (why == "unknown_key")


def test_an_unknown_key_is_kept_until_the_key_is_there(phone, data):
    real = line(phone)
    file = data / "keys" / f"{json.loads(real)['kid']}.key"
    file.rename(file.with_suffix(".away"))
    keyring.open_ring(data / "keys")
    [first], _ = receipts(post(phone.client, real))
    assert first["keep"] and first["outcome"] == "quarantined"
    file.with_suffix(".away").rename(file)
    [later], _ = receipts(post(phone.client, real))
    assert later == {name: value for name, value in first.items() if name != "keep"}
    assert entries.plaintext(entries.find(uuid.UUID(first["id"])))["payload"] == household()


@pytest.mark.parametrize(
    "broken",
    [
        b"no json",
        b"[]",
        b"{}",
        b'{"v":1,"id":"x"}',
        b"\xff\xfe",
        b'{"v":1' + b"[" * 100_000,
        json.dumps({"v": 1, "id": str(uuid.uuid4()), "device": str(uuid.uuid4()), "seq": 0}).encode(),
        json.dumps({"v": 1, "id": str(uuid.uuid4()), "device": str(uuid.uuid4()), "seq": 2**63}).encode(),
        json.dumps({"v": 1, "id": str(uuid.uuid4()), "device": str(uuid.uuid4()), "seq": True}).encode(),
        json.dumps(
            {"v": 1, "id": str(uuid.uuid4()), "device": str(uuid.uuid4()), "seq": 1, "x": "a" * 131_072}
        ).encode(),
    ],
)
def test_a_line_that_is_no_envelope_stops_there_and_the_lines_before_are_kept(phone, broken):
    good, late = line(phone), line(phone)
    response = post(phone.client, good, broken, late)
    assert response.status_code == 400
    assert response.get_json()["line"] == 2
    assert Entry.select().where(Entry.sha256 == hashlib.sha256(good).hexdigest()).count() == 1
    assert Entry.select().where(Entry.sha256 == hashlib.sha256(late).hexdigest()).count() == 0


def test_a_truncated_line_is_no_envelope(phone):
    assert post(phone.client, line(phone)[:-40]).status_code == 400


@pytest.mark.parametrize(
    ("payload", "form", "why"),
    [
        ({"people": "x"}, None, "bad_payload"),
        ({}, None, "bad_payload"),
        ({}, "household@99", "unknown_form"),
    ],
)
def test_a_payload_that_does_not_fit_its_form_is_quarantined(phone, payload, form, why):
    sent = phone.line("household", payload, at=web.system_clock(), form=form)
    [receipt], _ = receipts(post(phone.client, sent))
    assert reason(receipt) == why


@pytest.mark.parametrize("plaintext", [b"", b"null", b"[1]", b'{"kind":"household"}', b"\xff", b"{" * 5000])
def test_a_plaintext_that_is_no_entry_is_quarantined(phone, plaintext):
    [receipt], _ = receipts(post(phone.client, phone.seal(plaintext)))
    assert reason(receipt) == "bad_payload"


def test_a_phone_whose_clock_is_off_is_flagged_and_received(phone):
    far = web.system_clock().replace(year=web.system_clock().year + 543)
    [receipt], _ = receipts(post(phone.client, phone.line("household", household(), at=far)))
    assert receipt["outcome"] == "received"
    assert Opening.get(Opening.entry == entries.find(uuid.UUID(receipt["id"]))).clock_odd == "be_year"
