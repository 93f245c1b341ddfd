"""Told in the tree with `note@1` (test_new_kind): from custody to the decision and back, beside a household and its drafts."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest

import pwa
from pwa.domain.custody import drafts, entries, states
from pwa.domain.custody.phones import Phone
from pwa.domain.kinds import forms
from pwa.domain.operations import promises
from pwa.domain.privacy import dictionary
from pwa.domain.register import register
from pwa.domain.review import counter_decisions, queues, review
from tests import small_fund
from tests.small_fund import MINUTE, NOW

TEXT = "หลังคารั่ว ฝากถาม"
VALUES = {"house": {"number": "45/2"}}


@pytest.fixture
def phone(settled_fund, site):
    """In the tree at hand, with a house that was approved."""
    assert Path(pwa.__file__).is_relative_to(Path.cwd())
    phone = Phone(settled_fund.people["volunteer"], at=NOW)
    phone.home = uuid.uuid4()
    visit = phone.record("household", small_fund.household("77"), at=NOW, place="canal", subject=phone.home)
    review.approve(visit, by=settled_fund.people["zone-leader"], at=NOW + MINUTE)
    return phone


def noted(phone, **about):
    return phone.record("note", {"text": TEXT}, at=NOW + 2 * MINUTE, subject=phone.home, place="canal", **about)


def test_it_is_taken_waits_and_is_decided_about_without_touching_the_record(phone, settled_fund, site):
    before, wrong = register.values(phone.home), promises.check()
    entry, leader = noted(phone), settled_fund.people["zone-leader"]
    assert (entry.outcome, entries.opening(entry).kind, states.of(entry)) == ("received", "note", "received")
    assert entry.id in {item.row.id for item in queues.of(leader, at=NOW + 3 * MINUTE).items}
    browser = site.browser("zone-leader")
    site.clock.at = NOW + 3 * MINUTE
    page = browser.get(f"/review/{entry.entry_id}").get_data(as_text=True)
    assert TEXT in page and "บันทึก" in page
    assert "บันทึก" in browser.get("/review").get_data(as_text=True)
    assert browser.post(f"/review/{entry.entry_id}/approval").status_code in (200, 303)
    assert states.of(entry) == "approved"
    assert (register.version(phone.home), register.values(phone.home)) == (1, before)
    assert promises.check() == wrong
    counter_decisions.undo(entry, by=settled_fund.people["registrar"], at=NOW + timedelta(hours=2), reason="กดผิดบ้าน")
    assert states.of(entry) == "received"
    assert (register.version(phone.home), register.values(phone.home)) == (1, before)
    assert promises.check() == wrong


def test_it_is_returned_with_a_word_at_its_own_field_and_judged_by_its_own_form(phone, settled_fund):
    entry, leader = noted(phone), settled_fund.people["zone-leader"]
    review.send_back(entry, by=leader, at=NOW + 5 * MINUTE, comments={"text": "บ้านไหน"})
    assert states.of(entry) == "returned"
    assert [path for path, _ in forms.problems("note@1", {"text": "", "more": 1})] == ["text", ""]
    assert [path for path, _ in forms.problems("note@1", {"text": TEXT, "told_by": "neighbour"})] == ["told_by_name"]
    bad = phone.record("note", {}, at=NOW + 6 * MINUTE, subject=phone.home, place="canal")
    assert (bad.outcome, bad.reason) == ("quarantined", "bad_payload")
    stranger = Phone(settled_fund.people["registrar"], at=NOW)
    far = stranger.record("note", {"text": TEXT}, at=NOW, subject=phone.home, place="canal")
    assert (far.outcome, far.reason) == ("quarantined", "no_role")
    assert {item.purpose for item in dictionary.items() if item.form == "note@1"} == {
        "To ask about it at the next visit"
    }


def test_it_finishes_a_draft_of_its_own_form_only(phone):
    about = {"at": NOW + MINUTE, "subject": phone.home}
    visit = phone.record("draft", {"form": "household@1", "draft": "one", "values": VALUES}, **about)
    note = phone.record("draft", {"form": "note@1", "draft": "two", "values": {"text": "หลัง"}}, **about)
    noted(phone)
    waiting = {visit.id: visit, note.id: note}
    assert drafts.finished(waiting, phone.account.id) == {note.id}
    phone.record("household", small_fund.household("77"), at=NOW + 9 * MINUTE, place="canal", subject=phone.home)
    assert drafts.finished(waiting, phone.account.id) == {note.id, visit.id}
