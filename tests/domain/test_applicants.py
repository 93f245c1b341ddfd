"""Whether an application is open follows what is approved and resolved, and what is undone of it."""

import uuid
from datetime import date, timedelta

import pytest

from db.models import Application, Fund
from pwa.domain.register import applicants
from pwa.domain.review import admissions, counter_decisions, slips
from tests.hamlets import MORNING, Hamlet, applies, bunma, form, mali

LATER = MORNING + timedelta(days=10)
SITTING = {"board": "3", "meeting": "8/2569", "resolved_on": date(2026, 11, 28)}


@pytest.fixture
def hamlet(app):
    hamlet = Hamlet()
    hamlet.home = uuid.uuid4()
    hamlet.entry = hamlet.approved(form(bunma(**applies()), mali()), subject=hamlet.home)
    return hamlet


def theirs():
    """{whether it says that it is open: whether nothing was resolved} of the village's applications."""
    rows = Application.select(Application.is_open, applicants.still_open()).join(Fund).where(Fund.code == "VF")
    return [(bool(said), bool(true)) for said, true in rows.tuples()]


def resolve(hamlet, accepted, at=LATER):
    [application] = admissions.waiting(hamlet.fund)
    about = dict(SITTING, by=hamlet.registrar, at=at, accepted=accepted, reason="" if accepted else "ไม่ครบ")
    admissions.resolve(hamlet.fund, [application], **about)


def test_it_is_open_until_somebody_resolved(hamlet):
    assert theirs() == [(True, True)]
    resolve(hamlet, accepted=True)
    assert theirs() == [(False, False)]


def test_who_was_refused_and_applies_again_is_open_again(hamlet):
    resolve(hamlet, accepted=False)
    assert theirs() == [(False, False)]
    again = form(bunma(**applies(applied_on="2026-12-01")), mali())
    hamlet.approved(again, subject=hamlet.home, hours=24 * 20, base=1)
    assert theirs() == [(True, True)]


def test_an_undone_approval_takes_the_application_with_it(hamlet):
    visit = hamlet.approved(form(bunma(**applies()), mali()), subject=uuid.uuid4(), hours=2)
    slips.take_back(visit, by=hamlet.leader, at=MORNING + timedelta(hours=3, minutes=1))
    assert theirs() == [(True, True)]
    counter_decisions.undo(hamlet.entry, by=hamlet.second, at=LATER, reason="ผิดบ้าน")
    assert theirs() == []


def test_all_of_them_can_be_asked_anew(hamlet):
    Application.update(is_open=False).where(Application.fund == hamlet.fund).execute()
    applicants.note()
    assert theirs() == [(True, True)]
