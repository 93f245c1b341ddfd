"""The desk by phone and reason, page by page, and putting a whole group aside: one reason, a row for each line, once."""

import uuid
from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from db.models import Aside
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import states
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import desk, quarantine, reasons
from pwa.domain.review import deciders
from tests import small_fund
from tests.small_fund import MINUTE, NOW

WHY = "ลองส่งเพื่อสอนใช้เครื่อง"


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def borrowed(fund):
    """A phone of volunteer-2 that records in the name of volunteer: everything from it is unproved."""
    phone = Phone(fund.people["volunteer-2"], at=NOW)
    phone.account = fund.people["volunteer"]
    return phone


def record(phone, count=1, place="canal"):
    return [phone.record("household", small_fund.household(), at=NOW, place=place) for _ in range(count)]


def aside(fund, phone, handle="zone-leader", kind="unproved", reason=WHY, **about):
    return quarantine.set_all_aside(
        phone.device.id, kind, by=fund.people[handle], at=NOW + MINUTE, reason=reason, **about
    )


def test_it_groups_by_phone_and_reason_the_longest_waiting_first(fund):
    first, second = borrowed(fund), borrowed(fund)
    rows = record(first, 5) + record(second)
    first.account = fund.people["volunteer-2"]
    [bad] = first.deliver([first.line("household", {"visit": {}}, at=NOW, place="canal")], at=NOW + timedelta(days=1))
    assert bad.reason == "bad_payload"
    found = desk.groups(fund.people["zone-leader"])
    shown = [(group.device, group.kind, group.count, len(group.cases), group.since) for group in found.items]
    assert shown == [
        (first.device.id, "unproved", 5, 3, NOW),
        (second.device.id, "unproved", 1, 1, NOW),
        (first.device.id, "bad_payload", 1, 1, NOW + timedelta(days=1)),
    ]
    assert [case.entry for case in found.items[0].cases] == rows[:3]
    assert found.items[0].users == [fund.people["volunteer-2"]]
    assert found.items[0].about == reasons.ALL["unproved"]


def test_both_lists_come_page_by_page(fund):
    phone = borrowed(fund)
    rows = record(phone, 19)
    for _ in range(9):
        record(borrowed(fund))
    officer = fund.people["registrar"]
    pages = list(pages_of(lambda after: desk.groups(officer, after=after)))
    assert [(len(page.items), page.is_later) for page in pages] == [(8, False), (2, True)]
    assert len({group.device for page in pages for group in page.items}) == 10
    about = {"device": phone.device.id, "kind": "unproved"}
    seen = list(pages_of(lambda after: desk.group(officer, after=after, **about)[1]))
    assert [(len(shown.items), shown.is_later) for shown in seen] == [(8, False), (8, True), (3, True)]
    assert [case.entry for shown in seen for case in shown.items] == rows


def test_what_is_decided_meanwhile_hides_nothing_of_the_next_page(fund):
    phone, officer = borrowed(fund), fund.people["registrar"]
    rows = record(phone, 10)
    about = {"device": phone.device.id, "kind": "unproved"}
    _, first = desk.group(officer, **about)
    quarantine.set_aside(rows[0], by=fund.people["zone-leader"], at=NOW, reason=WHY)
    _, second = desk.group(officer, after=first.later, **about)
    assert [case.entry for case in second.items] == rows[8:]
    others = [borrowed(fund) for _ in range(9)]
    for other in others:
        record(other)
    page = desk.senders(officer)
    record(others[0])
    assert [one.device for one in desk.senders(officer, after=page.later).items] == [
        one.device.id for one in others[7:]
    ]


def pages_of(ask):
    """Page after page, each after the last of the one before."""
    after = None
    while page := ask(after):
        yield page
        after = page.later
        if after is None:
            return


def test_it_asks_the_database_no_more_for_many_lines(fund):
    for _ in range(4):
        record(borrowed(fund), 3)
    with count_queries() as few:
        desk.groups(fund.people["registrar"])
    for _ in range(4):
        record(borrowed(fund), 20)
    with count_queries() as many:
        desk.groups(fund.people["registrar"])
    assert many.count <= few.count + 4 <= 26, (few.count, many.count)


def test_it_puts_a_whole_group_aside_once(fund):
    phone = borrowed(fund)
    rows = record(phone, 12)
    assert aside(fund, phone) == 12
    assert {states.of(row) for row in rows} == {"aside"}
    made = list(Aside.select())
    assert {(row.entry_id, row.account, row.reason) for row in made} == {
        (row.id, fund.people["zone-leader"].id, WHY) for row in rows
    }
    assert aside(fund, phone) == 0, "twice changes nothing"
    for other in (dict(handle="registrar"), dict(reason="ไม่ใช่ของเรา")):
        with pytest.raises(Refusal, match="Nothing of this waits"):
            aside(fund, phone, **other)
    assert Aside.select().count() == 12


def test_it_needs_a_reason(fund):
    phone = borrowed(fund)
    record(phone, 2)
    for reason in ("", " \u200b ", "ก" * 1001):
        with pytest.raises(Refusal) as refusal:
            aside(fund, phone, reason=reason)
        assert refusal.value.field == "reason"
    assert not Aside.select().exists()


def test_it_touches_only_this_phone_this_reason_and_what_was_seen(fund):
    phone, other = borrowed(fund), borrowed(fund)
    seen, far = record(phone, 2), record(phone, place="hill")
    record(other)
    phone.account = fund.people["volunteer-2"]
    bad = phone.record("household", {"visit": {}}, at=NOW, place="canal")
    assert bad.reason == "bad_payload"
    phone.account = fund.people["volunteer"]
    [more, late] = record(phone, 2)
    assert aside(fund, phone, through=more.number) == 3
    assert {states.of(row) for row in seen} == {"aside"}
    assert {states.of(row) for row in (*far, bad, late)} == {"quarantined"}
    assert quarantine.count(fund.people["registrar"]) == 4


def test_what_was_decided_before_stays_decided(fund):
    phone = borrowed(fund)
    first, second = record(phone, 2)
    quarantine.send_back(first, by=fund.people["registrar"], at=NOW, reason=WHY)
    assert aside(fund, phone) == 1
    assert (states.of(first), states.of(second)) == ("returned", "aside")


def test_nobody_puts_their_own_aside(fund):
    phone = borrowed(fund)
    Phone(fund.people["zone-leader"], at=NOW, device=phone.device)
    record(phone, 2)
    with pytest.raises(Refusal) as refusal:
        aside(fund, phone)
    assert refusal.value.message == deciders.OWN_PHONE
    assert aside(fund, phone, "zone-leader-2") == 2


def test_a_group_that_is_not_ones_own_is_not_there(fund):
    phone = borrowed(fund)
    record(phone)
    for handle, kind in (("other-zone-leader", "unproved"), ("zone-leader", "fork")):
        with pytest.raises(NotFound):
            aside(fund, phone, handle, kind)
    with pytest.raises(NotFound):
        quarantine.set_all_aside(uuid.uuid4(), "unproved", by=fund.people["registrar"], at=NOW, reason=WHY)
    about = {"device": phone.device.id, "kind": "unproved"}
    assert desk.group(fund.people["other-zone-leader"], **about)[0] is None


def test_it_shows_the_line_that_came_first(fund):
    phone, entry_id = small_fund.phone(fund), uuid.uuid4()
    leader = fund.people["zone-leader"]
    about = {"at": NOW, "place": "canal"}
    first = phone.record("household", small_fund.household(), entry_id=entry_id, **about)
    phone.record("household", small_fund.household("7"), entry_id=entry_id, **about)
    phone.seq = 0
    fork = phone.record("household", small_fund.household("8"), **about)
    for entry in (entry_id, fork.entry_id):
        case = quarantine.get(entry, seen_by=leader)
        assert desk.rival(case, seen_by=leader).entry == first
    [alone] = record(borrowed(fund))
    assert desk.rival(quarantine.get(alone.entry_id, seen_by=leader), seen_by=leader) is None


def carried(fund, count, devices):
    """What one phone of a member sends in the names of others' phones."""
    sender = Phone(fund.people["volunteer-2"], at=NOW)
    for _ in range(devices):
        other = Phone(fund.people["volunteer-2"], at=NOW)
        other.account = fund.people["volunteer"]
        lines = [other.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(count)]
        sender.deliver(lines, at=NOW)
    return sender


def test_one_senders_heap_is_one_row_whatever_it_names(fund):
    sender = carried(fund, 4, devices=5)
    record(borrowed(fund), 2)
    found = desk.senders(fund.people["zone-leader"])
    shown = [(one.device, one.count, one.kinds, len(one.groups)) for one in found.items]
    assert shown[0] == (sender.device.id, 20, ["unproved"], 0)
    assert [row[1:] for row in shown[1:]] == [(2, ["unproved"], 1)]
    assert found.items[0].users == [fund.people["volunteer-2"]]
    assert desk.group(fund.people["zone-leader"], device=sender.device.id, kind="unproved")[0].count == 20


def test_all_that_a_phone_sent_is_put_aside_with_one_reason(fund):
    phone = borrowed(fund)
    record(phone, 9)
    phone.account = fund.people["volunteer-2"]
    phone.record("household", {"visit": {}}, at=NOW, place="canal")
    [sender] = desk.senders(fund.people["zone-leader"]).items
    assert (sender.count, sender.kinds, sender.groups, sender.only) == (10, ["bad_payload", "unproved"], [], None)
    assert desk.sender(fund.people["zone-leader"], phone.device.id).count == 10
    assert aside(fund, phone, kind="", through=sender.through) == 10
    assert desk.senders(fund.people["zone-leader"]).items == []


@pytest.mark.slow
def test_senders_ask_the_database_no_more_for_many_lines(fund):
    record(borrowed(fund), 3)
    with count_queries() as few:
        desk.senders(fund.people["registrar"])
    for _ in range(6):
        record(borrowed(fund), 20)
    with count_queries() as many:
        desk.senders(fund.people["registrar"])
    assert many.count <= few.count + 2, (few.count, many.count)
