"""Who may take money for a fund on a day: an office over it, or an assignment that says so and has not ended."""

from datetime import date, timedelta

import pytest

from db.models import Fund
from pwa.domain import Refusal
from pwa.domain.custody import collectors
from pwa.domain.fieldwork import assignments
from tests.small_fund import NOW

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def send(fund, **more):
    about = dict(starts_on=TODAY, ends_on=TODAY + 5 * DAY, by=fund.people["zone-leader"], at=NOW, on=TODAY)
    return assignments.give(fund.people["volunteer"], [fund.units["canal"]], **about, **more)


def test_an_assignment_lets_collect_for_the_funds_that_it_names_and_no_longer(fund):
    volunteer = fund.people["volunteer"].id
    plain = send(fund)
    assert not collectors.may(volunteer, "fund", TODAY)
    assert assignments.ended(plain) is None
    sent = send(fund, collects_for=[fund.fund])
    days = [TODAY - DAY, TODAY, TODAY + 5 * DAY, TODAY + 6 * DAY]
    assert [collectors.may(volunteer, "fund", day) for day in days] == [False, True, True, False]
    assert not collectors.may(volunteer, "another", TODAY) and not collectors.may(volunteer, "", TODAY)
    assignments.end(sent, by=fund.people["zone-leader"], at=NOW + DAY, on=TODAY + DAY, reason="ลากิจ")
    assert [collectors.may(volunteer, "fund", day) for day in days[1:3]] == [True, False]


def test_an_office_over_the_fund_collects_always(fund):
    assert collectors.may(fund.people["zone-leader"].id, "fund", TODAY)
    assert not collectors.may(fund.people["registrar"].id, "fund", TODAY)


def test_nobody_collects_for_a_fund_that_does_not_serve_the_place(fund):
    far = Fund.create(code="far", unit=fund.units["hill"], name="กองทุนดอย")
    with pytest.raises(Refusal) as refused:
        send(fund, collects_for=[far])
    assert refused.value.field == "collects_for"
