"""No hidden cell is found again by adding up: recomputed by trying every value."""

import itertools
import random

import pytest

from pwa.domain.network import attacking, declared_sums, figures, hiding
from tests import reporting

CHANCE = random.Random(2569)


def possible(total, shown, many):
    """How many values one of so many hidden cells may have, tried one by one."""
    rest = total - sum(shown)
    return sum(1 for n in range(1, rest + 1) if (rest - n >= many - 1 if many > 1 else rest == n))


@pytest.mark.parametrize("turn", range(200))
def test_every_hidden_cell_keeps_five_values(turn):
    numbers = {f"v{n}": CHANCE.choice((0, 1, 2, 3, 4, 5, 9, 30, 200)) for n in range(CHANCE.randint(1, 8))}
    small = [value for value, n in numbers.items() if hiding.is_small(n)]
    found = hiding.hidden(numbers, small)
    assert found == hiding.hidden(dict(reversed(numbers.items())), small)
    if found is None:
        everything = [n for n in numbers.values() if n]
        assert possible(sum(everything), [], len(everything)) < 5
        return
    assert set(small) <= found and all(numbers[value] for value in found)
    shown = [n for value, n in numbers.items() if value not in found]
    assert not found or possible(sum(numbers.values()), shown, len(found)) >= 5


def test_money_of_few_or_mostly_of_one_is_somebodys():
    assert hiding.is_somebodys([500, 500]) and hiding.is_somebodys([9001, 500, 499])
    assert (
        not hiding.is_somebodys([9000, 500, 500]) and not hiding.is_somebodys([]) and hiding.is_somebodys([30_000_00])
    )


def test_the_partner_is_the_smallest_and_of_equals_the_first_by_its_bytes():
    assert hiding.hidden({"a": 40, "b": 9, "c": 9, "d": 2}, ["d"]) == {"b", "d"}
    assert hiding.hidden({"a": 40, "b": 1, "c": 1, "d": 1}, ["b", "c", "d"]) == {"a", "b", "c", "d"}
    assert hiding.hidden({"a": 2, "b": 2}, ["a", "b"]) is None and hiding.hidden({"a": 0, "b": 90}, []) == set()


def ranges(*reports, beside=()):
    return {(one.unit, one.cell[1][0][1]): (one.least, one.most) for one in attacking.attack(reports, beside)}


def test_an_outsider_sees_what_the_sums_leave_open():
    report = reporting.report(sex={"f": 30, "m": None, "unknown": None})
    assert ranges(report) == {("F1", "m"): (1, 11), ("F1", "unknown"): (1, 11)}
    assert not any(one.is_leak for one in attacking.attack([report]))


def test_a_single_hidden_cell_and_one_that_another_file_shows_are_found_out():
    alone = reporting.report(sex={"f": 30, "m": None, "unknown": 0})
    assert ranges(alone) == {("F1", "m"): (12, 12)}
    hidden = reporting.report(sex={"f": 30, "m": None, "unknown": None})
    assert ranges(hidden, beside=[reporting.report(sex={"f": 30, "m": 9, "unknown": 3})])["F1", "unknown"] == (3, 3)


def test_a_parent_that_adds_hidden_cells_up_gives_them_away():
    children = [reporting.report(sex={"f": 30, "m": None, "unknown": None}, unit=unit) for unit in ("F1", "F2")]
    named = [{"seq": 1, "sha256": one.sha256, "unit": one.unit} for one in children]
    double = {figure: 2 * n for figure, n in reporting.NUMBERS.items()}
    parent = reporting.report(unit="NET", children=named, changed=double, sex={"f": 60, "m": 2, "unknown": 22})
    assert ranges(*children, beside=[parent])["F1", "m"] == (1, 1)


def brute(sums, cells):
    """Every cell's least and most over all whole numbers from 1 that meet the sums."""
    most = max(rest for _, rest in sums)
    found = {cell: set() for cell in cells}
    for values in itertools.product(range(1, most + 1), repeat=len(cells)):
        known = dict(zip(cells, values, strict=True))
        if all(sum(known[cell] for cell in of) == rest for of, rest in sums):
            for cell, n in known.items():
                found[cell].add(n)
    return {cell: (min(seen), max(seen)) for cell, seen in found.items() if seen}


@pytest.mark.parametrize("turn", range(30))
def test_bounds_are_never_narrower_than_what_is_possible(turn):
    truth = {cell: CHANCE.randint(1, 4) for cell in "abcd"}
    sums = []
    for _ in range(CHANCE.randint(1, 3)):
        of = frozenset(CHANCE.sample("abcd", CHANCE.randint(2, 4)))
        sums.append((of, sum(truth[cell] for cell in of)))
    bounds, possible_ = attacking._bounded(sums), brute(sums, sorted({cell for of, _ in sums for cell in of}))
    for cell, (least, most) in possible_.items():
        assert bounds[cell][0] <= least <= most <= bounds[cell][1]


def test_each_figure_that_goes_up_says_what_it_is():
    for figure in figures.FIGURES.values():
        assert (
            figure.says.endswith(".")
            and set(figure.cuts) <= figures.CUTS.keys()
            and figure.unit in ("people", "satang")
        )
    sums = [figure for identity in declared_sums.IDENTITIES for side in identity for figure in side]
    assert {*sums, *(one.figure for one in declared_sums.CHAINS)} <= figures.FIGURES.keys()
    assert not declared_sums.adds_up("paid_people", "category") and declared_sums.adds_up("members", "sex")
