"""The numbers for whoever watches: what is missing is counted over all phones, and not again within the minute."""

from datetime import timedelta

from pwa.domain.operations import figures
from tests import small_fund
from tests.small_fund import MINUTE, NOW


def numbers(at):
    return {name: number for name, (number, _) in figures.now(at=at).items()}


def test_it_counts_what_is_missing(settled_fund):
    before = numbers(NOW - MINUTE)
    for skipped in ((), (1, 2), (2, 3, 5)):
        phone = small_fund.phone(settled_fund)
        lines = [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(6)]
        phone.send([line for seq, line in enumerate(lines, start=1) if seq not in skipped], at=NOW)
    after = numbers(NOW)
    names = ("phones_with_gaps", "missing_ranges", "missing_lines")
    assert [after[name] - before[name] for name in names] == [2, 3, 5]


def test_it_counts_once_a_minute(settled_fund):
    before = numbers(NOW)
    phone = small_fund.phone(settled_fund)
    phone.line("household", small_fund.household(), at=NOW)
    phone.record("household", small_fund.household(), at=NOW, place="canal")
    assert numbers(NOW + timedelta(seconds=59))["missing_lines"] == before["missing_lines"]
    assert numbers(NOW + MINUTE)["missing_lines"] == before["missing_lines"] + 1
