"""What comes from units below is taken in when it holds, accepted once, summed by the highest numbers, and never replaced by a fork."""

import threading
from datetime import date

import pytest
from peewee import IntegrityError

from db import database
from db.models import ReceivedReport, ReportAcceptance, ReportSeat
from pwa.domain import NotFound, Refusal
from pwa.domain.network import (
    keys,
    notes,
    overview,
    parent_reports,
    parents,
    receiving,
    report_files,
    reports,
    signing,
    verifying,
)
from pwa.domain.people import accounts
from pwa.domain.places import units
from tests import report_reader, reporting
from tests.claiming import AT, TODAY
from tests.domain.test_notes import KEY, PRIVATE

SHOWN = ("members", "arrears")
OTHER = notes.Key("F9", KEY.public)


def signed(key=KEY, **more):
    return reporting.signed(key, PRIVATE, **more)


@pytest.fixture
def network(app):
    for key in (KEY, OTHER):
        keys.pin(key.unit, key.text, at=AT)
    keys.new("NET", last=None, at=AT)
    return accounts.named("network")


def take(data):
    return receiving.take(data, at=AT)


def accepted(data):
    received, _ = take(data)
    return receiving.accept(received, account=None, how="terminal", at=AT)


def refused(kind, call, *given, **more):
    with pytest.raises(kind) as found:
        call(*given, **more)
    return found.value.message


def test_the_same_bytes_again_are_known_and_accepted_once(network):
    first, is_known = take(signed())
    assert not is_known and take(signed()) == (first, True)
    assert accepted(signed()) == accepted(signed()) and ReportAcceptance.select().count() == 1
    found, acceptance = receiving.find(first.sha256)
    assert found == first and acceptance is not None
    with pytest.raises(NotFound):
        receiving.find("0" * 64)


def test_what_does_not_hold_is_not_kept(network):
    assert refused(receiving.Unsigned, take, reporting.made()) == verifying.UNSIGNED
    strange = notes.Key("F8", KEY.public)
    assert refused(receiving.Unsigned, take, signed(strange)) == verifying.STRANGE
    assert refused(Refusal, take, signed(parent="ELSEWHERE")) == receiving.NOT_OURS
    assert refused(Refusal, take, signed(changed={"members": 43})) == verifying.SUM
    assert refused(Refusal, take, b"PK") == report_files.NOT_ONE
    keys.revoke("F1", KEY.text, at=AT)
    assert refused(receiving.Unsigned, take, signed()) == verifying.STRANGE
    assert not ReceivedReport.select().exists()


def test_of_two_with_one_number_none_takes_the_place_of_the_other_until_a_later_one_follows_it(network):
    first, _ = take(signed())
    for _ in range(2):
        assert refused(receiving.Fork, take, signed(name="อีกฉบับ")) == verifying.FORK
    other = ReceivedReport.get(ReceivedReport.sha256 != first.sha256)
    assert ReceivedReport.select().count() == 2 and refused(receiving.Fork, take, signed()) == verifying.FORK
    about = dict(account=None, how="page", at=AT)
    for one in (first, other):
        assert refused(Refusal, receiving.accept, one, **about) == receiving.FORKED
    take(signed(seq=2, period="2026-11", prev=other.sha256))
    assert refused(Refusal, receiving.accept, first, **about) == receiving.FORKED
    receiving.accept(other, **about)
    [counts] = receiving.accepted("NET", "2026-10")
    assert counts.header["name"] == "อีกฉบับ" and take(signed(name="อีกฉบับ")) == (other, True)


def test_what_was_accepted_before_a_fork_goes_on_counting_until_the_unit_stands_by_the_other(network):
    accepted(signed())
    refused(receiving.Fork, take, signed(name="อีกฉบับ"))
    assert take(signed())[1] and [one.header["name"] for one in receiving.accepted("NET", "2026-10")] == ["กองทุนตัวอย่าง"]
    other = ReceivedReport.get(ReceivedReport.sha256 == report_files.read(signed(name="อีกฉบับ")).sha256)
    take(signed(seq=2, period="2026-11", prev=other.sha256))
    receiving.accept(other, account=None, how="page", at=AT)
    assert [one.header["name"] for one in receiving.accepted("NET", "2026-10")] == ["อีกฉบับ"]


def test_the_database_gives_each_number_one_seat(network):
    take(signed())
    about = dict(unit="F1", period="2026-10", parent="NET", sha256="ab" * 32, file=b"", at=AT)
    with pytest.raises(IntegrityError), database.atomic():
        ReportSeat.create(received=ReceivedReport.create(seq=1, **about), unit="F1", seq=1, fork=0)


@pytest.mark.parametrize("other", [signed(), signed(name="อีกฉบับ")])
def test_two_posts_at_one_moment_are_told_one_after_the_other(network, other):
    """Both looked before either wrote; the second finds out when its turn to write comes."""
    told, both = [], threading.Barrier(2)

    def look(report):
        receiving.must_hold(report)
        both.wait(timeout=20)

    def post(one):
        with database.connection_context():
            try:
                told.append(receiving.take(one, at=AT, look=look)[1])
            except receiving.Fork:
                told.append("fork")

    threads = [threading.Thread(target=post, args=[one]) for one in (signed(), other)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    is_same = other == signed()
    assert sorted(told, key=str) == [False, True if is_same else "fork"]
    assert ReceivedReport.select().count() == ReportSeat.select().count() == (1 if is_same else 2)


def test_the_highest_number_of_a_month_counts_whenever_it_came(network):
    about = {"arrears": 700}
    accepted(signed(seq=5, changed=about))
    accepted(signed(seq=2))
    [counts] = receiving.accepted("NET", "2026-10")
    assert counts.header["seq"] == 5 and counts.number("arrears") == 700
    take(signed(seq=6))
    assert [one.header["seq"] for one in receiving.accepted("NET", "2026-10")] == [5]


def make(**more):
    return parent_reports.make("NET", "2026-10", at=AT, today=TODAY, **more)


def test_a_network_is_the_sum_of_its_funds_and_tells_a_part_where_one_is_silent(network):
    assert refused(Refusal, make) == parent_reports.NOBODY
    accepted(signed())
    accepted(signed(OTHER, period="2026-09"))
    part = report_files.read(make().file)
    assert part.cell("members") == {"by": {}, "figure": "members", "k": 1, "n": 42, "of": 2, "s": "part"}
    accepted(signed(OTHER, seq=2, sex={"f": 20, "m": 22, "unknown": 0}))
    whole = report_files.read(make().file)
    header, cells, _, _ = report_reader.opened(make().file)
    assert report_reader.adds_up(header, cells) and (whole.number("members"), whole.number("paid_out")) == (84, 8000)
    assert (whole.number("members", "sex", "f"), header["level"], header["class"]) == (50, "network", "s")
    assert [one["unit"] for one in header["children"]] == ["F1", "F9"]


def test_it_is_signed_by_two_of_its_own_and_anybody_makes_it_again(network):
    accepted(signed())
    about = dict(by=network, at=AT, how="terminal")
    draft = make()
    assert refused(Refusal, signing.sign, draft.file, agreed=network, **about) == signing.ONE_PERSON
    second = accounts.add("network-2", name="ผู้ประสานคนที่สอง", unit=network_unit(), role="network", at=AT)
    issued = signing.sign(draft.file, agreed=second, **about)
    report = report_files.read(issued.file)
    assert verifying.faults(report, keys.trusted()) == [] and report.header["agreed"] == ["network", "network"]
    assert verifying.together([report, *receiving.by_hash([one["sha256"] for one in report.header["children"]])]) == []
    assert reports.recompute(report) == report.body and make().file == issued.file


def network_unit():
    return units.get("NET")


def test_an_overview_tells_what_is_late_and_what_only_some_have_told(network):
    assert [overview.last_due(date(2026, 11, day)) for day in (20, 21)] == ["2026-09", "2026-10"]
    assert overview.last_due(date(2027, 1, 5)) == "2026-11"
    accepted(signed())
    accepted(signed(OTHER, period="2026-09"))
    take(signed(OTHER, seq=2))
    [one] = overview.of(network, SHOWN, on=TODAY)
    assert [(child.code, child.is_late) for child in one.children] == [("F1", False), ("F9", False)]
    assert len(one.waiting) == 1 and one.periods == ["2026-10", "2026-09"]
    assert {period: one.sums[period, "members"] for period in one.periods} == {
        "2026-10": (42, 1, 2),
        "2026-09": (42, 1, 1),
    }
    assert [(child.period, child.numbers) for child in one.children] == [
        (month, {"members": 42, "arrears": 500}) for month in one.periods
    ]
    [later] = overview.of(network, SHOWN, on=date(2026, 12, 21))
    assert [child.is_late for child in later.children] == [True, True]


def test_a_cut_is_summed_only_where_all_tell_it_by_the_same_groups():
    one, other = report_files.read(signed()), report_files.read(signed(OTHER))
    other.header["groups"]["sex"] = ["f", "m"]
    assert parents.summed([one, other], 2)[0]["members"] == []
    assert parents.summed([one, report_files.read(signed(OTHER))], 2)[0]["members"] == ["sex"]
