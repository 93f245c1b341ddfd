"""What is told after an earlier answer, laid over it, is what would be told whole; and what cannot be known of it is told whole."""

import uuid
from datetime import timedelta

import pytest

from db.models import Entry
from pwa import web
from pwa.domain.crypto import keyring
from pwa.domain.custody import entries, own
from pwa.domain.custody.phones import Phone
from pwa.domain.kinds import forms
from pwa.domain.people import accounts
from pwa.domain.review import claim_decisions, counter_decisions, review, slips
from tests.claiming import AT, house_of, member, recorded, sitting, stay
from tests.ears import Ear

DAY = timedelta(days=1)


def ear_of(handle):
    return Ear(accounts.named(handle))


@pytest.fixture
def phone(app):
    return Phone(accounts.named("volunteer"), at=web.system_clock())


def record(phone, **about):
    payload = forms.schema("household@1")["examples"][0]
    return phone.record("household", payload, at=about.pop("at", web.system_clock()), **about)


def test_what_was_decided_since_is_told_and_nothing_else(phone):
    ear, leader, at = ear_of("volunteer"), accounts.named("zone-leader"), web.system_clock()
    first, second, third = (record(phone, subject=uuid.uuid4()) for _ in range(3))
    assert ear.listen(at) is None
    assert ear.listen(at) == set()
    review.send_back(first, by=leader, at=at, comments={"house.number": "เลขไหนแน่"})
    review.approve(second, by=leader, at=at)
    assert ear.listen(at) == {str(first.entry_id), str(second.entry_id)}
    slips.take_back(second, by=leader, at=at)
    assert ear.listen(at) == {str(second.entry_id)}
    review.reject(second, by=leader, at=at, reason="ซ้ำ")
    other = accounts.named("registrar")
    counter_decisions.undo(second, by=other, at=at, reason="ไม่ซ้ำ")
    assert ear.listen(at) == {str(second.entry_id)}
    record(phone, replaces=first.entry_id)
    assert str(first.entry_id) in ear.listen(at)
    assert str(third.entry_id) in ear.known


def test_what_has_grown_old_is_gone_and_what_waits_stays(phone):
    ear, leader, at = ear_of("volunteer"), accounts.named("zone-leader"), web.system_clock()
    done, back = (record(phone, subject=uuid.uuid4()) for _ in range(2))
    review.approve(done, by=leader, at=at)
    review.send_back(back, by=leader, at=at, reason="ดูอีกที")
    for days in (0, 1, 29, 30, 31, 60):
        ear.listen(at + days * DAY)
    assert str(done.entry_id) not in ear.known and str(back.entry_id) in ear.known
    record(phone, replaces=back.entry_id, at=at)
    ear.listen(at + 61 * DAY)
    assert str(back.entry_id) not in ear.known


def test_a_draft_is_told_until_it_is_finished(phone):
    ear, at, house = ear_of("volunteer"), web.system_clock(), uuid.uuid4()
    begun = {"form": "household@1", "draft": str(house), "kept_at": "2026-11-22T02:15:00Z", "values": {"house": {}}}
    draft = phone.record("draft", begun, subject=house, at=at)
    ear.listen(at)
    assert str(draft.entry_id) in ear.listen(at + 40 * DAY)
    record(phone, subject=house)
    ear.listen(at + 41 * DAY)
    assert str(draft.entry_id) not in ear.known


def test_lines_that_share_an_id_are_told_together(phone):
    ear, at = ear_of("volunteer"), web.system_clock()
    first = record(phone)
    ear.listen(at)
    payload = forms.schema("household@1")["examples"][0]
    line = phone.line("household", payload, at=at, entry_id=first.entry_id)
    entries.receive([line], sender=phone.device.id, at=at)
    assert Entry.select().where(Entry.entry_id == first.entry_id).count() == 2
    assert ear.listen(at) == {str(first.entry_id)}


def test_without_a_word_that_is_known_everything_is_told(phone, app):
    ear, at = ear_of("volunteer"), web.system_clock()
    record(phone)
    ear.listen(at)
    other = ear_of("volunteer-2")
    other.listen(at)
    later = ear.since.replace(f".{ear.since.split('.')[2]}.", ".999999999.")
    for since in (
        "",
        "x",
        "1.2.3.4",
        other.since,
        later,
        ear.since + "0",
        ear.since.upper(),
        "½" * 4,
        "....",
        "9" * 5000,
    ):
        assert own.news(ear.account, at=at, since=since)[1] is None, since
    assert own.news(ear.account, at=at - DAY, since=ear.since)[1] is None, "the clock went back"
    keyring.add("receipt", at=at)
    assert own.news(ear.account, at=at, since=ear.since)[1] is None, "a restored server has a new receipt key"


def test_whoever_recorded_a_claim_hears_of_its_certificate_and_nothing_of_its_money(app):
    """Sent back, mended and certified is told; what the meeting decided and what was paid is the member's alone."""
    ear, leader = ear_of("volunteer"), accounts.named("zone-leader")
    first = recorded()
    ear.listen(AT)
    review.send_back(first, by=leader, at=AT, comments={"admit_on": "ใบรับรองลงอีกวัน"})
    assert ear.listen(AT) == {str(first.entry_id)}
    told = ear.known[str(first.entry_id)]
    assert (told["state"], told["comments"]) == ("returned", {"admit_on": "ใบรับรองลงอีกวัน"})
    again = Phone(accounts.named("volunteer"), at=AT)
    second = again.record("claim", stay(), at=AT, subject=house_of(member().person).id, replaces=first.entry_id)
    assert ear.listen(AT) == {str(first.entry_id), str(second.entry_id)}
    review.approve(second, by=leader, at=AT)
    assert ear.listen(AT) == {str(second.entry_id)} and ear.known[str(second.entry_id)]["state"] == "approved"
    claim = second.claims.get().claim
    claim_decisions.propose(claim, accepted=True, **sitting())
    claim_decisions.confirm(claim, agrees=True, seen=2, by=accounts.named("committee"), at=AT)
    assert ear.listen(AT) == set() and "600" not in str(ear.known[str(second.entry_id)])
    assert ear_of("volunteer-2").listen(AT) is None
