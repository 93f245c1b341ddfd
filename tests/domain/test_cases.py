"""How an officer sees a line: the few facts about it, told also when something about it is unknown or absurd."""

import pytest

from pwa.domain.desk import cases
from tests import small_fund
from tests.small_fund import NOW


@pytest.fixture
def fund(bare_fund):
    return bare_fund


def test_it_tells_who_where_and_when(fund):
    entry = small_fund.phone(fund).record("household", small_fund.household(), at=NOW, place="canal")
    [case] = cases.of([entry])
    assert (case.author, case.place, case.state) == (fund.people["volunteer"], fund.units["canal"], "received")
    assert case.recorded_at == NOW
    assert cases.said(case)["payload"]["house"]["number"] == "45/2"


@pytest.mark.parametrize("recorded_at", ["", "yesterday", "2569-13-45T00:00:00+07:00"])
def test_with_an_absurd_time_it_was_recorded_when_it_came(fund, recorded_at):
    entry = small_fund.phone(fund).record("household", small_fund.household(), at=NOW, place="canal")
    [case] = cases.of([entry])
    case.opening.recorded_at = recorded_at
    assert case.recorded_at == case.entry.received_at


def test_it_asks_the_database_no_more_for_many(fund):
    phone = small_fund.phone(fund)
    rows = [phone.record("household", small_fund.household(), at=NOW, place="canal") for _ in range(5)]
    assert [case.entry for case in cases.of(rows)] == rows
    assert cases.of([]) == []


def test_only_the_top_of_a_tree_sees_all(fund):
    seeing = {handle for handle, account in fund.people.items() if cases.sees_all(account)}
    assert seeing == {"admin"}
