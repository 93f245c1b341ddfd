"""Whether an application is open follows what is approved and resolved, and what is undone of it."""

import uuid
from datetime import date, timedelta

import pytest

from db.models import Application, Fund
from pwa.domain.register import applicants
from pwa.domain.review import admissions, counter_decisions, slips
from tests.villages import MORNING, Village, applies, bunma, form, mali

LATER = MORNING + timedelta(days=10)
SITTING = {"board": "3", "meeting": "8/2569", "resolved_on": date(2026, 11, 28)}


@pytest.fixture
def village(app):
    village = Village()
    village.home = uuid.uuid4()
    village.entry = village.approved(form(bunma(**applies()), mali()), subject=village.home)
    return village


def theirs():
    """{whether it says that it is open: whether nothing was resolved} of the village's applications."""
    rows = Application.select(Application.is_open, applicants.still_open()).join(Fund).where(Fund.code == "VF")
    return [(bool(said), bool(true)) for said, true in rows.tuples()]


def resolve(village, accepted, at=LATER):
    [application] = admissions.waiting(village.fund)
    about = dict(SITTING, by=village.registrar, at=at, accepted=accepted, reason="" if accepted else "ไม่ครบ")
    admissions.resolve(village.fund, [application], **about)


def test_it_is_open_until_somebody_resolved(village):
    assert theirs() == [(True, True)]
    resolve(village, accepted=True)
    assert theirs() == [(False, False)]


def test_who_was_refused_and_applies_again_is_open_again(village):
    resolve(village, accepted=False)
    assert theirs() == [(False, False)]
    again = form(bunma(**applies(applied_on="2026-12-01")), mali())
    village.approved(again, subject=village.home, hours=24 * 20, base=1)
    assert theirs() == [(True, True)]


def test_an_undone_approval_takes_the_application_with_it(village):
    visit = village.approved(form(bunma(**applies()), mali()), subject=uuid.uuid4(), hours=2)
    slips.take_back(visit, by=village.leader, at=MORNING + timedelta(hours=3, minutes=1))
    assert theirs() == [(True, True)]
    counter_decisions.undo(village.entry, by=village.second, at=LATER, reason="ผิดบ้าน")
    assert theirs() == []


def test_all_of_them_can_be_asked_anew(village):
    Application.update(is_open=False).where(Application.fund == village.fund).execute()
    applicants.note()
    assert theirs() == [(True, True)]
