"""Erasing an entry: contents, photos and values go; hash, number, receipt, chain and who asked for it stay."""

import sqlite3
import uuid
from datetime import date

import pytest

import db
from db.models import (
    Admission,
    Application,
    Bearer,
    ChainBreak,
    Entry,
    EntryKey,
    ErasedBlob,
    Erasure,
    Fact,
    HealthFact,
    Household,
    Membership,
    NamePart,
    Person,
)
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import blobs, entries, seats, states
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import quarantine
from pwa.domain.operations import promises
from pwa.domain.privacy import erasure
from pwa.domain.review import review
from tests import small_fund
from tests.small_fund import NOW

WHY = "เจ้าบ้านมาขอให้ลบ"


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def phone(fund):
    return small_fund.phone(fund)


def record(phone, payload=None, place="canal", **about):
    return phone.record("household", payload or small_fund.household(), at=NOW, place=place, **about)


def approved(fund, phone, payload=None, **about):
    entry = record(phone, payload, **about)
    review.approve(entry, by=fund.people["zone-leader"], at=NOW)
    return entry


def rejected(fund, phone, **about):
    entry = record(phone, **about)
    review.reject(entry, by=fund.people["zone-leader"], at=NOW, reason="นอกเขต")
    return entry


def erase(fund, entry, by="registrar", **about):
    told = {"reason": WHY, "legal_ground": "withdrawn", **about}
    return erasure.erase(entry, by=fund.people[by], at=NOW, **told)


def test_it_leaves_hash_number_receipt_and_chain(fund, phone):
    first, entry, last = record(phone), rejected(fund, phone), record(phone)
    line, seat = entries.line(entry), seats.progress(phone.device.id)
    before = entries.receive([line], sender=phone.device.id, at=NOW)
    erase(fund, entry)
    for read in (entries.line, entries.plaintext):
        with pytest.raises(entries.Erased):
            read(entry)
    assert entries.receive([line], sender=phone.device.id, at=NOW) == before
    with pytest.raises(entries.Erased):
        entries.plaintext(entry)
    assert seats.progress(phone.device.id) == seat
    assert not ChainBreak.select().exists()
    assert states.many([first, entry, last]) == {first.id: "received", entry.id: "rejected", last.id: "received"}
    kept = Erasure.get()
    assert (kept.account, kept.at, kept.reason, kept.legal_ground) == (
        fund.people["registrar"].id, NOW, WHY, "withdrawn",
    )  # fmt: skip


def test_the_key_is_nowhere_in_the_folder(fund, phone):
    entry = rejected(fund, phone)
    wrapped = bytes(EntryKey.get(EntryKey.entry == entry).wrapped)
    erase(fund, entry)
    assert all(wrapped not in path.read_bytes() for path in fund.folder.iterdir() if path.is_file())


def test_twice_changes_nothing(fund, phone):
    entry = rejected(fund, phone)
    assert erase(fund, entry) == erase(fund, entry, by="admin", reason="อีกครั้ง")
    assert Erasure.select().count() == 1


def test_it_asks_why_and_on_what_ground(fund, phone):
    entry = rejected(fund, phone)
    for about, field in (({"reason": " "}, "reason"), ({"legal_ground": ""}, "legal_ground")):
        with pytest.raises(Refusal) as refusal:
            erase(fund, entry, **about)
        assert refusal.value.field == field
    assert EntryKey.select().count() == 1


def test_what_waits_is_decided_first(fund, phone):
    borrowed = Phone(fund.people["volunteer-2"], at=NOW)
    borrowed.account = fund.people["volunteer"]
    for entry in (record(phone), record(borrowed)):
        with pytest.raises(Refusal, match="still waits"):
            erase(fund, entry)
    quarantine.set_aside(entry, by=fund.people["registrar"], at=NOW, reason="ลองส่ง")
    erase(fund, entry)


def test_what_was_returned_or_replaced_can_be_erased(fund, phone):
    returned, replaced = record(phone), record(phone)
    review.send_back(returned, by=fund.people["zone-leader"], at=NOW, reason="ดูอีกครั้ง")
    record(phone, replaces=replaced.entry_id)
    for entry in (returned, replaced):
        erase(fund, entry)


def test_an_approved_entry_takes_its_values_out_of_the_register(fund, phone):
    payload = small_fund.household()
    payload["people"][0] |= small_fund.APPLIES
    picture = phone.picture(b"\xff\xd8\xff hand", "signature", at=NOW)
    payload["people"][0]["application"]["signature"]["blob"] = picture["sha256"]
    entry = approved(fund, phone, payload, pictures=[picture])
    made = (Person, Fact, HealthFact, Application, NamePart, Bearer)
    assert all(model.select().exists() for model in made)
    erase(fund, entry)
    assert not any(model.select().exists() for model in made)
    assert (Household.get().version, Household.get().number) == (1, "")


def test_a_spelling_goes_with_the_last_who_bears_it(fund, phone):
    payload = small_fund.household("45/3")
    payload["people"][0] |= {"id": str(uuid.uuid4()), "last_name": "แก้วดี", "nickname": "ใหญ่"}
    entry, _ = approved(fund, phone, payload), approved(fund, phone)
    shared = payload["people"][0]["first_name"]
    assert {"แก้วดี", "ใหญ่", shared} <= {part.text for part in NamePart.select()}
    erase(fund, entry)
    left = {part.text for part in NamePart.select()}
    assert shared in left and not {"แก้วดี", "ใหญ่"} & left
    assert promises.check() == []


def test_no_older_value_comes_back(fund, phone):
    first = approved(fund, phone)
    subject = entries.opening(first).subject
    second = approved(fund, phone, small_fund.household("45/3"), subject=subject, base=1)
    with pytest.raises(Refusal, match="approved before") as refusal:
        erase(fund, second)
    assert refusal.value.values == {"number": first.number}
    erase(fund, first)
    assert Household.get().number == "45/3"
    assert {fact.entry_id for fact in Fact.select()} == {second.id}
    erase(fund, second)
    assert not Fact.select().exists()
    third = approved(fund, phone, small_fund.household("45/4"), subject=subject, base=2)
    assert (Household.get().number, Household.get().version) == ("45/4", 3)
    assert {fact.entry_id for fact in Fact.select()} == {third.id}


def test_members_stay(fund, phone):
    entry = approved(fund, phone)
    person = Person.get()
    admission = Admission.create(
        fund=fund.fund, kind="existing", person=person.id, accepted=True, account=fund.people["registrar"], at=NOW
    )
    about = {"person": person.id, "fund": fund.fund, "number": "8", "joined_on": date(2020, 1, 1)}
    Membership.create(id=entry.entry_id, admission=admission, **about)
    with pytest.raises(Refusal, match="member of the fund"):
        erase(fund, entry)
    assert EntryKey.select().count() == 1
    assert Fact.select().exists()
    assert not Erasure.select().exists()


def test_photos_go_unless_another_entry_names_them(fund, phone):
    own, shared = (phone.picture(b"\xff\xd8\xff " + text, "house", at=NOW) for text in (b"own", b"shared"))
    entry = rejected(fund, phone, pictures=[own, shared])
    record(phone, pictures=[shared])
    sealed = blobs.read(own["sha256"])
    erase(fund, entry)
    assert blobs.read(own["sha256"]) is None
    assert blobs.read(shared["sha256"]) is not None
    assert [row.blob_id for row in ErasedBlob.select()] == [own["sha256"]]
    kept, is_new = blobs.keep(own["sha256"], sealed, device=phone.device.id, at=NOW)
    assert (kept.sha256, is_new, blobs.read(own["sha256"])) == (own["sha256"], False, None)


def test_a_crash_before_the_photos_went_is_made_good(fund, phone, monkeypatch):
    picture = phone.picture(b"\xff\xd8\xff own", "house", at=NOW)
    entry = rejected(fund, phone, pictures=[picture])
    monkeypatch.setattr(blobs, "erase", lambda sha256: None)
    erase(fund, entry)
    assert "is still there" in promises.check()[0]
    monkeypatch.undo()
    erase(fund, entry)


def test_nobody_erases_what_they_recorded(fund):
    phone = small_fund.phone(fund, "registrar")
    entry = rejected(fund, phone)
    with pytest.raises(Refusal, match="recorded yourself"):
        erase(fund, entry)
    erase(fund, entry, by="admin")


def test_only_who_looks_after_the_place_finds_it(fund, phone):
    entry = rejected(fund, phone)
    for handle in ("registrar", "admin"):
        assert erasure.get(entry.entry_id, seen_by=fund.people[handle]) == entry
    for handle in ("zone-leader", "other-zone-leader", "volunteer"):
        with pytest.raises(NotFound):
            erasure.get(entry.entry_id, seen_by=fund.people[handle])


def test_a_line_that_never_opened_can_be_erased(fund, phone):
    phone.account = fund.people["volunteer-2"]
    line = phone.line("household", small_fund.household(), at=NOW, place="canal")
    phone.send([line.replace(b'"ct": "', b'"ct": "AAAA')], at=NOW)
    entry = Entry.get()
    assert entry.reason in ("unproved", "unsealable")
    quarantine.set_aside(entry, by=fund.people["admin"], at=NOW, reason="เสียหาย")
    erase(fund, entry)


@pytest.mark.only("sqlite")
def test_keys_are_overwritten_not_only_unlinked(fund, phone):
    erase(fund, rejected(fund, phone))
    assert db.database.execute_sql("PRAGMA secure_delete").fetchone()[0] == 1
    with sqlite3.connect(fund.folder / "ombun.db") as other:
        assert other.execute("SELECT count(*) FROM entry_key").fetchone()[0] == 0
    other.close()
