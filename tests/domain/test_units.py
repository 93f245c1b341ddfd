"""Units in two trees: what stands above a place, by its code."""

from pwa.domain.places import units


def test_above_a_place_stands_what_reaches_it_in_either_tree(settled_fund):
    there = settled_fund.units
    zone, town, network = there["zone"], there["town"], there["network"]
    assert units.lineage("zone") == {zone.id, town.id, network.id} == units.above(zone.id)
    assert units.lineage("network") == {network.id}


def test_above_a_place_that_nobody_knows_stands_nothing(settled_fund):
    assert units.lineage("nowhere") == set() == units.lineage("")


def test_whatever_reaches_down_to_a_place_stands_above_it(app):
    for place in ("C01", "C02"):
        reaching = {unit for unit in units.children() if units.get(place).id in units.below([unit])}
        assert units.lineage(place) == reaching | {units.get(place).id}
