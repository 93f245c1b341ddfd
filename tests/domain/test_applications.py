"""Only the application that was seen is decided: one that changed meanwhile, or whose place another one took, is refused."""

import uuid
from datetime import date, timedelta

import pytest

from db.models import Admission, Membership
from pwa.domain import NotFound, Refusal
from pwa.domain.register import applications
from pwa.domain.review import admissions, slips
from tests.hamlets import MORNING, Hamlet, applies, bunma, form, holds

LATER = MORNING + timedelta(hours=1, minutes=5)
SITTING = {"board": "3", "meeting": "8/2569", "resolved_on": date(2026, 11, 20)}


@pytest.fixture
def hamlet(app):
    return Hamlet()


@pytest.fixture
def entry(hamlet):
    return hamlet.approved(form(bunma(**applies())), subject=uuid.uuid4())


def resolve(hamlet, asked):
    admissions.resolve(hamlet.fund, asked, accepted=True, by=hamlet.registrar, at=LATER, **SITTING)


def test_it_finds_what_a_page_named(hamlet, entry):
    [asked] = admissions.waiting(hamlet.fund)
    for name in (applications.named(asked), str(asked.id)):
        assert [one.id for one in applications.chosen(hamlet.fund, [name, name])] == [asked.id]
    for odd in (str(asked.id + 1), "x", "", "-", "9" * 30, "๑"):
        with pytest.raises(NotFound):
            applications.chosen(hamlet.fund, [applications.named(asked), odd])
    with pytest.raises(Refusal):
        applications.chosen(hamlet.fund, [f"{asked.id}-{asked.entry_id + 1}"])


def test_nobody_is_admitted_whose_approval_was_taken_back_meanwhile(hamlet, entry):
    asked = admissions.waiting(hamlet.fund)
    slips.take_back(entry, by=hamlet.leader, at=LATER)
    with pytest.raises(Refusal, match="changed meanwhile"):
        resolve(hamlet, asked)
    assert not Admission.select().where(Admission.fund == hamlet.fund).exists()


def test_nobody_is_confirmed_by_a_passbook_that_was_taken_back_meanwhile(hamlet):
    entry = hamlet.approved(form(bunma(**holds())))
    [asked] = admissions.waiting(hamlet.fund)
    slips.take_back(entry, by=hamlet.leader, at=LATER)
    with pytest.raises(Refusal, match="changed meanwhile"):
        admissions.confirm(asked, accepted=True, by=hamlet.registrar, at=LATER)
    assert not Membership.select().where(Membership.fund == hamlet.fund).exists()


def test_what_stands_on_a_newer_entry_is_looked_at_again(hamlet):
    home = uuid.uuid4()
    hamlet.approved(form(bunma(**applies())), subject=home)
    asked = admissions.waiting(hamlet.fund)
    hamlet.approved(form(bunma(**applies(applied_on="2026-11-19"))), subject=home, base=1)
    with pytest.raises(Refusal, match="changed meanwhile"):
        resolve(hamlet, asked)
    resolve(hamlet, admissions.waiting(hamlet.fund))
