"""Which funds serve a place."""

import pytest

from pwa.domain.places import funds, units


@pytest.mark.parametrize(("place", "codes"), [("C01", ["F1"]), ("C07", ["F1", "F2"]), ("52", [])])
def test_it_finds_the_funds_above_a_place(app, place, codes):
    assert sorted(fund.code for fund in funds.serving([units.get(place)])) == codes


def test_no_place_has_no_fund(app):
    assert funds.serving([]) == []
