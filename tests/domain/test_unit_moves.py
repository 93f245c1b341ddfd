"""A unit that goes to another network: where it hung is known for every day, and nothing that was is changed."""

from datetime import date

import pytest

from db.models import UnitMove
from pwa.domain import Refusal
from pwa.domain.places import unit_moves, units
from tests.claiming import AT, TODAY

HEAD = "code,kind,name,admin_parent,network_parent,since\n"
NEW = "NETX,network,เครือข่ายใหม่,,,\n"


def brought(*lines):
    return units.import_csv(HEAD + "".join(f"{line}\n" for line in lines), at=AT)


def town(parent, since):
    return f"M01,municipality,เทศบาล,520403,{parent},{since}"


def above(on, code="M01"):
    return units.reports_to(units.get(code), on)


def test_it_hangs_where_it_hung_until_the_day_of_the_move(app):
    brought(NEW.strip(), town("NETX", "2026-10-01"))
    assert [above(day) for day in (date(2020, 1, 1), date(2026, 9, 30), date(2026, 10, 1), TODAY)] == [
        "NET", "NET", "NETX", "NETX",
    ]  # fmt: skip
    assert above(date(2026, 9, 30), "Z1") == "NET" and above(TODAY, "Z1") == "NET", "the zones did not move"
    assert above(None) == "NETX"


def test_the_way_up_leads_by_what_moved_in_between(app):
    brought(NEW.strip(), "Z3,zone,โซน 3,M01,NETX,2026-10-15")
    assert [above(date(2026, 10, day), "G1") for day in (14, 15)] == ["NET", "NETX"]


def test_it_may_come_back_or_end_and_the_same_parent_again_is_no_move(app):
    brought(NEW.strip(), town("NETX", "2026-07-01"))
    brought(town("NETX", "2026-08-01"))
    brought(town("NET", "2026-09-01"), town("", ""))
    assert [above(date(2026, month, 1)) for month in (6, 7, 9)] == ["NET", "NETX", "NET"] and above(TODAY) == ""
    assert UnitMove.select().count() == 3 and unit_moves.rows()[-1][2:] == (None, TODAY)


@pytest.mark.parametrize("since", ["2026-12-01", "2026-13-01", "ตุลาคม"])
def test_a_day_to_come_and_a_day_that_is_none_are_refused(app, since):
    brought(NEW.strip())
    with pytest.raises(Refusal):
        brought(town("NETX", since))
    assert above(TODAY) == "NET" and not UnitMove.select().exists()


def test_a_move_before_the_last_one_is_refused(app):
    brought(NEW.strip(), town("NETX", "2026-10-01"))
    with pytest.raises(Refusal):
        brought(town("NET", "2026-09-30"))
    assert above(TODAY) == "NETX"
