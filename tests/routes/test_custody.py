"""Custody for officers: bringing in a queue file, the board of phones, one entry's receipt, erasing it."""

import hashlib
import json
import uuid
from collections import Counter

import pytest

from db.models import Entry, Erasure, QueueImport, Seat, StoredBlob
from pwa.domain.crypto import keyring, sealing
from pwa.domain.custody import blobs, entries, own, seats, states
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import queue_files
from pwa.domain.people import accounts
from pwa.domain.review import review
from pwa.web import system_clock
from tests import small_fund

WHY = {"reason": "เจ้าบ้านมาขอด้วยตนเอง", "legal_ground": "withdrawn"}


@pytest.fixture
def phone(app):
    """A volunteer's phone that could not send yet."""
    return Phone(accounts.named("volunteer"), at=system_clock())


def lines_of(phone, count, place="C01"):
    return [phone.line("household", small_fund.household(), at=system_clock(), place=place) for _ in range(count)]


def photo_line(phone, jpeg=b"\xff\xd8\xff house", **changed):
    sealed = sealing.seal_to(keyring.newest("seal").public, jpeg, sealing.blob_info(phone.account.id))
    return json.dumps({"blob": hashlib.sha256(sealed).hexdigest(), "bytes": keyring.b64url(sealed), **changed}).encode()


def bring(client, lines, status=303):
    """Upload a queue file as a browser does."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="ombun.ndjson"\r\n\r\n'
    body = head + b"\n".join(lines) + b"\n\r\n--x--\r\n"
    answer = client.post("/custody", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == status, answer.text
    return answer


def test_it_takes_a_file_and_shows_a_receipt_for_each_line(client_as, page, phone):
    lines, client = lines_of(phone, 3), client_as("registrar")
    photo = photo_line(phone)
    answer = bring(client, [*lines, photo, b"", b'{"hello": 1}', photo_line(phone, blob="0" * 64)])
    rows = list(Entry.select().where(Entry.device == phone.device.id).order_by(Entry.id))
    assert [(row.transport, row.outcome, row.sender) for row in rows] == [("carried", "received", None)] * 3
    assert {row.imported_by for row in rows} == {client.account.id}
    assert {row.author for row in rows} == {phone.account.id}
    assert [entries.line(row) for row in rows] == lines
    assert blobs.read(json.loads(photo)["blob"])
    _, report = queue_files.imported(QueueImport.get().id, seen_by=client.account)
    assert [(row["line"], row["outcome"]) for row in report] == [
        (1, "received"), (2, "received"), (3, "received"), (4, "photo"), (6, "unreadable"), (7, "damaged-photo"),
    ]  # fmt: skip
    text = "".join(page(answer.location, client).itertext())
    assert all(str(row.number) in text for row in rows)


def test_a_file_brought_twice_changes_nothing(client_as, phone):
    lines, client = lines_of(phone, 2), client_as("zone-leader")
    for _ in range(2):
        bring(client, lines)
    assert Entry.select().where(Entry.device == phone.device.id).count() == 2
    _, report = queue_files.imported(
        QueueImport.select().order_by(QueueImport.id.desc()).get().id, seen_by=client.account
    )
    assert [row["outcome"] for row in report] == ["replayed", "replayed"]
    again = phone.send(lines, at=system_clock())
    assert [receipt["outcome"] for receipt in again] == ["replayed", "replayed"]


def test_it_says_why_a_line_waits_and_counts_what_came(client_as, client, page, phone):
    def read():
        named = [one.partition(" ") for one in client.get("/metrics").text.splitlines() if one.startswith("ombun_")]
        return Counter({name: float(value) for name, _, value in named})

    before = read()
    lines, officer = [*lines_of(phone, 1), *lines_of(phone, 1, place="C05"), photo_line(phone)], client_as("registrar")
    bring(officer, [*lines, photo_line(phone, blob="0" * 64)])
    answer = bring(officer, lines)
    assert "เป็นพื้นที่ที่คนบันทึกไม่ได้ดูแล" in "".join(page(answer.location, officer).itertext())
    names = [f'ombun_lines_total{{outcome="{one}"}}' for one in ("received", "quarantined", "replayed")]
    names += [f'ombun_blobs_total{{outcome="{one}"}}' for one in ("new", "known", "refused")]
    names += ['ombun_quarantined_total{reason="no_right"}']
    came = read() - before
    assert [came[name] for name in names] == [1, 1, 2, 1, 1, 1, 1]


def test_who_brought_it_does_not_decide_on_it(client_as, phone):
    client = client_as("zone-leader")
    bring(client, lines_of(phone, 1))
    entry = Entry.select().where(Entry.device == phone.device.id).get()
    with pytest.raises(Exception, match="brought in from a file"):
        review.approve(entry, by=client.account, at=system_clock())


def test_a_forged_author_is_quarantined(client_as, phone):
    phone.account = accounts.named("registrar")
    bring(client_as("zone-leader"), lines_of(phone, 1))
    assert Entry.select().where(Entry.device == phone.device.id).get().reason == "unproved"


@pytest.mark.parametrize(
    "lines", [[], [b""], [b"\xff\xfe"], [b"just text"], [b"[]"], [b"null"], [b'{"v":1}'], [b"[" * 50_000]]
)
def test_what_is_no_queue_file_is_refused(client_as, lines):
    bring(client_as("registrar"), lines, status=422)
    assert not QueueImport.select().exists()


def test_a_missing_file_is_refused(client_as):
    assert client_as("registrar").post("/custody").status_code == 422
    assert client_as("registrar").post("/custody", data={"file": "text"}).status_code == 422


def test_it_takes_eight_mebibytes_and_no_more(client_as, phone):
    [line] = lines_of(phone, 1)
    room = queue_files.MOST_BYTES - len(line) - 2
    bring(client_as("registrar"), [line, b" " * room])
    bring(client_as("registrar"), [line, b" " * (room + 1)], status=422)
    bring(client_as("registrar"), [line, b" " * (9 * 1024 * 1024)], status=413)


def test_others_do_not_see_ones_import(client_as, page, phone):
    client = client_as("zone-leader")
    url = bring(client, lines_of(phone, 1)).location
    assert page("/custody", client).find(f".//a[@href='{url}']") is not None
    assert client_as("other-zone-leader").get(url).status_code == 404
    page(url, client_as("admin"))


def test_it_finds_an_entry_by_the_number_on_the_phone(client_as, page, phone):
    [receipt] = phone.send(lines_of(phone, 1), at=system_clock())
    answer = client_as("zone-leader").get(f"/custody?number={receipt['number']}")
    assert (answer.status_code, answer.location) == (303, f"/custody/{receipt['id']}")
    assert str(receipt["number"]) in "".join(page(answer.location, client_as("zone-leader")).itertext())
    for number in ("", "abc", "-1", "9" * 30, "๙๙๙๙๙"):
        assert client_as("zone-leader").get(f"/custody?number={number}").status_code in (200, 422)
    assert client_as("other-zone-leader").get(f"/custody?number={receipt['number']}").status_code == 422
    assert client_as("other-zone-leader").get(f"/custody/{receipt['id']}").status_code == 404


def test_it_erases_what_was_rejected(client_as, page, phone):
    [receipt] = phone.send(lines_of(phone, 1), at=system_clock())
    entry, url = entries.find(uuid.UUID(receipt["id"])), f"/custody/{receipt['id']}"
    client = client_as("registrar")
    assert client.post(f"{url}/erasure", data=WHY).status_code == 422, "it still waits"
    review.reject(entry, by=accounts.named("zone-leader"), at=system_clock(), reason="นอกเขต")
    for form in ({}, {"reason": "x"}, {"legal_ground": "withdrawn"}, {**WHY, "legal_ground": "because"}):
        assert client.post(f"{url}/erasure", data=form).status_code == 422
    for _ in range(2):
        assert client.post(f"{url}/erasure", data={**WHY, "sha256": entry.sha256}).location == url
    assert Erasure.get().reason == WHY["reason"]
    assert states.of(entry) == "rejected"
    assert Seat.select().where(Seat.entry == entry).exists()
    assert WHY["reason"] in "".join(page(url, client).itertext())


@pytest.mark.parametrize("handle", ["zone-leader", "volunteer", "auditor", "member"])
def test_only_registrar_and_admin_erase(client_as, phone, handle):
    [receipt] = phone.send(lines_of(phone, 1), at=system_clock())
    assert client_as(handle).post(f"/custody/{receipt['id']}/erasure", data=WHY).status_code == 404
    assert not Erasure.select().exists()


def test_photos_of_a_file_count_for_its_phone(client_as, phone):
    bring(client_as("registrar"), [*lines_of(phone, 1), photo_line(phone)])
    assert StoredBlob.select().where(StoredBlob.device == phone.device.id).count() == 1


def test_a_file_of_junk_gives_a_short_page(client_as, page, phone):
    client = client_as("registrar")
    answer = bring(client, [*lines_of(phone, 60), *[b"{}"] * 300_000])
    tree, report = page(answer.location, client), QueueImport.get().report
    assert len(client.get(answer.location).data) < 60_000 and len(report) < 20_000
    text = "".join(tree.itertext())
    assert "300,000 บรรทัด" in text and "60" in text
    page(f"{answer.location}?page=2", client)
    for odd in ("0", "-3", "99", "9" * 30):
        page(f"{answer.location}?page={odd}", client)


def spoilt(line, how):
    """The line with a signature that does not hold, or with none."""
    outer = json.loads(line)
    if how == "stripped":
        return json.dumps({key: value for key, value in outer.items() if key != "sig"} | {"v": 1}).encode()
    other = {"forged": lambda sig: sig[:10] + ("A" if sig[10] != "A" else "B") + sig[11:], "empty": lambda sig: ""}
    return json.dumps({**outer, "sig": other[how](outer["sig"])}).encode()


@pytest.mark.parametrize("officer", ["registrar", "zone-leader"])
def test_signed_lines_of_another_phone_are_carried_and_spoilt_ones_are_nobodys(client_as, page, phone, officer):
    lines, client = lines_of(phone, 5), client_as(officer)
    assert {json.loads(line)["v"] for line in lines} == {2}
    ways = ["forged", "stripped", "empty"]
    sent = [lines[0], *(spoilt(line, how) for line, how in zip(lines[1:4], ways, strict=True)), lines[4]]
    answer = bring(client, sent)
    rows = {row.seq: row for row in Entry.select().where(Entry.device == phone.device.id)}
    told = {seq: (row.transport, row.outcome, row.reason, row.signing) for seq, row in rows.items()}
    assert told[1] == told[5] == ("carried", "received", "", "good")
    assert {told[seq][:2] for seq in (2, 3, 4)} == {("unproved", "quarantined")}
    assert {row.seq for row in Seat.select().where(Seat.device == phone.device.id)} == {1, 5}
    _, report = queue_files.imported(QueueImport.get().id, seen_by=client.account)
    assert [row["outcome"] for row in report] == ["received", *["quarantined"] * 3, "received"]
    assert str(rows[2].number) in "".join(page(answer.location, client).itertext())
    mine = {one["id"] for one in own.status(phone.account, at=system_clock())}
    assert {str(rows[seq].entry_id) in mine for seq in (1, 5)} == {True}
    assert not mine & {str(rows[seq].entry_id) for seq in (2, 3, 4)}, "they never appear as hers"
    bring(client_as("registrar"), lines)
    assert seats.progress(phone.device.id) == {"seen_through": 5, "missing": []}, "the good ones take the seats"
    assert {row.outcome for row in Entry.select().where(Entry.device == phone.device.id, Entry.signing == "good")} == {
        "received"
    }
