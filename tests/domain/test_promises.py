"""Each promise about custody, broken on purpose once, so that `ombun check` is known to see it."""

import pytest

import db
from db import care
from db.models import ChainBreak, Entry, EntryKey, ErasedBlob, Erasure, Key, Opening, Seat, StoredBlob
from pwa.domain.crypto import keyring, sealing
from pwa.domain.custody import blobs, entries
from pwa.domain.operations import frozen_tables, promises
from tests import databases, small_fund
from tests.small_fund import NOW


@pytest.fixture
def fund(bare_fund):
    return bare_fund


@pytest.fixture
def phone(fund):
    return small_fund.phone(fund)


@pytest.fixture
def entry(phone):
    """The second of three lines, with a photo."""
    picture = phone.picture(b"\xff\xd8\xff house", "house", at=NOW)
    rows = [
        phone.record("household", small_fund.household(), at=NOW, place="canal", pictures=[picture]) for _ in range(3)
    ]
    assert promises.check() == []
    return rows[1]


def broken(*words):
    """What the check finds, besides the trigger that the test itself had to remove."""
    found = [line for line in promises.check() if "may be changed" not in line]
    assert all(any(word in line for line in found) for word in words), found
    return found


def test_it_knows_every_append_only_table(fund):
    assert {model._meta.table_name for model in frozen_tables.APPEND_ONLY} == care.frozen("update")


@pytest.mark.slow
@pytest.mark.parametrize("table", [model._meta.table_name for model in frozen_tables.APPEND_ONLY])
def test_it_sees_a_table_that_may_be_changed(fund, table):
    databases.thaw(table, "delete")
    assert promises.check() == [f"{table} may be changed: its delete trigger is missing."]


@pytest.mark.only("sqlite")
def test_it_sees_a_trigger_that_does_nothing(fund):
    db.database.execute_sql("DROP TRIGGER entry_no_update")
    db.database.execute_sql("CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT 1; END")
    assert promises.check() == ["entry may be changed: its update trigger is missing."]


def test_it_sees_references_that_lead_nowhere(entry):
    databases.thaw("entry")
    with databases.loose_references():
        Entry.delete().where(Entry.id == entry.id).execute()
    assert len(broken("names a entry that is not there")) >= 3


def test_it_sees_a_missing_key(entry):
    key = keyring.newest("seal")
    keyring.ring.path(key.kid).unlink()
    assert broken() == [f"The key {key.kid} is missing."]


@pytest.mark.parametrize("purpose", ["seal", "receipt"])
def test_it_sees_a_key_that_is_another_one(entry, purpose):
    path = keyring.ring.path(keyring.newest(purpose).kid)
    other, _ = keyring.ring.make(purpose)
    path.write_bytes(keyring.ring.path(other).read_bytes())
    keyring.use_ring(keyring.Keyring(keyring.ring.folder))
    broken("is another one than the database says")


@pytest.mark.parametrize("change", [{"number": 77}, {"sha256": "0" * 64}, {"sig": "x"}, {"receipt_kid": "receipt-no"}])
def test_it_sees_a_receipt_that_does_not_verify(entry, change):
    databases.thaw("entry")
    Entry.update(change).where(Entry.id == entry.id).execute()
    broken("does not verify")


def test_it_sees_a_line_that_is_another_one(entry):
    databases.thaw("entry")
    sealed = sealing.encrypt(entries.entry_key(entry), b"other bytes", entries.bound_to(entry, "line"))
    for line in (sealed, b"nonsense that is long enough to be decrypted"):
        Entry.update(line=line).where(Entry.id == entry.id).execute()
        assert broken() == [f"The line of {entry.entry_id} is not the one that was received."]


def test_it_sees_a_payload_that_does_not_open(entry):
    databases.thaw("opening")
    Opening.update(plaintext=b"nonsense that is long enough to be decrypted").where(Opening.entry == entry).execute()
    assert broken() == [f"The payload of {entry.entry_id} does not open."]


def test_it_sees_a_key_that_went_without_an_erasure_and_the_reverse(fund, entry):
    wrapped = EntryKey.get(EntryKey.entry == entry).wrapped
    EntryKey.delete().where(EntryKey.entry == entry).execute()
    assert broken() == [f"The key of {entry.entry_id} is gone and nobody erased it."]
    Erasure.create(entry=entry, account=fund.people["admin"].id, at=NOW, reason="ขอลบ", legal_ground="withdrawn")
    assert broken() == []
    EntryKey.create(entry=entry, wrapped=wrapped)
    assert broken() == [f"{entry.entry_id} counts as erased and still has its key."]


def test_it_sees_photos_that_are_gone_changed_or_still_there(fund, entry):
    [blob] = StoredBlob.select()
    path = blobs.path(blob.sha256)
    sealed = path.read_bytes()
    path.write_bytes(b"other")
    assert broken() == [f"The photo {blob.sha256} is missing or changed."]
    path.unlink()
    assert broken() == [f"The photo {blob.sha256} is missing or changed."]
    erasure = Erasure.create(entry=entry, account=fund.people["admin"].id, at=NOW, reason="x", legal_ground="withdrawn")
    EntryKey.delete().where(EntryKey.entry == entry).execute()
    ErasedBlob.create(blob=blob, erasure=erasure)
    assert broken() == []
    path.write_bytes(sealed)
    assert broken() == [f"The photo {blob.sha256} counts as erased and is still there."]


def test_it_sees_a_proof_that_does_not_verify(entry):
    databases.thaw("stored_blob")
    StoredBlob.update(received_at=NOW + small_fund.MINUTE).execute()
    broken("The proof of the photo")


def test_it_sees_a_seat_taken_twice(entry):
    databases.thaw("seat")
    Seat.delete().where(Seat.entry == entry).execute()
    assert broken() == [f"{entry.entry_id} has no seat."]
    Seat.create(device=entry.device, seq=99, entry=entry)
    broken("has no seat", "sits in a seat that is not its own")


def test_it_tells_how_far_it_has_come(phone, entry):
    told = []
    assert promises.check(told.append) == []
    firsts = [words for words in told if ":" not in words]
    assert firsts[0] == f"1/{len(promises.PROMISES)} database is sound"
    assert len(firsts) == len(promises.PROMISES)


def test_it_sees_a_received_line_on_a_taken_seat(phone, entry):
    phone.seq = entry.seq - 1
    fork = phone.record("household", small_fund.household("8"), at=NOW, place="canal")
    assert (fork.reason, broken()) == ("fork", [])
    databases.thaw("entry")
    Entry.update(outcome="received").where(Entry.id == fork.id).execute()
    assert broken() == [
        f"{fork.entry_id} was received for the seat 2 of {fork.device}, which is taken.",
        f"{fork.entry_id} is not in the hands that it is said to be in.",
    ]


def test_it_sees_a_broken_chain_that_is_not_on_the_board(fund, entry):
    phone = small_fund.phone(fund)
    phone.record("household", small_fund.household(), at=NOW, place="canal")
    phone.prev = "0" * 64
    phone.record("household", small_fund.household(), at=NOW, place="canal")
    assert broken() == []
    databases.thaw("chain_break")
    ChainBreak.delete().execute()
    assert broken() == [f"The chain of {phone.device.id} breaks at 2 and the board does not say so."]


def test_it_sees_numbers_below_the_floor(entry):
    Key.update(number_floor=2).where(Key.purpose == "receipt").execute()
    broken("is not above the floor")


def test_it_answers_when_a_check_itself_breaks(entry):
    db.database.execute_sql("ALTER TABLE chain_break RENAME TO elsewhere")
    broken("breaks_are_on_the_board could not be checked")
