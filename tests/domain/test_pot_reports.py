"""Each pot's own money, and how an income was divided: the parts are the income, to the satang."""

import pytest

from pwa.domain.fund import pot_reports, report_periods
from tests import two_years
from tests.claiming import TODAY


@pytest.fixture(scope="module")
def template_data(village_of_two_years):
    return village_of_two_years


def test_an_income_is_its_parts_and_a_pot_its_flows(app):
    fund = two_years.fund()
    found = pot_reports.of(fund, report_periods.asked("c2026", on=TODAY))
    by_code = {one.code: one for one in found.sources}
    assert by_code["4010"].satang == 9000 and sum(share for _, share in by_code["4010"].rule.shares) <= 10_000
    for one in found.rows:
        assert one.before + one.income + one.given - one.benefits - one.expenses == one.after
    assert sum(one.given for one in found.rows) == 0, "what one pot gives another gets"
    assert found.satang == sum(found.elsewhere.values())
