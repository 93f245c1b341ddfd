"""What a draft tells out of the rows behind its cells: told, zero, hidden, not known yet; and never a cut that gives somebody away."""

from pwa.domain.network import drafting, month_figures, report_files
from pwa.domain.network.report_files import name_of
from tests import reporting

ROWS = {"f": 30, "m": 12, "unknown": 0}


def people(n):
    return [[str(one), 1] for one in range(n)]


def kept(sexes, **more):
    found = {figure: [["x", n]] if n else [] for figure, n in reporting.NUMBERS.items()} | more
    return (
        found | {f"members|sex|{sex}": people(n) for sex, n in sexes.items()} | {"members": people(sum(sexes.values()))}
    )


def cells(sexes, small=(), **more):
    rows, few = kept(sexes, **more), {("members", "sex", value) for value in small}
    header = drafting.without_leaks(reporting.header(), rows, few, [])
    return header, {name_of(cell): cell for cell in drafting.cells(header, rows, few)}


def sex(found, value):
    return found["members", (("sex", value),)]


def test_each_cell_is_what_its_rows_come_to():
    header, found = cells(ROWS)
    assert {name_of(cell): cell for cell in reporting.cells()} == found and header == reporting.header()


def test_a_small_group_takes_its_smallest_partner_along():
    _, found = cells({"f": 30, "m": 12, "unknown": 3}, ["unknown"])
    assert [sex(found, value)["s"] for value in ("f", "m", "unknown")] == ["value", "hidden", "hidden"]


def test_a_cut_that_cannot_be_told_is_left_out_of_header_and_file():
    header, found = cells({"f": 2, "m": 2, "unknown": 0}, ["f", "m"])
    assert header["cuts"]["members"] == [] and header["groups"] == {}
    assert {name for name in found if name[1]} == set()


def test_a_cut_that_an_earlier_report_gives_away_is_left_out():
    few = {("members", "sex", "m"), ("members", "sex", "unknown")}
    rows = kept({"f": 33, "m": 4, "unknown": 5})
    earlier = reporting.report(sex={"f": 33, "m": 4, "unknown": 5})
    assert drafting.without_leaks(reporting.header(), rows, few, [])["cuts"]["members"] == ["sex"]
    assert drafting.without_leaks(reporting.header(), rows, few, [earlier])["cuts"]["members"] == []


def test_money_of_an_open_month_is_missing():
    _, found = cells(ROWS, contributed=None)
    assert found["contributed", ()] == report_files.untold("contributed", "not_closed")


def test_every_source_and_kind_of_the_books_has_its_group():
    assert {*month_figures.SOURCES.values(), "own"} == {"codi", "state_codi", "local", "state_other", "own"}
    assert month_figures.Counted([["a", 3], ["b", -1]]).n == 2
