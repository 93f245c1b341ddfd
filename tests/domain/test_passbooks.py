"""A passbook that a later visit read otherwise than the books is found; it changes nothing in them by itself."""

import runpy
import uuid
from datetime import date, timedelta

import pytest

import db
from db.models import Application, Membership
from pwa.domain.fund import passbooks
from pwa.domain.fund.passbooks import Difference
from pwa.domain.operations import summary_promises
from pwa.domain.register import applicants
from pwa.domain.review import admission_slips, admissions, counter_decisions
from tests.hamlets import MORNING, Hamlet, applies, bunma, form, holds, mali
from tests.statements import listening

CONFIRMED = MORNING + timedelta(hours=10)
NOVEMBER, DECEMBER = date(2026, 11, 30), date(2026, 12, 31)


@pytest.fixture
def hamlet(app):
    """A member by the passbook, confirmed; the house is visited again."""
    hamlet = Hamlet()
    hamlet.home, hamlet.versions = uuid.uuid4(), 1
    hamlet.approved(form(bunma(**holds()), mali()), subject=hamlet.home)
    [claim] = admissions.waiting(hamlet.fund)
    admissions.confirm(claim, accepted=True, by=hamlet.registrar, at=CONFIRMED)
    return hamlet


def visited(hamlet, hours=24, **read):
    person = holds()
    person["passbook"] |= read
    entry = hamlet.approved(form(bunma(**person), mali()), subject=hamlet.home, hours=hours, base=hamlet.versions)
    hamlet.versions += 1
    return entry


def doubts(hamlet):
    assert list(summary_promises.applications_are_open_until_resolved()) == []
    return passbooks.doubts(hamlet.fund)


def test_what_was_confirmed_agrees(hamlet):
    assert doubts(hamlet) == []
    visited(hamlet)
    assert doubts(hamlet) == [], "read again, the same"


def test_a_later_page_is_a_doubt_and_changes_no_book(hamlet):
    entry = visited(hamlet, paid_through="2026-12-31")
    [doubt] = doubts(hamlet)
    assert doubt.differences == (Difference("paid_through", NOVEMBER, DECEMBER),)
    assert (doubt.entry, doubt.person.first_name, doubt.membership.number) == (entry, "บุญมา", "02-0147")
    assert doubt.person.household.place.code == "V1A"
    assert Membership.get_by_id(doubt.membership.id).paid_through == NOVEMBER


def test_every_field_is_compared(hamlet):
    visited(hamlet, number="02-0174", joined_on="2021-05-01", paid_through="2026-10-31")
    [doubt] = doubts(hamlet)
    assert [one.field for one in doubt.differences] == list(passbooks.FIELDS)


def test_thai_digits_are_no_difference(hamlet):
    visited(hamlet, number="๐๒-๐๑๔๗")
    assert doubts(hamlet) == []


def test_what_is_read_right_again_is_no_doubt_any_more(hamlet):
    visited(hamlet, paid_through="2026-12-31")
    visited(hamlet, hours=48)
    assert doubts(hamlet) == []


def test_an_undone_visit_takes_its_doubt_along(hamlet):
    entry = visited(hamlet, paid_through="2026-12-31")
    counter_decisions.undo(entry, by=hamlet.second, at=MORNING + timedelta(hours=40), reason="อ่านผิด")
    assert doubts(hamlet) == []


def test_a_confirmation_that_was_taken_back_leaves_no_doubt(app):
    hamlet = Hamlet()
    hamlet.approved(form(bunma(**holds()), mali()))
    [claim] = admissions.waiting(hamlet.fund)
    admissions.confirm(claim, accepted=True, by=hamlet.registrar, at=CONFIRMED)
    made = admissions.decision(claim)
    admission_slips.take_back(made.id, by=hamlet.registrar, at=CONFIRMED + timedelta(minutes=1), fund=hamlet.fund)
    assert doubts(hamlet) == []


def test_a_new_member_whose_passbook_says_something_else_is_a_doubt(app):
    hamlet = Hamlet()
    hamlet.home, hamlet.versions = uuid.uuid4(), 1
    hamlet.approved(form(bunma(**applies()), mali()), subject=hamlet.home)
    sitting = {"board": "3", "meeting": "8/2569", "resolved_on": date(2026, 11, 20)}
    waiting = admissions.waiting(hamlet.fund)
    admissions.resolve(hamlet.fund, waiting, accepted=True, by=hamlet.registrar, at=CONFIRMED, **sitting)
    visited(hamlet)
    [doubt] = doubts(hamlet)
    assert {one.field: one.book for one in doubt.differences}["paid_through"] is None


def test_all_of_them_can_be_marked_anew(hamlet):
    visited(hamlet, paid_through="2026-12-31")
    Application.update(told_since=False).execute()
    assert len(list(summary_promises.applications_are_open_until_resolved())) == 1
    applicants.note()
    assert len(doubts(hamlet)) == 1


def test_nobody_else_is_opened(hamlet):
    """The marked ones alone: one query where there are none."""
    with listening() as asked:
        assert passbooks.doubts(hamlet.fund) == []
    assert len(asked) == 1


def test_an_older_database_is_marked_as_it_is_brought_up(hamlet):
    visited(hamlet, paid_through="2026-12-31")
    Application.update(told_since=False).execute()
    told = runpy.run_path(str(db.MIGRATIONS / "0023_told_since.py"))["TOLD"]
    db.database.execute_sql(told.format(yes="TRUE" if db.is_postgres() else "1"))
    assert len(doubts(hamlet)) == 1
