"""Who wrote a line: two uuids prove nothing; a signature, a session and a cookie do."""

import json
import uuid
from datetime import timedelta

import pytest

from db.models import Entry, Seat, SeatChange
from pwa.domain.crypto import keyring
from pwa.domain.custody import authorship, entries, seats, tallies
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import quarantine
from pwa.domain.operations import promises
from pwa.domain.people import devices, numbering, sessions
from tests import small_fund
from tests.small_fund import NOW

LATER = NOW + authorship.TOLERANCE + timedelta(minutes=1)


def lines(phone, count=1, **about):
    return [phone.line("household", small_fund.household(), at=NOW, place="canal", **about) for _ in range(count)]


def old_phone(settled_fund, handle="volunteer"):
    return Phone(settled_fund.people[handle], at=NOW, signs=False)


def judged(line):
    row = Entry.get(Entry.sha256 == hash_of(line))
    sits = (
        Seat.select().where(Seat.entry == row).exists() or SeatChange.select().where(SeatChange.entry == row).exists()
    )
    return row.transport, row.outcome, row.reason, row.signing, sits


def hash_of(line):
    return entries.envelopes.read(line).sha256


def seats_hold():
    return not [*promises.seats_are_taken_once(), *promises.breaks_are_on_the_board(), *promises.receipts_verify()]


def without_signature(line, **changes):
    outer = json.loads(line)
    outer.pop("sig", None)
    return json.dumps({**outer, "v": 1, **changes}).encode()


def test_what_a_phone_signs_and_sends_is_proved(settled_fund):
    phone = small_fund.phone(settled_fund)
    sent = lines(phone)
    phone.send(sent, at=NOW)
    assert judged(sent[0]) == ("proved", "received", "", "good", True)


def test_a_member_of_elsewhere_who_knows_two_uuids_sends_nothing_in_her_name(settled_fund):
    """Account and device id alone made a line that was carried, received and approvable."""
    victim = old_phone(settled_fund)
    forged = Phone.line(victim, "household", small_fund.household(), at=NOW, place="canal")
    stranger = devices.register(at=NOW)
    sessions.use(settled_fund.people["other-zone-leader"], stranger, at=NOW)
    entries.receive([forged], sender=stranger.id, at=NOW)
    assert judged(forged) == ("unproved", "quarantined", "unproved", None, False)
    assert tallies.arrived([victim.device.id]) == {}
    assert seats.progress(victim.device.id) == {"seen_through": 0, "missing": []}


def test_who_carries_an_unsigned_line_has_business_there(settled_fund):
    phone, friend, treasurer = (
        old_phone(settled_fund),
        old_phone(settled_fund, "volunteer-2"),
        old_phone(settled_fund, "zone-leader"),
    )
    own = devices.register(at=NOW)
    sessions.use(phone.account, own, at=NOW)
    by_friend, by_leader, by_self, by_officer, by_stranger = lines(phone, 5)
    entries.receive([by_friend], sender=friend.device.id, at=NOW)
    entries.receive([by_leader], sender=treasurer.device.id, at=NOW)
    entries.receive([by_self], sender=own.id, at=NOW)
    entries.receive([by_officer], sender=None, imported_by=settled_fund.people["registrar"].id, at=NOW)
    entries.receive([by_stranger], sender=devices.register(at=NOW).id, at=NOW)
    assert [judged(one)[:2] for one in (by_friend, by_leader, by_self, by_officer)] == [("carried", "received")] * 4
    assert judged(by_stranger)[:3] == ("unproved", "quarantined", "unproved")


def test_somebody_of_another_zone_carries_no_unsigned_line(settled_fund):
    phone, foreign = old_phone(settled_fund), old_phone(settled_fund, "other-zone-leader")
    [line] = lines(phone)
    foreign.send([line], at=NOW)
    assert judged(line)[:3] == ("unproved", "quarantined", "unproved")


def test_anybody_may_carry_a_signed_line(settled_fund):
    phone, stranger = small_fund.phone(settled_fund), devices.register(at=NOW)
    [line] = lines(phone)
    entries.receive([line], sender=stranger.id, at=NOW)
    assert judged(line) == ("carried", "received", "", "good", True)


@pytest.mark.parametrize("field", ["author", "prev", "kid", "sig"])
def test_a_line_whose_signature_does_not_cover_it_is_nobodys(settled_fund, field):
    phone = small_fund.phone(settled_fund)
    outer = json.loads(lines(phone)[0])
    other = {"author": str(settled_fund.people["volunteer-2"].id), "prev": "a" * 64, "kid": "seal-x", "sig": "A" * 86}[
        field
    ]
    line = json.dumps({**outer, field: other}).encode()
    sessions.use(settled_fund.people["volunteer-2"], phone.device, at=NOW)
    phone.send([line], at=NOW)
    assert judged(line) == ("unproved", "quarantined", "unproved", "bad", False)


def test_a_stripped_signature_is_carried_by_nobody(settled_fund):
    phone, other = small_fund.phone(settled_fund), small_fund.phone(settled_fund, "volunteer-2")
    line = without_signature(lines(phone)[0])
    other.send([line], at=NOW)
    assert judged(line) == ("unproved", "quarantined", "unproved", "bad", False)


def test_an_old_page_may_go_on_for_thirty_days_and_is_shown_as_unsigned(settled_fund):
    phone = small_fund.phone(settled_fund)
    [early, late] = [without_signature(line) for line in lines(phone, 2)]
    phone.send([early], at=LATER - timedelta(minutes=2))
    phone.send([late], at=LATER)
    assert judged(early) == ("proved", "received", "", "unsigned", True)
    assert judged(late) == ("unproved", "quarantined", "unsigned", "unsigned", True)


def test_after_a_restore_the_thirty_days_begin_anew(settled_fund):
    phone = small_fund.phone(settled_fund)
    line = without_signature(lines(phone)[0])
    keyring.add("receipt", at=LATER - timedelta(days=1), number_floor=200_000)
    phone.send([line], at=LATER)
    assert judged(line)[:2] == ("proved", "received")


def test_a_signed_line_takes_the_seat_of_an_unsigned_one(settled_fund):
    phone = small_fund.phone(settled_fund)
    [line, after] = lines(phone, 2)
    phone.send([without_signature(line, id=str(uuid.uuid4()))], at=LATER)
    phone.send([line, after], at=LATER)
    assert judged(line) == ("proved", "received", "", "good", True)
    assert seats.forks(phone.device.id) == []
    assert seats.progress(phone.device.id) == {"seen_through": 2, "missing": []}
    assert seats_hold()


def test_lines_from_before_the_key_need_none(settled_fund):
    phone = old_phone(settled_fund)
    early = lines(phone)
    phone.sign(at=NOW)
    signed = lines(phone)
    phone.send(early + signed, at=LATER)
    assert [judged(one)[:4] for one in early + signed] == [
        ("proved", "received", "", None),
        ("proved", "received", "", "good"),
    ]


def test_junk_in_her_name_takes_no_seat_before_her(settled_fund):
    """It sat ahead of her head, so that her own lines became forks; one at 2³¹−2 made two thousand million numbers missing."""
    phone, junk = small_fund.phone(settled_fund), devices.register(at=NOW)
    mine = lines(phone, 2)
    far = [{"seq": 2**31 - 2}, {"seq": 1}, {"seq": 2}]
    sent = [without_signature(mine[0], id=str(uuid.uuid4()), **change) for change in far]
    entries.receive(sent, sender=junk.id, at=NOW)
    phone.send(mine, at=NOW)
    assert [judged(one)[:2] for one in mine] == [("proved", "received")] * 2
    assert seats.progress(phone.device.id) == {"seen_through": 2, "missing": []}
    assert seats.forks(phone.device.id) == []
    assert seats_hold()


def test_a_seat_too_far_ahead_is_kept_and_moves_nothing(settled_fund):
    phone = small_fund.phone(settled_fund)
    [first] = lines(phone)
    phone.seq = seats.FARTHEST + 1
    [far] = lines(phone)
    phone.seq = seats.FARTHEST - 1
    [near] = lines(phone)
    phone.send([far], at=NOW)
    assert judged(far) == ("proved", "quarantined", "too_far", "good", False)
    assert seats.progress(phone.device.id) == {"seen_through": 0, "missing": []}
    phone.send([first, near], at=NOW)
    assert seats.progress(phone.device.id) == {"seen_through": 1, "missing": [[2, seats.FARTHEST - 1]]}
    assert seats_hold()


def test_lines_above_the_last_one_of_a_number_that_was_left_are_nobodys(settled_fund):
    phone = small_fund.phone(settled_fund)
    [counts, after] = lines(phone, 2)
    numbering.renumber(devices.claims(phone.device.id), account=None, at=NOW, leaves=(phone.device.id, 1))
    phone.send([counts, after], at=NOW)
    assert judged(counts)[:3] == ("proved", "received", "")
    assert judged(after)[:3] == ("unproved", "quarantined", "unproved")


def test_of_a_number_left_without_a_word_only_signed_lines_count_or_an_officers(settled_fund):
    signed, unsigned = small_fund.phone(settled_fund), old_phone(settled_fund)
    for phone in (signed, unsigned):
        numbering.renumber(devices.claims(phone.device.id), account=None, at=NOW)
    [good], [plain, by_hand] = lines(signed), lines(unsigned, 2)
    signed.send([good], at=NOW)
    unsigned.send([plain], at=NOW)
    entries.receive([by_hand], sender=None, imported_by=settled_fund.people["registrar"].id, at=NOW)
    assert judged(good)[:2] == ("proved", "received")
    assert judged(plain)[:3] == ("unproved", "quarantined", "unproved")
    assert judged(by_hand)[:2] == ("carried", "received")


def test_nobody_writes_the_desks_lines_but_the_desk(settled_fund):
    phone = old_phone(settled_fund)
    line = without_signature(lines(phone)[0], device=str(devices.DESK))
    phone.send([line], at=NOW)
    entries.receive([line + b" "], sender=None, imported_by=settled_fund.people["registrar"].id, at=NOW)
    assert judged(line)[:2] == judged(line + b" ")[:2] == ("unproved", "quarantined")
    assert tallies.arrived([devices.DESK]) == {}
    assert quarantine.count(settled_fund.people["admin"]) == 2
