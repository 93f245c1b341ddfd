"""Accepting as: by another, about another place, under a number of its own. What came stays, and the desk's own line counts."""

import hashlib
import uuid

import pytest

from db.models import Acceptance, Account, Entry, Replacement
from pwa.domain import Refusal
from pwa.domain.custody import blobs, entries, seats, states
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import arrivals, cases, quarantine, retelling
from pwa.domain.people import devices
from pwa.domain.places import units
from pwa.domain.privacy import erasure
from pwa.domain.review import deciders, review
from tests import small_fund
from tests.small_fund import MINUTE, NOW

WHY = "โทรถามแล้ว"
JPEG = b"\xff\xd8\xff\xe0 a picture"


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def stranger(fund):
    """The phone of an account that is not known here."""
    phone = small_fund.phone(fund)
    phone.account = Account(id=uuid.uuid4(), handle="lost", name="?", unit=fund.units["canal"])
    return phone


def record(phone, number="45/2", **about):
    return phone.record("household", small_fund.household(number), at=NOW, **{"place": "canal"} | about)


def let_in(fund, entry, handle="registrar", **otherwise):
    otherwise = {name: str(getattr(value, "id", value)) for name, value in otherwise.items()}
    return quarantine.accept(entry, by=fund.people[handle], at=NOW + MINUTE, reason=WHY, **otherwise)


def test_it_counts_as_the_work_of_who_really_recorded_it(fund):
    entry = record(stranger(fund))
    assert entry.reason == "unknown_author"
    made = let_in(fund, entry, author=fund.people["volunteer-2"])
    assert (made.author, made.device, made.imported_by) == (
        fund.people["volunteer-2"].id,
        devices.DESK,
        fund.people["registrar"].id,
    )
    assert entries.plaintext(made)["payload"] == entries.plaintext(entry)["payload"]
    assert entries.plaintext(made)["recorded_at"] == entries.plaintext(entry)["recorded_at"]
    assert (states.of(made), states.of(entry)) == ("received", "replaced")
    assert retelling.made_of(entry) == made
    assert quarantine.settled(entry).reason == WHY
    review.approve(made, by=fund.people["zone-leader"], at=NOW + 2 * MINUTE)


def test_who_let_it_in_or_used_that_phone_does_not_check_it(fund):
    phone = stranger(fund)
    Phone(fund.people["zone-leader-2"], at=NOW, device=phone.device)
    made = let_in(fund, record(phone), "zone-leader", author=fund.people["volunteer"])
    for handle, sentence in (("zone-leader", deciders.OWN_IMPORT), ("zone-leader-2", deciders.OWN_PHONE)):
        with pytest.raises(Refusal) as refusal:
            review.approve(made, by=fund.people[handle], at=NOW)
        assert refusal.value.message == sentence


def test_it_counts_where_the_house_really_is(fund):
    entry = record(small_fund.phone(fund), place="hill")
    assert entry.reason == "no_right"
    made = let_in(fund, entry, "other-zone-leader", place="canal")
    assert entries.opening(made).place == "canal"
    assert made.author == entry.author
    review.approve(made, by=fund.people["zone-leader"], at=NOW)


def test_a_place_that_nobody_knows_needs_one(fund):
    entry = record(small_fund.phone(fund), place="atlantis")
    with pytest.raises(Refusal, match="Choose the community"):
        let_in(fund, entry, "admin")
    assert entries.opening(let_in(fund, entry, "admin", place="hill")).place == "hill"


def test_as_it_came_it_stays_one_line(fund):
    entry = record(small_fund.phone(fund), place="hill")
    assert let_in(fund, entry, place="hill") == entry
    assert (states.of(entry), retelling.made_of(entry)) == ("received", None)


def test_a_number_that_came_twice_gets_one_of_its_own(fund):
    phone, entry_id, subject = small_fund.phone(fund), uuid.uuid4(), uuid.uuid4()
    first = record(phone, entry_id=entry_id, subject=subject)
    other = record(phone, "7", entry_id=entry_id, subject=subject)
    assert other.reason == "conflict"
    made = let_in(fund, other)
    assert made.entry_id not in (entry_id, None)
    assert [states.of(row) for row in (first, other, made)] == ["replaced", "replaced", "received"]
    assert entries.find(entry_id) == first, "its number stays with the one that came first"


def test_about_another_house_it_stands_beside_the_first(fund):
    phone, entry_id = small_fund.phone(fund), uuid.uuid4()
    first, other = (record(phone, number, entry_id=entry_id) for number in ("45/2", "7"))
    made = let_in(fund, other)
    assert [states.of(row) for row in (first, made)] == ["received", "received"]


def test_after_an_approval_it_is_a_revisit(fund):
    phone, entry_id, subject = small_fund.phone(fund), uuid.uuid4(), uuid.uuid4()
    first = record(phone, entry_id=entry_id, subject=subject)
    review.approve(first, by=fund.people["zone-leader"], at=NOW)
    made = let_in(fund, record(phone, "7", entry_id=entry_id, subject=subject))
    assert (states.of(first), entries.opening(made).base_version) == ("approved", 1)
    review.approve(made, by=fund.people["zone-leader"], at=NOW)


def test_the_desks_lines_are_a_chain_of_their_own_and_no_phone(fund):
    made = [let_in(fund, record(stranger(fund)), author=fund.people["volunteer"]) for _ in range(3)]
    assert [row.seq for row in made] == [1, 2, 3]
    assert [row.prev for row in made] == ["", made[0].sha256, made[1].sha256]
    assert hashlib.sha256(entries.line(made[0])).hexdigest() == made[0].sha256
    assert seats.breaks(devices.DESK) == []
    assert all(one.device.id != devices.DESK for one in arrivals.of(fund.people["admin"], at=NOW).phones)


def test_pictures_open_under_the_name_that_they_were_sealed_with(fund):
    phone = stranger(fund)
    picture = phone.picture(JPEG, "house", at=NOW)
    entry = record(phone, pictures=[picture])
    made = let_in(fund, entry, author=fund.people["volunteer"])
    assert retelling.sealer(entry) == entry.author
    assert blobs.picture(picture["sha256"], picture["kid"], retelling.sealer(made)) == JPEG


def test_the_officer_chooses_from_what_is_offered(fund):
    unknown, far = record(stranger(fund)), record(small_fund.phone(fund), place="hill")
    opening = entries.opening(unknown)
    assert retelling.asks(unknown, opening) == {"author", "place"}
    offered = [account.handle for account in retelling.authors(unknown, fund.people["zone-leader"])]
    assert offered == ["volunteer", "volunteer-2", "zone-leader-2"], "who used the phone first, never oneself"
    assert [unit.code for unit in retelling.places(far, fund.people["other-zone-leader"])] == ["hill", "canal"]
    for entry, handle, otherwise in (
        (unknown, "registrar", {"author": fund.people["admin"]}),
        (unknown, "registrar", {"author": "nobody"}),
        (unknown, "registrar", {"place": "zone"}),
        (far, "registrar", {"author": fund.people["volunteer-2"]}),
        (far, "registrar", {"place": "atlantis"}),
    ):
        with pytest.raises(Refusal) as refusal:
            let_in(fund, entry, handle, **otherwise)
        assert refusal.value.field in otherwise
    assert not Acceptance.select().exists()


def test_nobody_lets_it_in_as_their_own(fund):
    entry = record(stranger(fund))
    with pytest.raises(Refusal) as refusal:
        let_in(fund, entry, "zone-leader", author=fund.people["zone-leader"])
    assert refusal.value.message == deciders.OWN_WORK


def test_twice_writes_one_line(fund):
    entry = record(stranger(fund))
    first, second = (let_in(fund, entry, author=fund.people["volunteer"]) for _ in range(2))
    assert first == second
    assert Entry.select().where(Entry.device == devices.DESK).count() == Replacement.select().count() == 1


def test_an_author_of_the_place_is_offered_their_communities(fund):
    assert {unit.code for unit in units.communities(fund.people["volunteer"], "volunteer")} == {"canal"}
    [case] = cases.of([record(small_fund.phone(fund), place="hill")])
    assert case.about.asks == {"place"}


def test_erasing_it_takes_along_what_it_was_retold_from(fund):
    phone = stranger(fund)
    picture = phone.picture(JPEG, "house", at=NOW)
    entry = record(phone, pictures=[picture])
    made = let_in(fund, entry, "zone-leader", author=fund.people["volunteer"])
    review.reject(made, by=fund.people["zone-leader-2"], at=NOW, reason=WHY)
    about = {"by": fund.people["registrar"], "at": NOW, "reason": WHY, "legal_ground": "withdrawn"}
    with pytest.raises(Refusal, match="Erase that one"):
        erasure.erase(entry, **about)
    erasure.erase(made, **about)
    for row in (entry, made):
        with pytest.raises(entries.Erased):
            entries.plaintext(row)
    assert blobs.read(picture["sha256"]) is None
