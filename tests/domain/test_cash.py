"""Since when cash is in a hand, who must be visited first, and how long a branch keeps it."""

from datetime import date, timedelta

import pytest

from db.models import HandLimit
from pwa.domain import Refusal
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import branches, cash, hand_limits, holders
from pwa.domain.people import accounts
from pwa.domain.review import resolutions
from tests.collecting import TODAY, collector, gift, offer, taking, told
from tests.small_fund import NOW


@pytest.fixture
def fund(kept_fund):
    place = kept_fund.units["town"]
    kept_fund.people["treasurer"] = accounts.add("treasurer", name="เหรัญญิก", unit=place, role="treasurer", at=NOW)
    return kept_fund


def held(fund, on):
    [board] = cash.boards(fund.people["treasurer"], on=on)
    return {one.name: (one.satang, one.since, one.is_old, one.is_much) for one in board.holds}


def test_cash_is_held_since_the_hand_was_last_empty(fund):
    giver, leader = collector(fund), Phone(fund.people["zone-leader"], at=NOW)
    told(giver, gift(1, 100, paid_on="2026-11-10"))
    told(leader, taking(told(giver, offer(), kind="handover")), kind="handover_receipt")
    told(giver, gift(2, 6000, paid_on="2026-11-25"), at=NOW + timedelta(days=3))
    assert held(fund, date(2026, 11, 30)) == {
        "volunteer": (600000, date(2026, 11, 25), False, True),
        "zone-leader": (10000, TODAY, True, False),
    }
    hand = holders.hand_of(fund.fund, fund.people["zone-leader"])
    assert cash.hold(hand, on=TODAY + timedelta(days=7)).days == 7


def test_a_branch_keeps_cash_until_the_month_ends(fund):
    keepers = {"first": str(fund.people["volunteer"].id), "second": str(fund.people["volunteer-2"].id)}
    branch = branches.make(fund.fund, "สาขาบ้านดอน", **keepers, by=fund.people["treasurer"], at=NOW)
    told(collector(fund), gift(1, 6000, paid_on="2026-11-01", collector=branch.code))
    assert held(fund, date(2026, 11, 30))["สาขาบ้านดอน"][2:] == (False, False)
    assert held(fund, date(2026, 12, 1))["สาขาบ้านดอน"][2:] == (True, True)
    with pytest.raises(Refusal):
        branches.make(fund.fund, " สาขาบ้านดอน ", **keepers, by=fund.people["treasurer"], at=NOW)


def test_limits_of_a_hand_are_ours_until_a_meeting_resolves_others_from_its_day_on(fund):
    told(collector(fund), gift(1, 600, paid_on="2026-11-20"))
    assert hand_limits.of(fund.fund, TODAY) == hand_limits.DEFAULT
    about = dict(by=fund.people["treasurer"], at=NOW)
    sitting = resolutions.sitting("4", "7", date(2026, 11, 21), at=NOW)
    resolution = resolutions.of(fund.fund, sitting, **about)
    for _ in range(2):
        hand_limits.resolve(fund.fund, "2", 50_000, resolution=resolution, **about)
    assert HandLimit.select().count() == 1
    assert hand_limits.of(fund.fund, date(2026, 11, 20)).resolution is None
    assert hand_limits.of(fund.fund, date(2026, 11, 21))[:2] == (2, 50_000)
    assert held(fund, date(2026, 11, 22))["volunteer"][2:] == (False, True)
    assert held(fund, date(2026, 11, 23))["volunteer"][2:] == (True, True)


@pytest.mark.parametrize(
    ("days", "satang"), [("", 100), ("0", 100), ("367", 100), ("สอง", 100), ("1.5", 100), ("7", 0), ("7", -1)]
)
def test_a_limit_is_a_number_of_days_and_a_sum(fund, days, satang):
    with pytest.raises(Refusal):
        hand_limits.resolve(fund.fund, days, satang, resolution=None, by=fund.people["treasurer"], at=NOW)
