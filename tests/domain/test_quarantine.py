"""The quarantine desk: everything quarantined can be let in, returned or put aside by the right person, once."""

import json
import threading
import uuid

import pytest

import db
from db.models import Acceptance, Account, Aside, Entry, Opening, Return
from pwa.domain import NotFound, Refusal
from pwa.domain.field import devices, entries, keys, states
from pwa.domain.field.phones import Phone
from pwa.domain.office import cases, promises, quarantine
from pwa.domain.people import accounts
from pwa.domain.registry import deciders, review
from tests import small_fund
from tests.small_fund import MINUTE, NOW

WHY = "โทรถามแล้ว คุณสมหญิงบันทึกเอง"


@pytest.fixture
def fund(tmp_path):
    yield small_fund.settle(tmp_path / "data")
    assert promises.check() == []
    db.database.close()


def unproved(fund, place="canal"):
    """A good form sealed on a phone on which its author never signed in."""
    phone = Phone(fund.people["volunteer-2"], at=NOW)
    phone.account = fund.people["volunteer"]
    return phone.record("household", small_fund.household(), at=NOW, place=place)


def unopened(fund):
    """A line sealed to a key that this server lacks for now; returns (entry, put the key back)."""
    phone = small_fund.phone(fund)
    key = keys.newest("seal")
    path = keys.ring.path(key.kid)
    line = phone.line("household", small_fund.household(), at=NOW, place="canal")
    hidden = path.rename(path.with_suffix(".hidden"))
    keys.use_ring(keys.Keyring(keys.ring.folder))
    [receipt] = phone.send([line], at=NOW)
    assert receipt["keep"]
    return Entry.get(Entry.entry_id == uuid.UUID(receipt["id"])), lambda: hidden.rename(path)


def test_it_lets_a_line_in_for_its_checker(fund):
    entry = unproved(fund)
    assert (entry.outcome, entry.reason) == ("quarantined", "unproved")
    quarantine.accept(entry, by=fund.people["registrar"], at=NOW + MINUTE, reason=WHY)
    assert states.of(entry) == "received"
    assert quarantine.listed(fund.people["registrar"]) == []
    review.approve(entry, by=fund.people["zone-leader"], at=NOW + 2 * MINUTE)
    assert states.of(entry) == "approved"
    again = entries.receive([entries.line(entry)], sender=entry.device, at=NOW + 3 * MINUTE)
    assert again[0]["outcome"] == "quarantined", "receipts never change"


def test_it_returns_a_line_to_its_author(fund):
    entry = unproved(fund)
    quarantine.send_back(entry, by=fund.people["zone-leader"], at=NOW, reason="บันทึกใหม่จากเครื่องของท่าน")
    assert states.of(entry) == "returned"


def test_it_puts_a_line_aside_and_keeps_it(fund):
    entry = unproved(fund)
    quarantine.set_aside(entry, by=fund.people["zone-leader"], at=NOW, reason=WHY)
    assert states.of(entry) == "aside"
    assert entries.plaintext(entry)["payload"]["house"]["number"] == "45/2"


@pytest.mark.parametrize("decide", [quarantine.accept, quarantine.send_back, quarantine.set_aside])
@pytest.mark.parametrize("reason", ["", "  ", "\u200b", "ก" * 1001])
def test_it_asks_for_a_reason(fund, decide, reason):
    with pytest.raises(Refusal) as refusal:
        decide(unproved(fund), by=fund.people["registrar"], at=NOW, reason=reason)
    assert refusal.value.field == "reason"


def test_the_same_decision_twice_changes_nothing_and_another_is_refused(fund):
    entry = unproved(fund)
    for _ in range(2):
        quarantine.accept(entry, by=fund.people["registrar"], at=NOW, reason=WHY)
    for handle, decide in [("zone-leader", quarantine.accept), ("registrar", quarantine.set_aside)]:
        with pytest.raises(Refusal) as refusal:
            decide(entry, by=fund.people[handle], at=NOW, reason=WHY)
        assert refusal.value.values == {"name": "registrar"}
    assert Acceptance.select().count() == 1
    assert not Aside.select().exists()


def test_of_two_leaders_at_once_one_decides(fund):
    entry, answers, start = unproved(fund), [], threading.Barrier(2)

    def decide(handle, decision):
        with db.database.connection_context():
            start.wait()
            try:
                decision(entry, by=fund.people[handle], at=NOW, reason=WHY)
                answers.append(None)
            except Refusal as refusal:
                answers.append(refusal.values["name"])

    rivals = [("zone-leader", quarantine.accept), ("zone-leader-2", quarantine.set_aside)]
    threads = [threading.Thread(target=decide, args=rival) for rival in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=bool)[0] is None
    assert sorted(answers, key=bool)[1] in ("zone-leader", "zone-leader-2")
    assert Acceptance.select().count() + Aside.select().count() == 1


def test_a_line_whose_key_came_back_opens_when_it_is_let_in(fund):
    entry, put_back = unopened(fund)
    assert (entry.reason, Opening.select().count()) == ("unknown_key", 0)
    with pytest.raises(Refusal, match="does not open"):
        quarantine.accept(entry, by=fund.people["admin"], at=NOW, reason=WHY)
    put_back()
    quarantine.accept(entry, by=fund.people["admin"], at=NOW, reason=WHY)
    assert states.of(entry) == "received"
    assert entries.opening(entry).place == "canal"
    review.approve(entry, by=fund.people["zone-leader"], at=NOW)


def test_only_who_sees_everything_sees_what_names_no_place(fund):
    entry, put_back = unopened(fund)
    for handle in ("registrar", "zone-leader", "volunteer"):
        with pytest.raises(NotFound):
            quarantine.get(entry.entry_id, seen_by=fund.people[handle])
    case = quarantine.get(entry.entry_id, seen_by=fund.people["admin"])
    assert (case.opening, case.place, case.author, cases.said(case)) == (
        None,
        None,
        fund.people["volunteer"],
        None,
    )
    put_back()


def test_each_officer_sees_the_places_that_they_look_after(fund):
    here, there = unproved(fund), unproved(fund, place="hill")
    seen = {
        handle: [case.entry.entry_id for _, _, cases in quarantine.listed(fund.people[handle]) for case in cases]
        for handle in fund.people
    }
    assert seen["registrar"] == seen["admin"] == [here.entry_id, there.entry_id]
    assert seen["zone-leader"] == [here.entry_id]
    assert seen["other-zone-leader"] == [there.entry_id]
    assert seen["volunteer"] == []
    assert quarantine.count(fund.people["registrar"]) == 2


def test_it_groups_by_phone_and_reason(fund):
    phone = Phone(fund.people["volunteer-2"], at=NOW)
    phone.account = fund.people["volunteer"]
    for _ in range(3):
        phone.record("household", small_fund.household(), at=NOW, place="canal")
    unproved(fund)
    groups = quarantine.listed(fund.people["registrar"])
    assert [len(cases) for _, _, cases in groups] == [3, 1]
    assert {reason for _, reason, _ in groups} == {cases.REASONS["unproved"]}


def test_every_reason_has_words():
    judged = {"conflict", "fork", "bad_envelope", "unknown_author", "revoked_device", "unproved", "no_right", "no_role"}
    assert judged | {"unknown_key", "unsealable", "unknown_form", "bad_payload", "replaces_other", "over_limit"} == set(
        cases.REASONS
    )


def test_nobody_decides_about_their_own(fund):
    leader = fund.people["zone-leader"]
    phone = Phone(leader, at=NOW)
    own = phone.record("household", small_fund.household(), at=NOW, place="hill")
    from_own_phone = Phone(fund.people["volunteer"], at=NOW, device=phone.device)
    accounts_phone = from_own_phone.record("household", small_fund.household(), at=NOW, place="hill")
    for entry, sentence in ((own, deciders.OWN_WORK), (accounts_phone, deciders.OWN_PHONE)):
        assert entry.outcome == "quarantined"
        assert quarantine.objection(entry, leader) == sentence
        with pytest.raises(Refusal):
            quarantine.accept(entry, by=leader, at=NOW, reason=WHY)
        assert quarantine.objection(entry, fund.people["other-zone-leader"]) is None


def test_nobody_decides_about_their_own_household(fund):
    phone = small_fund.phone(fund)
    first = phone.record("household", small_fund.household(), at=NOW, place="canal")
    review.approve(first, by=fund.people["zone-leader"], at=NOW)
    subject = entries.opening(first).subject
    Account.update(person=uuid.uuid5(subject, small_fund.PERSON)).where(Account.handle == "registrar").execute()
    borrowed = Phone(fund.people["volunteer-2"], at=NOW)
    borrowed.account = fund.people["volunteer"]
    entry = borrowed.record("household", small_fund.household(), at=NOW, place="canal", subject=subject, base=1)
    assert quarantine.objection(entry, accounts.named("registrar")) == deciders.OWN_HOUSE


def test_what_cannot_be_checked_is_not_let_in(fund):
    phone, registrar = small_fund.phone(fund), fund.people["registrar"]
    bad = {
        "bad_payload": phone.record("household", {"visit": {}}, at=NOW, place="canal"),
        "unknown_form": phone.record("household", small_fund.household(), at=NOW, place="canal", form="household@9"),
        "no_right": phone.record("household", small_fund.household(), at=NOW, place="atlantis"),
    }
    for reason, entry in bad.items():
        assert entry.reason == reason
        with pytest.raises(Refusal):
            quarantine.accept(entry, by=registrar, at=NOW, reason=WHY)
        quarantine.send_back(entry, by=registrar, at=NOW, reason=WHY)
    assert Return.select().count() == 3


def test_a_number_that_came_twice_is_never_let_in(fund):
    phone, entry_id = small_fund.phone(fund), uuid.uuid4()
    phone.record("household", small_fund.household(), at=NOW, place="canal", entry_id=entry_id)
    other = phone.record("household", small_fund.household("7"), at=NOW, place="canal", entry_id=entry_id)
    assert other.reason == "conflict"
    assert quarantine.get(entry_id, seen_by=fund.people["registrar"]).entry == other
    with pytest.raises(Refusal, match="taken by another"):
        quarantine.accept(other, by=fund.people["registrar"], at=NOW, reason=WHY)
    quarantine.set_aside(other, by=fund.people["registrar"], at=NOW, reason=WHY)


def test_a_fork_can_be_let_in(fund):
    phone = small_fund.phone(fund)
    phone.record("household", small_fund.household(), at=NOW, place="canal")
    phone.seq = 0
    fork = phone.record("household", small_fund.household("7"), at=NOW, place="canal")
    assert fork.reason == "fork"
    quarantine.accept(fork, by=fund.people["registrar"], at=NOW, reason=WHY)
    review.approve(fork, by=fund.people["zone-leader"], at=NOW)


def test_the_entry_of_an_unknown_person_can_be_let_in_and_approved(fund):
    """After a restore an account made since the backup is unknown; what it recorded is not lost."""
    phone = small_fund.phone(fund)
    phone.account = Account(id=uuid.uuid4(), handle="lost", name="?", unit=fund.units["canal"])
    entry = phone.record("household", small_fund.household(), at=NOW, place="canal")
    assert entry.reason == "unknown_author"
    quarantine.accept(entry, by=fund.people["registrar"], at=NOW, reason=WHY)
    review.approve(entry, by=fund.people["zone-leader"], at=NOW)


def test_what_is_not_in_quarantine_is_not_decided_here(fund):
    entry = small_fund.phone(fund).record("household", small_fund.household(), at=NOW, place="canal")
    with pytest.raises(NotFound):
        quarantine.get(entry.entry_id, seen_by=fund.people["registrar"])
    with pytest.raises(Refusal, match="not in quarantine"):
        quarantine.set_aside(entry, by=fund.people["registrar"], at=NOW, reason=WHY)


def test_a_revoked_phone_is_heard(fund):
    phone = small_fund.phone(fund)
    devices.revoke(phone.device.id, by=fund.people["admin"], at=NOW, reason="หาย")
    entry = phone.record("household", small_fund.household(), at=NOW, place="canal")
    assert entry.reason == "revoked_device"
    quarantine.accept(entry, by=fund.people["registrar"], at=NOW, reason=WHY)
    assert json.loads(entries.line(entry))["seq"] == 1
