"""The promise about kits holds, and notices when it is broken."""

from datetime import timedelta

import pytest

from db import database
from db.models import KitDownload
from pwa.domain.fieldwork import assignments
from pwa.domain.operations import kit_promises
from tests.sent_out import DAY, MORNING, TODAY, bring, sent_out


@pytest.fixture
def hamlet(app):
    return sent_out()


def broken():
    return list(kit_promises.kits_were_within_assignments())


@pytest.mark.parametrize("late", [-1, 0, 6, 7])
def test_it_notices_a_kit_of_another_day(hamlet, late):
    with database.atomic() as told:
        bring(hamlet)
        assert broken() == []
        about = {"kind": "full", "households": 1, "people": 2}
        KitDownload.create(assignment=hamlet.assignment, at=MORNING + late * DAY, **about)
        assert len(broken()) == (0 if 0 <= late <= 6 else 1)
        told.rollback()


def test_it_notices_a_kit_after_the_end(hamlet):
    with database.atomic() as told:
        hour = timedelta(hours=1)
        assignments.end(hamlet.assignment, by=hamlet.leader, at=MORNING + hour, on=TODAY, reason="ป่วย")
        about = {"assignment": hamlet.assignment, "kind": "full", "households": 1, "people": 2}
        KitDownload.create(at=MORNING, **about)
        assert broken() == []
        KitDownload.create(at=MORNING + 2 * hour, **about)
        assert len(broken()) == 1
        told.rollback()
