"""What a registrar recorded last is known for ten minutes, with the names, to nobody else."""

from datetime import timedelta

import pytest

from pwa.domain.registry import admissions, resolutions
from tests.villages import MORNING, Village, applies, bunma, form

LATER = MORNING + timedelta(hours=50)


@pytest.fixture
def village(app):
    return Village()


def test_it_is_known_for_ten_minutes(village):
    for n in range(7):
        village.approved(form(bunma(first_name=f"ส{n}", **applies()), number=str(n)), hours=n)
    asked = admissions.waiting(village.fund)
    sitting = dict(board="1", meeting="1", resolved_on=LATER.date(), by=village.registrar)
    assert resolutions.last(village.registrar, at=LATER) is None
    admissions.resolve(village.fund, asked[:1], accepted=False, reason="ยังไม่ครบ", at=LATER, **sitting)
    admissions.resolve(village.fund, asked[1:], accepted=True, at=LATER + timedelta(minutes=1), **sitting)
    said = resolutions.last(village.registrar, at=LATER + timedelta(minutes=11))
    assert (said.accepted, said.count, len(said.names)) == (True, 6, resolutions.NAMED)
    assert resolutions.last(village.registrar, at=LATER + timedelta(minutes=12)) is None
    assert resolutions.last(village.leader, at=LATER) is None
