"""At the quarantine desk the decider takes an own decision back within ten minutes, while nothing rests on it, and decides again."""

from datetime import timedelta

import pytest

from db.models import CounterDecision, Return, TakingBack
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import own, states
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import desk_slips, quarantine
from pwa.domain.operations import promises
from pwa.domain.review import review
from tests import small_fund
from tests.small_fund import MINUTE, NOW

WHY = "โทรถามแล้ว"
SOON = NOW + 9 * MINUTE
DECISIONS = {
    "received": quarantine.accept,
    "returned": quarantine.send_back,
    "aside": quarantine.set_aside,
}


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def unproved(fund, many=1, **more):
    phone = Phone(fund.people["volunteer-2"], at=NOW)
    phone.account = fund.people["volunteer"]
    rows = [phone.record("household", small_fund.household(), at=NOW, place="canal", **more) for _ in range(many)]
    return rows if many > 1 else rows[0]


def decided(fund, state, entry):
    DECISIONS[state](entry, by=fund.people["registrar"], at=NOW, reason=WHY)
    return desk_slips.key(quarantine.decision(entry))


def take_back(fund, key, entry, by="registrar", at=SOON):
    desk_slips.take_back(key, by=fund.people[by], at=at, entry=entry)


@pytest.mark.parametrize("state", DECISIONS)
def test_it_is_taken_back_and_decided_again(fund, state):
    entry = unproved(fund)
    key = decided(fund, state, entry)
    take_back(fund, key, entry)
    assert states.of(entry) == "quarantined" and quarantine.settled(entry) is None
    assert quarantine.count(fund.people["registrar"]) == 1
    for again in DECISIONS:
        DECISIONS[again](entry, by=fund.people["zone-leader"], at=SOON, reason="อีกที")
        assert states.of(entry) == again
        take_back(fund, desk_slips.key(quarantine.decision(entry)), entry, by="zone-leader", at=SOON + MINUTE)
    DECISIONS[state](entry, by=fund.people["registrar"], at=SOON, reason=WHY)
    assert states.of(entry) == state
    assert promises.check() == []


@pytest.mark.parametrize("state", DECISIONS)
def test_twice_changes_nothing_and_an_old_page_undoes_no_new_decision(fund, state):
    entry = unproved(fund)
    key = decided(fund, state, entry)
    for _ in range(2):
        take_back(fund, key, entry)
    assert TakingBack.select().count() + CounterDecision.select().where(CounterDecision.entry == entry).count() == 1
    DECISIONS[state](entry, by=fund.people["registrar"], at=SOON, reason=WHY)
    take_back(fund, key, entry)
    assert states.of(entry) == state


@pytest.mark.parametrize("state", DECISIONS)
def test_it_is_nobody_elses_and_not_later(fund, state):
    entry = unproved(fund)
    key = decided(fund, state, entry)
    with pytest.raises(Refusal) as refused:
        take_back(fund, key, entry, by="zone-leader")
    assert refused.value.message == desk_slips.OTHERS
    with pytest.raises(Refusal) as refused:
        take_back(fund, key, entry, at=NOW + 10 * MINUTE + timedelta(seconds=1))
    assert refused.value.message == desk_slips.LATE
    with pytest.raises(NotFound):
        take_back(fund, key, unproved(fund))
    for odd in ("", "aside", "aside-x", "account-1", "aside-" + "9" * 30):
        with pytest.raises(NotFound):
            take_back(fund, odd, entry)
    assert states.of(entry) == state


@pytest.mark.parametrize(
    "decide", [review.approve, lambda *a, **k: review.send_back(*a, **k, reason="ดูใหม่", comments={})]
)
def test_what_its_checker_decided_about_stays(fund, decide):
    entry = unproved(fund)
    key = decided(fund, "received", entry)
    decide(entry, by=fund.people["zone-leader"], at=NOW + MINUTE)
    with pytest.raises(Refusal) as refused:
        take_back(fund, key, entry)
    assert refused.value.message == desk_slips.RESTS
    assert desk_slips.last(fund.people["zone-leader"], at=SOON) is None, "that decision was no one of the desk"


def test_what_a_newer_line_names_stays(fund):
    entry = unproved(fund)
    key = decided(fund, "returned", entry)
    small_fund.phone(fund, "volunteer").record(
        "household", small_fund.household(), at=NOW + MINUTE, place="canal", replaces=entry.entry_id
    )
    with pytest.raises(Refusal):
        take_back(fund, key, entry)
    assert states.of(entry) in ("returned", "replaced")


def test_what_was_put_aside_in_one_go_is_taken_back_in_one(fund):
    rows, registrar = unproved(fund, many=3), fund.people["registrar"]
    decided(fund, "aside", rows[0])
    later = NOW + MINUTE
    assert quarantine.set_all_aside(rows[1].sender, "", by=registrar, at=later, reason=WHY) == 2
    said = desk_slips.last(registrar, at=SOON)
    assert (said.count, said.objection) == (2, None)
    desk_slips.take_back(said.key, by=registrar, at=SOON)
    assert [states.of(row) for row in rows] == ["aside", "quarantined", "quarantined"]
    assert quarantine.set_all_aside(rows[1].sender, "", by=registrar, at=SOON, reason=WHY) == 2
    assert promises.check() == []


def test_the_last_decision_is_known_for_ten_minutes(fund):
    leader, registrar = fund.people["zone-leader"], fund.people["registrar"]
    first, second = unproved(fund, many=2)
    assert desk_slips.last(leader, at=NOW) is None
    quarantine.set_aside(first, by=leader, at=NOW, reason="ลองส่ง")
    quarantine.send_back(second, by=leader, at=NOW + MINUTE, reason="ดูอีกครั้ง")
    said = desk_slips.last(leader, at=NOW + 11 * MINUTE)
    assert (said.number, said.word, said.made.reason) == (second.number, quarantine.WORDS[Return], "ดูอีกครั้ง")
    take_back(fund, said.key, second, by="zone-leader", at=SOON)
    assert desk_slips.last(leader, at=SOON).number == first.number
    assert desk_slips.last(leader, at=NOW + 12 * MINUTE) is None
    assert desk_slips.last(registrar, at=NOW) is None


def test_its_author_reads_the_reason_that_stands(fund):
    entry = unproved(fund)
    take_back(fund, decided(fund, "aside", entry), entry)
    quarantine.set_aside(entry, by=fund.people["registrar"], at=SOON, reason="ส่งซ้ำ")
    assert own.reason(entry, "aside") == "ส่งซ้ำ"
