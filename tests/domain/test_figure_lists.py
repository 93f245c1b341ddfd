"""What a figure is made of: by account and time, each adding up to it; what only moves between two of its accounts is no line."""

from datetime import date

import pytest

from pwa.domain import NotFound
from pwa.domain.fund import figure_lists
from tests import slow_reports, two_years
from tests.claiming import TODAY
from tests.statements import listening

BANK = "1100-ออมสิน-001"


@pytest.fixture(scope="module")
def template_data(village_of_two_years):
    return village_of_two_years


@pytest.fixture
def fund(app):
    return two_years.fund()


@pytest.mark.parametrize(
    ("word", "prefixes", "sign"),
    [
        ("money", ("1000", "1100", "1150"), 1),
        ("income", ("4",), -1),
        ("benefits", ("50",), 1),
        ("other_left", ("2", "9000"), -1),
        (BANK, (BANK,), 1),
    ],
)
def test_a_figure_is_the_sum_of_its_accounts_and_of_its_times(fund, word, prefixes, sign):
    for first, to in ((None, TODAY), (date(2025, 10, 1), date(2026, 9, 30)), (date(2026, 11, 1), TODAY)):
        found = figure_lists.of(fund, word, first=first, to=to)
        days = (str(first or date.min), str(to))
        expected = sign * sum(slow_reports.moved(fund, one, *days, without=()) for one in prefixes)
        times = found.lines if found.has_lines else found.parts
        assert found.satang == expected == sum(one.satang for one in times), (word, first)
        assert found.satang == sum(one.satang for one in found.accounts)


def test_what_only_changes_its_place_is_no_line(fund):
    lines = figure_lists.of(fund, "money", first=date(2026, 6, 1), to=date(2026, 6, 30)).lines
    assert lines == [], "cash taken out of the bank"
    (line,) = figure_lists.of(fund, BANK, first=date(2026, 6, 1), to=date(2026, 6, 30)).lines
    assert line.satang == -300000


def test_one_pot_and_what_the_books_began_with(fund):
    for pot in ("admin", "benefit", "reserve"):
        found = figure_lists.of(fund, "pots", to=TODAY, pot=pot)
        assert found.satang == -slow_reports.moved(fund, "", "0001-01-01", str(TODAY), pots=(pot,)), pot
    assert figure_lists.of(fund, "income", to=TODAY, pot=figure_lists.OLD).satang == 0


def test_a_list_asks_a_fixed_number_of_questions(fund):
    for word in ("income", "money", "pots"):
        with listening() as statements:
            figure_lists.of(fund, word, to=TODAY)
        assert len(statements) == 3, "accounts, the first day, the days' ends"


@pytest.mark.parametrize("word", ["", "x", "1000-nobody", "40", "before"])
def test_what_is_no_figure_is_not_found(fund, word):
    with pytest.raises(NotFound):
        figure_lists.of(fund, word, to=TODAY)
