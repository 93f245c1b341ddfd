"""The promises about decisions, broken on purpose."""

from datetime import timedelta

import pytest

from db.models import Acceptance, Admission, Approval, Aside, CounterDecision, Entry, Rejection, Return, TakingBack
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import quarantine
from pwa.domain.operations import promises
from pwa.domain.people import takings_back
from pwa.domain.review import review
from tests import databases, small_fund
from tests.small_fund import NOW


@pytest.fixture
def fund(bare_fund):
    return bare_fund


def record(fund, quarantined=False):
    phone = small_fund.phone(fund, "volunteer-2" if quarantined else "volunteer")
    phone.account = fund.people["volunteer"]
    return phone.record("household", small_fund.household(), at=NOW, place="canal")


def add(model, entry, by, turn=0):
    words = {"version": 1} if model is Approval else {"reason": "x"}
    words |= {"turn": turn} if model in (Approval, Return, Rejection) else {}
    account = {"account": by.id if model in (Acceptance, Aside) else by}
    model.create(entry=entry, at=NOW, **account, **words)


def more_than_one(entry):
    return [line for line in promises.check() if line.startswith(f"{entry.entry_id} is in more than one state")]


@pytest.mark.parametrize("pair", [(Approval, Rejection), (Approval, Return), (Return, Rejection)])
def test_it_sees_two_decisions(fund, pair):
    entry = record(fund)
    add(pair[0], entry, fund.people["zone-leader"])
    assert more_than_one(entry) == []
    add(pair[1], entry, fund.people["zone-leader"])
    assert len(more_than_one(entry)) == 1


@pytest.mark.parametrize("model", [Acceptance, Aside])
def test_it_sees_a_received_entry_that_was_treated_as_quarantined(fund, model):
    entry = record(fund)
    add(model, entry, fund.people["zone-leader"])
    assert len(more_than_one(entry)) == 1


def test_it_sees_a_quarantined_entry_that_was_approved_without_being_let_in(fund):
    entry = record(fund, quarantined=True)
    assert more_than_one(entry) == []
    add(Approval, entry, fund.people["zone-leader"])
    assert len(more_than_one(entry)) == 1


def test_it_accepts_what_people_really_do(fund):
    leader = fund.people["zone-leader"]
    returned, accepted, replaced, aside = record(fund), record(fund, True), record(fund), record(fund, True)
    review.send_back(returned, by=leader, at=NOW, reason="ดูอีกครั้ง")
    quarantine.accept(accepted, by=leader, at=NOW, reason="ถามแล้ว")
    review.reject(accepted, by=leader, at=NOW, reason="นอกเขต")
    quarantine.set_aside(aside, by=leader, at=NOW, reason="ทดลอง")
    for old in (returned, replaced):
        phone = Phone(fund.people["volunteer"], at=NOW)
        phone.record("household", small_fund.household(), at=NOW, place="canal", replaces=old.entry_id)
    assert promises.check() == []


@pytest.mark.parametrize("model", [Approval, Return, Rejection])
def test_it_sees_a_decision_about_ones_own(fund, model):
    entry = record(fund)
    add(model, entry, fund.people["volunteer"])
    assert any("was decided by who brought it (volunteer)" in line for line in promises.check())


def test_it_sees_a_decision_by_the_importer(fund):
    entry = record(fund)
    databases.thaw("entry", "update")
    Entry.update(imported_by=fund.people["zone-leader"].id).execute()
    add(Return, entry, fund.people["zone-leader"])
    assert any("was decided by who brought it" in line for line in promises.check())


def undone(entry, by, turn=0, at=NOW, slip=None):
    CounterDecision.create(entry=entry, turn=turn, account=by, at=at, reason="x", slip=slip)


def test_it_sees_a_slip_that_was_none(fund):
    leader, registrar = fund.people["zone-leader"], fund.people["registrar"]
    good, late, other = record(fund), record(fund), record(fund)
    for entry in (good, late, other):
        add(Rejection, entry, leader)
    undone(good, leader, slip=True, at=NOW + timedelta(minutes=10))
    assert promises.check() == []
    undone(late, leader, slip=True, at=NOW + timedelta(minutes=11))
    undone(other, registrar, slip=True)
    assert len([line for line in promises.check() if "taken back too late" in line]) == 2


def test_it_sees_a_decision_undone_by_who_made_it_and_one_made_while_the_last_stood(fund):
    entry, leader, registrar = record(fund), fund.people["zone-leader"], fund.people["registrar"]
    add(Rejection, entry, leader)
    undone(entry, registrar)
    add(Return, entry, leader, turn=1)
    assert promises.check() == []
    undone(entry, leader, turn=1)
    add(Rejection, entry, leader, turn=3)
    undone(record(fund), registrar)
    said = " ".join(promises.check())
    assert "was undone by who made it" in said and "while the one before stood" in said and "does not undo one" in said


def test_it_sees_what_was_taken_back_by_another_too_late_or_was_never_there(fund):
    for by, minutes in (("zone-leader", 1), ("registrar", 11)):
        entry = record(fund, quarantined=True)
        quarantine.set_aside(entry, by=fund.people["registrar"], at=NOW, reason="x")
        at = NOW + timedelta(minutes=minutes)
        takings_back.take(quarantine.decision(entry), by=fund.people[by], at=at)
    TakingBack.create(kind="finding", row=99, account=fund.people["registrar"].id, at=NOW)
    broken = promises.check()
    assert sum("taken back too late" in line for line in broken) == 2
    assert "The finding 99 was taken back, and there is none." in broken


def test_it_sees_two_that_stand_beside_each_other(fund):
    entry = record(fund, quarantined=True)
    for turn in (0, 1):
        Aside.create(entry=entry, turn=turn, account=fund.people["registrar"].id, at=NOW, reason="x")
    assert sum("stands beside another one" in line for line in promises.check()) == 1


def test_it_sees_an_admission_that_somebody_else_took_back_or_too_late(fund):
    registrar, about = fund.people["registrar"], dict(fund=fund.fund, kind="new", accepted=False, at=NOW)
    for minutes, by in ((9, "registrar"), (11, "registrar"), (5, "zone-leader")):
        made = Admission.create(person=registrar.id, account=registrar, **about)
        takings_back.take(made, by=fund.people[by], at=NOW + timedelta(minutes=minutes))
    TakingBack.create(kind="admission", row=99, account=registrar.id, at=NOW)
    broken = promises.check()
    assert sum(line.startswith("The admission") and "taken back too late" in line for line in broken) == 2
    assert "The admission 99 was taken back, and there is none." in broken
