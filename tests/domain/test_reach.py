"""Where somebody may record, as one mark that a phone compares with the pages it keeps."""

import pytest

from db.models import Fund, Regulation, Unit
from pwa.domain.custody import reach
from pwa.domain.people import accounts
from pwa.domain.places import units
from tests.small_fund import MINUTE, NOW


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def test_it_changes_when_somebody_is_moved_or_their_role_ends(fund):
    volunteer, admin = fund.people["volunteer"], fund.people["admin"]
    here = reach.mark(volunteer)
    assert reach.mark(volunteer) == here
    for grant in units.grants(volunteer):
        accounts.end_role(grant, by=admin, at=NOW + MINUTE, reason="ย้ายโซน")
    nowhere = reach.mark(volunteer)
    accounts.grant(volunteer, "volunteer", units.get("other-zone"), at=NOW + MINUTE)
    assert len({here, nowhere, reach.mark(volunteer)}) == 3


def test_it_changes_with_the_places_and_funds_to_choose_from(fund):
    volunteer = fund.people["volunteer"]
    here = reach.mark(volunteer)
    Unit.update(name="ชุมชนริมน้ำ").where(Unit.code == "canal").execute()
    renamed = reach.mark(volunteer)
    Fund.create(code="another", unit=fund.units["town"], name="กองทุนใหม่")
    assert len({here, renamed, reach.mark(volunteer)}) == 3


def test_it_changes_with_a_regulation_because_the_form_of_a_claim_asks_by_it(app, monkeypatch):
    volunteer = accounts.named("volunteer")
    here = reach.mark(volunteer)
    rows = Regulation.select(Regulation.fund, Regulation.version).where(Regulation.version == 1)
    monkeypatch.setattr(Regulation, "select", lambda *fields: rows)
    assert reach.mark(volunteer) != here
