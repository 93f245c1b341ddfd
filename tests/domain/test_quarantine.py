"""The quarantine desk: everything quarantined can be let in, returned or put aside by the right person, once."""

import threading
import uuid

import pytest

import db
from db.models import Acceptance, Aside, Entry, Opening
from pwa.domain import NotFound, Refusal
from pwa.domain.crypto import keyring
from pwa.domain.custody import entries, states
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import cases, quarantine
from pwa.domain.people import accesses
from pwa.domain.review import review
from tests import small_fund
from tests.hamlets import open_access
from tests.small_fund import MINUTE, NOW

WHY = "โทรถามแล้ว คุณสมหญิงบันทึกเอง"


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def unproved(fund, place="canal"):
    """A good form sealed on a phone on which its author never signed in."""
    phone = Phone(fund.people["volunteer-2"], at=NOW)
    phone.account = fund.people["volunteer"]
    return phone.record("household", small_fund.household(), at=NOW, place=place)


def unopened(fund):
    """A line sealed to a key that this server lacks for now; returns (entry, put the key back)."""
    phone = small_fund.phone(fund)
    key = keyring.newest("seal")
    path = keyring.ring.path(key.kid)
    line = phone.line("household", small_fund.household(), at=NOW, place="canal")
    hidden = path.rename(path.with_suffix(".hidden"))
    keyring.use_ring(keyring.Keyring(keyring.ring.folder))
    [receipt] = phone.send([line], at=NOW)
    assert receipt["keep"]
    return Entry.get(Entry.entry_id == uuid.UUID(receipt["id"])), lambda: hidden.rename(path)


def test_it_lets_a_line_in_for_its_checker(fund):
    entry = unproved(fund)
    assert (entry.outcome, entry.reason) == ("quarantined", "unproved")
    quarantine.accept(entry, by=fund.people["registrar"], at=NOW + MINUTE, reason=WHY)
    assert states.of(entry) == "received"
    assert quarantine.count(fund.people["registrar"]) == 0
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
        handle: [row.entry_id for row in quarantine.waiting(who).order_by(Entry.id)]
        for handle, who in fund.people.items()
    }
    assert seen["registrar"] == seen["admin"] == [here.entry_id, there.entry_id]
    assert seen["zone-leader"] == [here.entry_id]
    assert seen["other-zone-leader"] == [there.entry_id]
    assert seen["volunteer"] == []
    assert quarantine.count(fund.people["registrar"]) == 2


def test_nobody_lets_in_what_an_access_of_their_opening_brought(fund):
    entry = unproved(fund)
    passkey = open_access(fund.people["volunteer"], by=fund.people["zone-leader"], at=NOW)
    for decide in (quarantine.accept, quarantine.send_back, quarantine.set_aside):
        with pytest.raises(Refusal, match="opened the access"):
            decide(entry, by=fund.people["zone-leader"], at=NOW, reason=WHY)
    with pytest.raises(Refusal, match="opened the access"):
        quarantine.set_all_aside(entry.device, "unproved", by=fund.people["zone-leader"], at=NOW, reason=WHY)
    accesses.confirm(passkey.id, by=fund.people["registrar"], at=NOW, how="phone")
    quarantine.accept(entry, by=fund.people["zone-leader"], at=NOW, reason=WHY)


def test_who_sent_it_for_another_counts_too(fund):
    hill = small_fund.phone(fund, "volunteer-2")
    line = small_fund.phone(fund).line("household", small_fund.household(), at=NOW, place="hill")
    entries.receive([line], sender=hill.device.id, at=NOW)
    entry = Entry.get(Entry.outcome == "quarantined")
    assert (entry.transport, entry.reason) == ("carried", "no_right")
    open_access(fund.people["volunteer-2"], by=fund.people["other-zone-leader"], at=NOW)
    with pytest.raises(Refusal, match="opened the access"):
        quarantine.set_aside(entry, by=fund.people["other-zone-leader"], at=NOW, reason=WHY)
    quarantine.set_aside(entry, by=fund.people["registrar"], at=NOW, reason=WHY)
