"""The ครบ/ขาด board: whose phone, what came, what is missing and since when, breaks and forks, silence; only of one's own people."""

import uuid
from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from db.models import Device
from pwa.domain import NotFound
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import arrivals, quarantine, queue_files
from pwa.domain.people import devices, sessions
from tests import small_fund
from tests.small_fund import MINUTE, NOW

DAY = timedelta(days=1)


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def lines(phone, count, place="canal"):
    return [
        phone.line("household", small_fund.household(), at=NOW + n * MINUTE, place=place) for n in range(1, count + 1)
    ]


def standing(fund, phone, at=NOW, handle="zone-leader"):
    return arrivals.get(phone.device.id, seen_by=fund.people[handle], at=at)


def test_it_says_that_everything_has_come(fund):
    phone = small_fund.phone(fund)
    phone.send(lines(phone, 3), at=NOW + MINUTE)
    one = standing(fund, phone)
    assert (one.state, one.arrived, one.highest, one.gaps, one.breaks, one.forks) == ("complete", 3, 3, [], [], [])
    assert one.users == [fund.people["volunteer"]]
    assert arrivals.verify(phone.device.id) == []


def test_it_names_the_numbers_that_are_missing_and_when_they_were_recorded(fund):
    phone = small_fund.phone(fund)
    sent = lines(phone, 9)
    phone.send([sent[0], *sent[3:6], *sent[7:]], at=NOW + 20 * MINUTE)
    one = standing(fund, phone, at=NOW + 30 * MINUTE)
    found = [(gap.first, gap.last, gap.before, gap.after, gap.known_at) for gap in one.gaps]
    known = NOW + 20 * MINUTE
    assert found == [(2, 3, NOW + MINUTE, NOW + 4 * MINUTE, known), (7, 7, NOW + 6 * MINUTE, NOW + 8 * MINUTE, known)]
    assert (one.state, one.lacks, one.arrived, one.highest) == ("ask", 3, 6, 9)


def test_before_the_first_line_there_is_no_earlier_time(fund):
    phone = small_fund.phone(fund)
    phone.send(lines(phone, 3)[2:], at=NOW + 9 * MINUTE)
    [gap] = standing(fund, phone).gaps
    assert (gap.first, gap.last, gap.before, gap.after) == (1, 2, None, NOW + 3 * MINUTE)


def test_an_absurd_clock_gives_way_to_when_the_line_came(fund):
    phone = small_fund.phone(fund)
    late = [phone.line("household", small_fund.household(), at=NOW + 90 * 365 * DAY, place="canal") for _ in range(3)]
    phone.send([late[0], late[2]], at=NOW)
    [gap] = standing(fund, phone).gaps
    assert (gap.before, gap.after) == (NOW, NOW)


def test_a_gap_calls_for_attention_after_two_days_however_late_its_neighbour_came(fund):
    phone, leader = small_fund.phone(fund), fund.people["zone-leader"]
    sent = lines(phone, 9)
    phone.send([sent[0], sent[8]], at=NOW)
    phone.send([sent[3]], at=NOW + DAY)
    assert arrivals.attention(leader, at=NOW + 2 * DAY - MINUTE) == (0, None)
    assert arrivals.attention(leader, at=NOW + 2 * DAY) == (1, NOW)
    one = standing(fund, phone, at=NOW + 2 * DAY)
    assert (one.state, [gap.known_at for gap in one.gaps]) == ("missing", [NOW, NOW])
    phone.send(sent[1:8], at=NOW + 3 * DAY)
    assert arrivals.attention(leader, at=NOW + 4 * DAY) == (0, None)


def test_a_break_and_a_fork_are_on_it(fund):
    phone = small_fund.phone(fund)
    first = lines(phone, 1)
    copy = phone.prev
    phone.send([*first, *lines(phone, 2)], at=NOW)
    phone.seq, phone.prev = 1, copy
    phone.send(lines(phone, 3), at=NOW + MINUTE)
    one = standing(fund, phone, at=NOW + MINUTE)
    assert [row.seq for row in one.breaks] == arrivals.verify(phone.device.id) == [4]
    assert [case.entry.seq for case in one.open_forks] == [2, 3]
    assert one.seen == {case.entry.id for case in one.forks}
    assert (one.state, one.arrived, one.highest) == ("ask", 4, 4)
    for case in one.forks:
        quarantine.set_aside(case.entry, by=fund.people["registrar"], at=NOW, reason="x")
    assert standing(fund, phone, at=NOW + MINUTE).open_forks == []
    assert standing(fund, phone, at=NOW + 20 * DAY).state == "quiet", "an old break is told and asks for nothing"


def test_a_break_found_when_a_gap_closes_is_on_it(fund):
    phone = small_fund.phone(fund)
    first, _, third = lines(phone, 3)
    other = small_fund.phone(fund)
    other.device, other.key, other.seq = phone.device, phone.key, 1
    wrong = lines(other, 1)
    phone.send([first, third], at=NOW)
    phone.send(wrong, at=NOW + MINUTE)
    assert [row.seq for row in standing(fund, phone).breaks] == arrivals.verify(phone.device.id) == [2, 3]


def test_a_silent_phone_and_one_that_holds_lines(fund):
    phone = small_fund.phone(fund)
    phone.send(lines(phone, 1), at=NOW)
    assert standing(fund, phone, at=NOW + 2 * DAY - MINUTE).state == "complete"
    assert standing(fund, phone, at=NOW + 2 * DAY).state == "quiet"
    assert standing(fund, phone, at=NOW + 3 * DAY).silent_days == 3
    Device.update(waiting=4, waiting_at=NOW).where(Device.id == phone.device.id).execute()
    assert standing(fund, phone, at=NOW + MINUTE).state == "coming"
    one = standing(fund, phone, at=NOW + 2 * DAY)
    assert (one.state, one.holds) == ("ask", 4)


def test_a_phone_that_never_sent_is_not_complete(fund):
    phone = small_fund.phone(fund)
    assert [standing(fund, phone, at=NOW + n * DAY).state for n in (0, 5)] == ["unused", "unused"]
    Device.update(waiting=2, waiting_at=NOW).where(Device.id == phone.device.id).execute()
    assert standing(fund, phone).state == "coming"
    counts = arrivals.of(fund.people["zone-leader"], at=NOW).counts
    assert counts["complete"] == counts["quiet"] == 0


def test_a_revoked_phone_says_so_and_its_lines_stay_counted(fund):
    phone = small_fund.phone(fund)
    devices.revoke(phone.device.id, by=fund.people["admin"], at=NOW, reason="หาย")
    phone.send(lines(phone, 2), at=NOW + MINUTE)
    one = standing(fund, phone, at=NOW + 9 * DAY)
    assert (one.revoked_at, one.arrived, one.is_silent) == (NOW, 2, False)


def test_each_officer_sees_the_phones_of_their_people(fund):
    phone = small_fund.phone(fund)
    phone.send(lines(phone, 1, place="hill"), at=NOW)
    for handle, sees in {"zone-leader": 1, "registrar": 1, "admin": 1, "other-zone-leader": 0, "volunteer": 0}.items():
        assert len(arrivals.of(fund.people[handle], at=NOW).phones) == sees, handle
    for handle in ("other-zone-leader", "volunteer"):
        with pytest.raises(NotFound):
            standing(fund, phone, handle=handle)


def test_a_phone_that_nobody_signed_in_on_is_for_who_sees_everything(fund):
    phone = small_fund.phone(fund)
    phone.device = devices.register(at=NOW)
    phone.send(lines(phone, 1), at=NOW)
    assert standing(fund, phone, handle="admin").users == []
    with pytest.raises(NotFound):
        standing(fund, phone, handle="zone-leader")


def test_a_number_that_only_a_file_names_is_nobodys(fund):
    """The server was restored to before the phone had its number. Its lines wait on the desk; anybody could write a number into a file."""
    phone = small_fund.phone(fund)
    phone.device = Device(id=uuid.uuid4())  # a number that this server does not know
    sent = lines(phone, 3)
    file = b"\n".join([sent[0], sent[2]])
    queue_files.bring_in(file, by=fund.people["registrar"], at=NOW + MINUTE)
    queue_files.bring_in(file, by=fund.people["registrar"], at=NOW + 2 * MINUTE)
    with pytest.raises(NotFound):
        standing(fund, phone, at=NOW + 3 * MINUTE, handle="admin")
    assert quarantine.count(fund.people["admin"]) == 2


def test_it_leaves_out_who_only_reads_here(fund):
    for handle in ("zone-leader-2", "registrar"):
        sessions.use(fund.people[handle], devices.register(at=NOW), at=NOW)
    assert arrivals.of(fund.people["admin"], at=NOW).phones == []
    new = Phone(fund.people["volunteer-2"], at=NOW)
    assert [one.device.id for one in arrivals.of(fund.people["admin"], at=NOW).phones] == [new.device.id]


def test_what_needs_somebody_comes_first_and_the_rest_page_by_page(fund):
    many = [small_fund.phone(fund) for _ in range(24)]
    for phone in many:
        phone.send(lines(phone, 1), at=NOW)
    many[13].send(lines(many[13], 2)[1:], at=NOW)
    first, second = (arrivals.of(fund.people["registrar"], at=NOW + DAY, page=page) for page in (1, 2))
    assert first.phones[0].device.id == many[13].device.id
    assert (len(first.phones), len(second.phones), first.is_last, second.is_last) == (20, 4, False, True)
    assert first.counts == {"missing": 0, "ask": 1, "coming": 0, "quiet": 0, "unused": 0, "complete": 23}


@pytest.mark.parametrize("count", [3, pytest.param(300, marks=pytest.mark.slow)])
def test_it_asks_the_database_no_more_for_many_phones(fund, count):
    people = [fund.people["volunteer"], fund.people["volunteer-2"]]
    for number in range(count):
        phone = Phone(people[number % 2], at=NOW)
        sent = lines(phone, 3)
        phone.send([sent[0], sent[2]] if number % 3 == 0 else sent, at=NOW)
        if number % 50 == 1:
            phone.seq = 1
            phone.send(lines(phone, 1), at=NOW)
    with count_queries() as queries:
        found = arrivals.of(fund.people["zone-leader"], at=NOW + 3 * DAY)
    assert sum(found.counts.values()) == count
    assert queries.count <= 30, queries.count
    with count_queries() as queries:
        arrivals.attention(fund.people["zone-leader"], at=NOW + 3 * DAY)
    assert queries.count <= 12, queries.count
