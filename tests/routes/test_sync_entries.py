"""POST /sync/entries: custody, receipts, seats, authors and limits."""

import hashlib
import io
import threading
import uuid

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from db.models import Account, ChainBreak, Entry, Opening, RoleGrant, Seat
from pwa import web
from pwa.access import DEVICE, SESSION
from pwa.domain.crypto import keyring
from pwa.domain.custody import allowances, entries, seats
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts, devices, sessions
from tests.sync import NDJSON, household, line, post, reason, receipts


def test_it_takes_a_line_into_custody(phone):
    sent = line(phone)
    [receipt], last = receipts(post(phone.client, sent))
    assert receipt["outcome"] == "received"
    assert receipt["sha256"] == hashlib.sha256(sent).hexdigest()
    assert last == {"device": str(phone.device.id), "seen_through": 1, "missing": [], "backed_up_through": 0}
    entry = entries.find(uuid.UUID(receipt["id"]))
    assert entries.line(entry) == sent
    assert entries.plaintext(entry)["payload"] == household()
    assert entry.transport == "proved"


def test_its_receipt_verifies_with_the_published_key(phone):
    [receipt], _ = receipts(post(phone.client, line(phone)))
    published = phone.client.get("/sync/keys").get_json()["receipt_keys"]
    jwk = next(key["jwk"] for key in published if key["kid"] == receipt["kid"])
    x, y = (int.from_bytes(keyring.unb64url(jwk[name])) for name in ("x", "y"))
    raw = keyring.unb64url(receipt["sig"])
    signature = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    text = f"{receipt['id']}|{receipt['sha256']}|{receipt['number']}|{receipt['received_at']}"
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    public.verify(signature, text.encode(), ec.ECDSA(SHA256()))


def test_it_answers_a_replay_with_the_same_receipt(phone):
    sent = line(phone)
    [first], _ = receipts(post(phone.client, sent))
    [second], _ = receipts(post(phone.client, sent))
    assert second == {**first, "outcome": "replayed"}
    assert Entry.select().where(Entry.entry_id == uuid.UUID(first["id"])).count() == 1


@pytest.mark.slow
def test_fifty_replays_at_once_make_one_row_and_fifty_equal_receipts(app, phone):
    sent, answers = line(phone), []

    def replay():
        client = app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        client.set_cookie(app.config["OMBUN"].cookie(DEVICE), devices.token(phone.device.id, at=web.system_clock()))
        answers.append(receipts(post(client, sent))[0][0])

    threads = [threading.Thread(target=replay) for _ in range(50)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(answers) == 50
    assert len({(a["number"], a["received_at"], a["sig"], a["sha256"]) for a in answers}) == 1
    assert sorted(a["outcome"] for a in answers).count("received") == 1
    assert Entry.select().where(Entry.sha256 == hashlib.sha256(sent).hexdigest()).count() == 1


class SlowBody(io.BytesIO):
    """A body of which the last part is on its way for as long as nobody says `arrived`."""

    def __init__(self, data):
        super().__init__(data)
        self.begun, self.arrived = threading.Event(), threading.Event()

    def readinto(self, buffer):
        self.begun.set()
        assert self.arrived.wait(30)
        return super().readinto(buffer)


def test_a_slow_phone_keeps_nobody_waiting(phone, client_as):
    data = line(phone)
    slow, answers = SlowBody(data), []

    def send():
        given = {"input_stream": slow, "content_length": len(data), "headers": NDJSON}
        answers.append(phone.client.post("/sync/entries", **given).status_code)

    sending = threading.Thread(target=send)
    sending.start()
    assert slow.begun.wait(30)
    client = client_as("volunteer-2")
    receipts(post(client, line(Phone(client.account, at=web.system_clock(), device=client.device))))
    assert answers == [], "the slow one is still on its way"
    slow.arrived.set()
    sending.join(30)
    assert answers == [200]


def test_the_same_line_twice_in_one_batch_is_one_row(phone):
    sent = line(phone)
    answers, _ = receipts(post(phone.client, sent, sent))
    assert [a["outcome"] for a in answers] == ["received", "replayed"]


def test_the_same_id_with_other_bytes_is_kept_and_quarantined(phone):
    same = uuid.uuid4()
    [first], _ = receipts(post(phone.client, line(phone, entry_id=same)))
    [other], _ = receipts(post(phone.client, line(phone, entry_id=same)))
    assert (first["outcome"], other["outcome"]) == ("received", "quarantined")
    assert reason(other) == "conflict"
    assert entries.find(same).sha256 == first["sha256"]


def test_a_second_line_for_a_taken_seat_is_a_fork(phone):
    first = line(phone)
    phone.seq, phone.prev = 0, ""
    second = line(phone)
    answers, last = receipts(post(phone.client, first, second))
    assert [a["outcome"] for a in answers] == ["received", "quarantined"]
    assert reason(answers[1]) == "fork"
    assert [row.sha256 for row in seats.forks(phone.device.id)] == [answers[1]["sha256"]]
    assert last["seen_through"] == 1


def test_it_names_what_is_missing(phone):
    lines = [line(phone) for _ in range(7)]
    _, last = receipts(post(phone.client, lines[0], lines[3], lines[6]))
    assert (last["seen_through"], last["missing"]) == (1, [[2, 3], [5, 6]])
    _, last = receipts(post(phone.client, *lines))
    assert (last["seen_through"], last["missing"]) == (7, [])
    assert ChainBreak.select().where(ChainBreak.device == phone.device.id).count() == 0


def test_a_broken_chain_is_noted_and_the_line_received(phone):
    lines = [line(phone)]
    phone.prev = "0" * 64
    lines.append(line(phone))
    answers, _ = receipts(post(phone.client, *lines))
    assert [a["outcome"] for a in answers] == ["received", "received"]
    assert seats.breaks(phone.device.id) == [2]


def test_a_break_shows_when_the_gap_closes(phone):
    first, second = line(phone), None
    phone.prev = "f" * 64
    second = line(phone)
    receipts(post(phone.client, second))
    assert seats.breaks(phone.device.id) == []
    receipts(post(phone.client, first))
    assert seats.breaks(phone.device.id) == [2]


def test_a_carriage_return_belongs_to_the_line(phone):
    sent = line(phone) + b"\r"
    [receipt], _ = receipts(post(phone.client, sent))
    assert receipt["sha256"] == hashlib.sha256(sent).hexdigest()


def test_empty_lines_are_skipped(phone):
    answers, _ = receipts(phone.client.post("/sync/entries", data=b"\n\n" + line(phone) + b"\n\n", headers=NDJSON))
    assert len(answers) == 1


def test_a_forged_author_is_unproved(phone, app):
    phone.account = Account.get(Account.handle == "volunteer-2")
    [receipt], _ = receipts(post(phone.client, line(phone)))
    assert (receipt["outcome"], reason(receipt)) == ("quarantined", "unproved")


def test_two_authors_on_one_phone_are_both_proved(phone):
    first = line(phone)
    second_author = Account.get(Account.handle == "volunteer-2")
    sessions.use(second_author, phone.device, at=web.system_clock())
    phone.account = second_author
    answers, _ = receipts(post(phone.client, first, line(phone)))
    assert [a["outcome"] for a in answers] == ["received", "received"]


def test_somebody_elses_phone_carries_a_line(phone, client_as):
    sent = line(phone)
    [receipt], last = receipts(post(client_as("volunteer-2"), sent))
    assert receipt["outcome"] == "received"
    assert entries.find(uuid.UUID(receipt["id"])).transport == "carried"
    assert last["seen_through"] == 0
    assert seats.progress(phone.device.id)["seen_through"] == 1


def test_a_line_sent_after_sign_out_is_received(phone):
    phone.client.delete_cookie(phone.client.application.config["OMBUN"].cookie(SESSION))
    [receipt], _ = receipts(post(phone.client, line(phone)))
    assert receipt["outcome"] == "received"


def test_a_place_that_is_not_the_authors_is_quarantined(phone):
    [receipt], _ = receipts(post(phone.client, line(phone, place="C05")))
    assert reason(receipt) == "no_right"
    assert Opening.get(Opening.entry == entries.find(uuid.UUID(receipt["id"]))).place == "C05"


def test_somebody_without_a_recording_role_is_quarantined(client_as):
    client = client_as("treasurer")
    phone = Phone(client.account, at=web.system_clock(), device=client.device)
    [receipt], _ = receipts(post(client, line(phone)))
    assert reason(receipt) == "no_role"


def test_a_role_taken_away_meanwhile_is_quarantined(phone):
    sent = line(phone)
    grant = RoleGrant.get(RoleGrant.account == phone.account)
    accounts.end_role(grant, by=accounts.named("admin"), at=web.system_clock(), reason="ย้ายบ้าน")
    [receipt], _ = receipts(post(phone.client, sent))
    assert reason(receipt) == "no_role"


def test_a_revoked_phone_is_heard_and_quarantined(phone):
    devices.revoke(phone.device.id, by=accounts.named("admin"), at=web.system_clock(), reason="ทำหาย")
    [receipt], last = receipts(post(phone.client, line(phone)))
    assert reason(receipt) == "revoked_device"
    assert last["seen_through"] == 1


def test_it_refuses_what_it_must(phone, client, app):
    sent = line(phone)
    assert post(client, sent).status_code == 401
    assert phone.client.post("/sync/entries", data=sent, headers={"Content-Type": "text/plain"}).status_code == 415
    cross = {**NDJSON, "Sec-Fetch-Site": "cross-site"}
    assert phone.client.post("/sync/entries", data=sent, headers=cross).status_code == 403
    assert post(phone.client, *[b"{}"] * 101).status_code == 413
    assert phone.client.post("/sync/entries", data=b"x" * 1_100_000, headers=NDJSON).status_code == 413
    assert phone.client.post("/sync/entries", data=b"x" * 9_000_000, headers=NDJSON).status_code == 413
    client.set_cookie(app.config["OMBUN"].cookie(DEVICE), devices.token(phone.device.id, at=web.system_clock()) + "0")
    assert post(client, sent).status_code == 401
    assert Seat.select().where(Seat.device == phone.device.id).count() == 0


def test_a_phone_may_not_flood_but_loses_nothing(phone, monkeypatch):
    monkeypatch.setattr(allowances, "lines", allowances.Window(60, 3))
    assert post(phone.client, line(phone), line(phone)).status_code == 200
    refused = post(phone.client, line(phone), line(phone))
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
