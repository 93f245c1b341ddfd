"""Who became and who stopped being a member, by the day of the decision: brought forward and what changed is what is there."""

from datetime import UTC, date, datetime

import pytest

from db.models import Membership
from pwa.domain import NotFound
from pwa.domain.fund import member_moves, membership_acts, month_sheets, report_periods, versions
from pwa.domain.people import accounts
from pwa.domain.review import resolutions
from tests import two_years
from tests.claiming import AT, TODAY, member

NOVEMBER = report_periods.asked("2026-11", on=TODAY)


def counted(fund, period=NOVEMBER):
    found = member_moves.of(fund, period.to)
    return member_moves.count(found, period.first), found


def act(what, row, **about):
    by = accounts.named("registrar")
    sitting = {"board": "4", "meeting": "12/2569", "resolved_on": TODAY}
    resolution = resolutions.of(row.fund, sitting, by=by, at=AT)
    return what(row, by=by, at=AT, resolution=resolution, **about)


def test_ends_and_coming_back_change_the_count_once_each(app):
    fund, row = versions.fund_of("F1"), member()
    before, _ = counted(fund)
    assert before.after == Membership.select().where(Membership.fund == fund).count()
    end = act(membership_acts.end, row, why="resigned", first=date(2026, 9, 1))
    act(membership_acts.end, row, why="expelled", first=date(2026, 10, 1))
    now, found = counted(fund)
    assert (now.changes["resigned"], now.changes["expelled"], now.after) == (-1, 0, before.after - 1)
    (move,) = member_moves.of_kind(found, "resigned", NOVEMBER.first)
    assert (move.true_on, move.decided_on) == (date(2026, 9, 1), TODAY), (
        "in the month of its decision, with the true day"
    )
    assert row.id not in {one.membership for one in member_moves.of_kind(found, "after", NOVEMBER.first)}
    act(membership_acts.rejoin, row, first=date(2026, 11, 20))
    now, found = counted(fund)
    assert (now.changes["rejoin"], now.after) == (1, before.after)
    assert end.why == "resigned" and len(member_moves.of_kind(found, "after", NOVEMBER.first)) == before.after


def test_what_is_taken_back_is_put_right_in_its_own_month(app):
    fund, row, by = versions.fund_of("F1"), member(), accounts.named("registrar")
    before, _ = counted(fund)
    end = act(membership_acts.end, row, why="lapsed", first=date(2026, 10, 1))
    at = datetime(2026, 11, 28, 9, tzinfo=UTC)
    membership_acts.undo(end, by=by, at=at, on=TODAY, reason="จ่ายแล้ว")
    now, _ = counted(fund)
    assert (now.changes["lapsed"], now.changes["undo"], now.after) == (-1, 1, before.after)


def test_every_kind_is_known_and_no_other(app):
    found = member_moves.of(versions.fund_of("F1"), TODAY)
    with pytest.raises(NotFound):
        member_moves.of_kind(found, "x", NOVEMBER.first)
    assert sum(one.change for one in found) == len(member_moves.of_kind(found, "after", TODAY))


def test_the_sheet_of_a_month_adds_up(app):
    fund = two_years.tell()
    for key in ("2026-09", "2026-10", "2026-11", "f2025", "c2026"):
        one = month_sheets.of(fund, report_periods.asked(key, on=TODAY))
        assert one.members.before + sum(one.members.changes.values()) == one.members.after
        money = one.money
        told = money.before + money.contributed + money.other - money.benefits - money.expenses + money.unsettled
        assert told + money.old == money.after == money.cash + money.bank + money.on_the_way
