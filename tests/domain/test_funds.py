"""Which funds serve a place: its own and those above it, in either tree."""

from pwa.domain.places import funds, units


def codes(*places):
    return {fund.code for fund in funds.serving([units.get(place) for place in places])}


def test_the_municipalitys_fund_serves_every_community(app):
    assert codes("C01") == {"F1"}


def test_a_groups_own_fund_serves_its_community_too(app):
    assert codes("C07") == {"F1", "F2"}
    assert codes() == set()
    assert set(funds.names()) == {"F1", "F2"}
