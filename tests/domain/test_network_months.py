"""What a network reads beside the figures: movements, contradictions, the month's sheet, and what everybody may see of it by the quarter."""

import pytest

from db.models import Unit
from pwa.demo import counted_network
from pwa.domain import NotFound
from pwa.domain.network import comparing, keys, notes, public_networks, receiving, report_files
from pwa.domain.people import accounts
from pwa.domain.places import units
from tests import reporting
from tests.claiming import AT
from tests.domain.test_notes import KEY, PRIVATE


def key_of(unit):
    return notes.Key(unit, KEY.public)


def tell(unit, period, seq, **changed):
    """A signed month that was accepted."""
    about = dict(unit=unit, name=f"กองทุน {unit}", period=period, seq=seq, cuts=CUTS, groups={})
    cells = [report_files.told(figure, n) for figure, n in (reporting.NUMBERS | changed).items()]
    body = report_files.body(reporting.header(**about), cells)
    data = report_files.whole(body, [notes.line(key_of(unit), PRIVATE, body)])
    received, _ = receiving.take(data, at=AT)
    receiving.accept(received, account=accounts.named("network"), how="page", at=AT)


CUTS = {code: [] for code in reporting.NUMBERS}


@pytest.fixture
def network(app):
    return pinned()


def pinned():
    """The network, which knows the keys of three funds."""
    for unit in ("F1", "F8", "F9"):
        keys.pin(unit, key_of(unit).text, at=AT)
    return "NET"


def money(before, contributed, paid):
    """A month without anything else: {figure: n} whose sums hold."""
    return {
        "contributed": contributed, "other_income": 0, "paid_out": paid, "expenses": 0, "owed_before": 0, "owed": 0,
        "cash_before": before, "cash_and_bank": before + contributed - paid,
    }  # fmt: skip


def people(before, joined, left):
    return {"members_before": before, "joined": joined, "left": left, "members": before + joined - left}


def test_members_since_last_month_and_since_the_same_month_of_last_year(network):
    tell("F1", "2025-10", 1, **people(30, 0, 0))
    tell("F1", "2026-09", 2, **people(40, 1, 0))
    tell("F1", "2026-10", 3, **people(41, 2, 5))
    tell("F8", "2026-10", 1, **people(50, 0, 0))
    assert comparing.moved(network, "2026-10") == {"F1": (-3, 8), "F8": (None, None)}
    assert [(unit, one["members"]) for unit, _, one in comparing.month(network, "2026-10")] == [("F1", 38), ("F8", 50)]


def test_a_month_that_does_not_begin_where_the_last_one_ended_is_named(network):
    tell("F1", "2026-09", 1, **people(40, 1, 0), **money(1000, 500, 0))
    tell("F1", "2026-10", 2, **people(41, 1, 0), **money(1400, 0, 100))
    tell("F8", "2026-09", 1, **people(20, 0, 0), **money(10, 0, 0))
    tell("F8", "2026-10", 2, **people(20, 0, 0), **money(10, 0, 0))
    assert comparing.contradictions(network, "2026-10") == [comparing.Contradiction("F1", "cash_before", 1500, 1400)]
    assert comparing.contradictions(network, "2026-09") == []


def quarter(unit, members, contributed, paid, seq=1):
    for n, period in enumerate(("2026-07", "2026-08", "2026-09")):
        tell(unit, period, seq + n, **people(members, 0, 0), **money(1000, contributed, paid))


def test_a_quarter_adds_what_may_stand_in_public_and_says_of_how_many_funds(network):
    quarter("F1", 30, 900, 100)
    quarter("F8", 9, 500, 100)
    quarter("F9", 40, 1000, 100)
    [one] = public_networks.quarters(network)
    assert (one.last, one.of) == ("2026-09", 3)
    assert one.sums == {"members": (70, 2), "contributed": (5700, 2), "paid_out": (0, 0)}


def test_what_was_paid_is_told_of_three_paying_funds_together_and_half_quarters_not_at_all(network):
    quarter("F1", 30, 900, 100)
    quarter("F8", 12, 500, 200)
    tell("F9", "2026-08", 1)
    assert public_networks.quarters(network)[0].sums["paid_out"] == (0, 0)
    tell("F9", "2026-07", 2, **people(30, 0, 0), **money(0, 1, 0))
    tell("F9", "2026-09", 3, **people(30, 0, 0), **money(0, 900, 300))
    [one] = public_networks.quarters(network)
    assert one.of == 3 and one.sums["paid_out"] == (100 * 3 + 200 * 3 + reporting.NUMBERS["paid_out"] + 300, 3)


def test_only_a_network_that_accepted_something_has_a_public_page(network):
    for code in ("NET", "C01", "nowhere"):
        with pytest.raises(NotFound):
            public_networks.unit(code)
    tell("F1", "2026-10", 1)
    assert public_networks.unit("NET").code == "NET"
    assert [row[:2] for row in public_networks.reports("NET")] == [("กองทุน F1", "2026-10")]


def test_the_network_of_numbers_is_late_has_a_gap_and_a_month_put_right(app):
    class World:
        at = AT
        begins = 240
        accounts = {"province": accounts.named("province")}

        def days_ago(self, days):
            return AT

    counted_network.send(World())
    told = {}
    for row in receiving.ReceivedReport.select().where(receiving.ReceivedReport.parent == "NET2"):
        told.setdefault(row.unit, []).append(
            (row.seq, row.period, report_files.read(bytes(row.file)).header["restates"])
        )
    months = {unit: sorted({period for _, period, _ in rows}) for unit, rows in told.items()}
    last = max(months["N2-A"])
    assert len(months["N2-B"]) == 12 and len(months["N2-A"]) == 11 and len(months["N2-C"]) == 11
    assert last not in months["N2-C"]
    assert [bool(restates) for *_, restates in told["N2-B"]].count(True) == 1
    assert Unit.get(Unit.code == "NET2").network_parent.code == "52"
    assert comparing.contradictions("NET2", last) == []
    assert public_networks.quarters("52")[0].sums["members"][1] == 1


def test_a_group_in_a_zone_reports_to_the_network_above_the_zone(app):
    assert units.get("G1").network_parent.code == "Z3"
    assert [units.reports_to(units.get(code)) for code in ("G1", "M01", "NET")] == ["NET", "NET", ""]
