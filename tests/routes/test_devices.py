"""A revoked phone at the running door: heard, quarantined with receipts, delayed beyond a day's measure, and never lost."""

import hashlib
from datetime import timedelta

import pytest

from db.models import Entry, StoredBlob
from pwa import web
from pwa.domain.custody import allowances
from tests.sync import household, line, post, reason, receipts


@pytest.fixture
def revoked(phone, client_as):
    """The volunteer's phone after the administrator revoked it."""
    kept = receipts(post(phone.client, line(phone)))[0]
    assert kept[0]["outcome"] == "received"
    answer = client_as("admin").post(f"/devices/{phone.device.id}/revocation", data={"reason": "ทำหาย"})
    assert answer.status_code == 303
    return phone


def test_its_later_entries_land_in_quarantine_with_receipts(revoked, client_as, page):
    waiting = [line(revoked) for _ in range(3)]
    answers, last = receipts(post(revoked.client, *waiting))
    assert [answer["outcome"] for answer in answers] == ["quarantined"] * 3
    assert [reason(answer) for answer in answers] == ["revoked_device"] * 3
    assert [answer["sha256"] for answer in answers] == [hashlib.sha256(text).hexdigest() for text in waiting]
    assert (last["seen_through"], last["missing"]) == (4, []), "its numbers are counted on"
    leader = client_as("zone-leader")
    assert page(f"/quarantine/{answers[0]['id']}", leader) is not None
    board = page(f"/board/{revoked.device.id}", leader)
    assert "เครื่องนี้ถูกระงับแล้ว" in "".join(board.itertext())


def test_it_is_signed_out_everywhere_but_the_upload_door(revoked):
    assert revoked.client.get("/households").status_code == 303
    assert revoked.client.get("/sync/status").status_code == 200


def test_what_came_before_stays_as_it_was(revoked):
    receipts(post(revoked.client, line(revoked)))
    outcomes = Entry.select(Entry.outcome).where(Entry.device == revoked.device.id).order_by(Entry.seq)
    assert [outcome for (outcome,) in outcomes.tuples()] == ["received", "quarantined"]


def test_another_phone_carries_its_lines_into_quarantine_too(revoked, client_as):
    carrier = client_as("volunteer-2")
    answers, _ = receipts(post(carrier, line(revoked)))
    assert reason(answers[0]) == "revoked_device"


def test_beyond_two_hundred_lines_a_day_it_waits_and_loses_nothing(app, revoked):
    for _ in range(2):
        receipts(post(revoked.client, *(line(revoked) for _ in range(99))))
    last = [line(revoked) for _ in range(5)]
    delayed = post(revoked.client, *last)
    assert delayed.status_code == 429
    assert int(delayed.headers["Retry-After"]) > 0
    assert Entry.select().where(Entry.device == revoked.device.id).count() == 199
    receipts(post(revoked.client, last[0]))
    tomorrow = web.system_clock() + timedelta(days=1, minutes=1)
    app.config["CLOCK"] = lambda: tomorrow
    answers, _ = receipts(post(revoked.client, *last))
    assert [answer["outcome"] for answer in answers] == ["quarantined"] * 5


def test_beyond_twenty_megabytes_a_day_it_waits(revoked, monkeypatch):
    monkeypatch.setattr(allowances, "REVOKED_BYTES_A_DAY", 40_000)
    big = household(evidence=[{"blob": "ab" * 32, "role": "house", "note": "ก" * 4000}])
    sent = [post(revoked.client, line(revoked, big)).status_code for _ in range(6)]
    assert sent[0] == 200 and sent[-1] == 429
    photo = b"x" * 50_000
    answer = revoked.client.put(f"/sync/blobs/{hashlib.sha256(photo).hexdigest()}", data=photo)
    assert (answer.status_code, StoredBlob.select().where(StoredBlob.device == revoked.device.id).count()) == (429, 0)
    small = b"y" * 100
    assert revoked.client.put(f"/sync/blobs/{hashlib.sha256(small).hexdigest()}", data=small).status_code == 201
