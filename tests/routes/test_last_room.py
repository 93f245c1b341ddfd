"""When the disk is nearly full, what is left is for those with a recording role: their lines, photos and files; all else is put off."""

import hashlib
import io

import pytest

from db.models import Entry, QueueImport, ReceivedReport, StoredBlob
from pwa import web
from pwa.domain.custody import allowances
from pwa.domain.custody.phones import Phone
from pwa.domain.network import keys
from tests import reporting
from tests.claiming import AT
from tests.domain.test_notes import KEY, PRIVATE
from tests.sync import line, post, receipts

PHOTO = b"sealed as far as anybody can see"


@pytest.fixture
def nearly_full(monkeypatch):
    """So much is to be kept free that no disk has it."""
    return lambda: monkeypatch.setattr(allowances, "KEPT_FREE", 10**18)


@pytest.fixture
def member(client_as):
    client = client_as("member")
    phone = Phone(client.account, at=web.system_clock(), device=client.device)
    phone.client = client
    return phone


def put(phone):
    return phone.client.put(f"/sync/blobs/{hashlib.sha256(PHOTO).hexdigest()}", data=PHOTO)


def bring(client, *lines):
    return client.post("/custody", data={"file": (io.BytesIO(b"\n".join(lines)), "queue.ombun")})


def is_put_off(answer):
    return (answer.status_code, answer.headers.get("Retry-After")) == (503, "600")


def test_lines_and_photos_of_others_are_put_off_and_nothing_of_them_is_kept(nearly_full, member):
    nearly_full()
    assert is_put_off(post(member.client, line(member)))
    assert is_put_off(put(member))
    assert not Entry.select().where(Entry.device == member.device.id).exists()
    assert not StoredBlob.select().where(StoredBlob.device == member.device.id).exists()


def test_a_line_of_theirs_that_is_here_is_answered(nearly_full, member):
    sent = line(member)
    [first], _ = receipts(post(member.client, sent))
    nearly_full()
    [again], _ = receipts(post(member.client, sent))
    assert [again[name] for name in ("outcome", "number", "sig")] == ["quarantined", first["number"], first["sig"]]
    assert is_put_off(post(member.client, sent, line(member))), "a new one among them is not"


def test_who_records_goes_on(nearly_full, phone, client_as):
    nearly_full()
    [answer], _ = receipts(post(phone.client, line(phone)))
    assert answer["outcome"] == "received"
    assert put(phone).status_code == 201
    assert bring(client_as("registrar"), line(phone)).status_code == 303


def test_a_file_brought_by_who_records_nothing_leaves_no_report(nearly_full, phone, client_as):
    nearly_full()
    before = QueueImport.select().count()
    assert is_put_off(bring(client_as("admin"), line(phone)))
    assert QueueImport.select().count() == before
    assert not Entry.select().where(Entry.device == phone.device.id).exists()


def test_reports_of_other_boxes_are_put_off_unless_they_are_here(nearly_full, app, client):
    keys.pin(KEY.unit, KEY.text, at=AT)
    first, second = (reporting.signed(KEY, PRIVATE, **more) for more in ({}, {"seq": 2}))
    plain = {"Content-Type": "text/plain", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/reports", data=first, headers=plain).status_code == 202
    nearly_full()
    before = ReceivedReport.select().count()
    assert is_put_off(client.post("/reports", data=second, headers=plain))
    assert client.post("/reports", data=first, headers=plain).json["state"] == "known"
    assert ReceivedReport.select().count() == before
