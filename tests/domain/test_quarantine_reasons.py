"""Each reason for quarantine, and whom it keeps from deciding."""

import ast
import json
import uuid
from pathlib import Path

import pytest

from db.models import Account, Return
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import authorship, entries, envelopes, judgement, states
from pwa.domain.custody.phones import Phone
from pwa.domain.desk import cases, quarantine, reasons
from pwa.domain.kinds import forms, kind
from pwa.domain.people import accounts, devices
from pwa.domain.register import register
from pwa.domain.review import counter_decisions, deciders, review
from tests import small_fund
from tests.small_fund import NOW

JUDGES = {
    "on_the_round",
    "about_the_own_house",
    "_reason",
    "_right",
    "_replacing",
    "_gone",
    "of",
    "open_envelope",
    "_read_plaintext",
    "_read_rest",
}
WHY = "โทรถามแล้ว คุณสมหญิงบันทึกเอง"


@pytest.fixture
def fund(kept_fund):
    return kept_fund


def test_every_reason_has_words():
    judged = {"conflict", "fork", "bad_envelope", "unknown_author", "revoked_device", "unproved", "no_right", "no_role"}
    judged |= {"unsigned", "too_far", "no_collecting"}
    read = {"unknown_key", "unsealable", "unknown_form", "form_retired", "bad_payload", "replaces_other", "record_gone"}
    assert judged | read == set(cases.REASONS)


def test_every_reason_that_a_line_can_get_is_told_to_its_author():
    """Every typed reason that a judge returns or an envelope is marked with, read from their sources."""
    given = {word for module in (judgement, envelopes, authorship, kind) for word in reasons_in(Path(module.__file__))}
    assert {"no_right", "no_role", "bad_payload", "unsigned", "unproved"} <= given
    assert given | set(reasons.ALL) | {"other"} <= set(reasons.TOLD)


def reasons_in(path):
    for node in ast.walk(ast.parse(path.read_text())):
        judges = isinstance(node, ast.FunctionDef) and node.name in JUDGES
        for part in ast.walk(node) if judges else ():
            for word in said_by(part):
                if isinstance(word, ast.Constant) and isinstance(word.value, str) and word.value:
                    yield word.value


def said_by(part):
    """What a statement gives back, or writes down as a fault; the last argument of a Proof is its reason."""
    if isinstance(part, ast.Return) and isinstance(part.value, ast.Call):
        return part.value.args[-1:]
    if isinstance(part, ast.Return):
        value = part.value
        return [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
    is_fault = isinstance(part, ast.Assign) and getattr(part.targets[0], "attr", "") == "fault"
    return [part.value] if is_fault else []


def approved_and_undone(fund):
    """A house that was let into the register and taken out again; gives its first entry."""
    first = small_fund.phone(fund).record("household", small_fund.household(), at=NOW, place="canal")
    review.approve(first, by=fund.people["zone-leader"], at=NOW)
    counter_decisions.undo(first, by=fund.people["registrar"], at=NOW, reason="ไม่มีบ้านนี้")
    return first


def visited_again(fund, first, **about):
    subject = entries.opening(first).subject
    return small_fund.phone(fund).record(
        "household", small_fund.household(), at=NOW, place="canal", subject=subject, **about
    )


def test_a_visit_to_a_house_that_was_taken_out_waits_for_a_person(fund):
    first = approved_and_undone(fund)
    review.reject(first, by=fund.people["zone-leader"], at=NOW, reason="ไม่มีบ้านนี้")
    late = visited_again(fund, first, base=1)
    assert (late.outcome, late.reason) == ("quarantined", "record_gone")
    quarantine.accept(late, by=fund.people["registrar"], at=NOW, reason=WHY)
    review.approve(late, by=fund.people["zone-leader"], at=NOW)
    assert register.version(entries.opening(late).subject) > 1


def test_it_is_heard_as_usual_while_the_house_may_come_back_or_when_it_began_with_nothing(fund):
    first = approved_and_undone(fund)
    assert visited_again(fund, first, base=1).outcome == "received", "the first entry waits for another decision"
    other = approved_and_undone(fund)
    review.reject(other, by=fund.people["zone-leader"], at=NOW, reason="ไม่มีบ้านนี้")
    fresh = visited_again(fund, other)
    assert fresh.outcome == "received", "it was recorded as a new house"
    assert visited_again(fund, other, base=1).outcome == "received", "what waits is decided together with it"


def test_what_was_sent_back_is_answered_although_its_house_was_taken_out(fund):
    first = approved_and_undone(fund)
    late = visited_again(fund, first, base=1)
    for entry, verdict in ((first, review.reject), (late, review.send_back)):
        verdict(entry, by=fund.people["zone-leader"], at=NOW, reason="ไปถามอีกครั้ง")
    answer = visited_again(fund, first, base=1, replaces=late.entry_id)
    assert (answer.outcome, states.of(late)) == ("received", "replaced")


def test_nobody_decides_about_their_own(fund):
    leader = fund.people["zone-leader"]
    phone = Phone(leader, at=NOW)
    own = phone.record("household", small_fund.household(), at=NOW, place="hill")
    from_own_phone = Phone(fund.people["volunteer"], at=NOW, device=phone.device)
    accounts_phone = from_own_phone.record("household", small_fund.household(), at=NOW, place="hill")
    for entry, sentence in ((own, deciders.OWN_WORK), (accounts_phone, deciders.OWN_PHONE)):
        assert entry.outcome == "quarantined"
        assert quarantine.objection(entry, leader) == sentence
        with pytest.raises(Refusal):
            quarantine.accept(entry, by=leader, at=NOW, reason=WHY)
        assert quarantine.objection(entry, fund.people["other-zone-leader"]) is None


def test_nobody_decides_about_their_own_household(fund):
    phone = small_fund.phone(fund)
    first = phone.record("household", small_fund.household(), at=NOW, place="canal")
    review.approve(first, by=fund.people["zone-leader"], at=NOW)
    subject = entries.opening(first).subject
    Account.update(person=uuid.uuid5(subject, small_fund.PERSON)).where(Account.handle == "registrar").execute()
    borrowed = Phone(fund.people["volunteer-2"], at=NOW)
    borrowed.account = fund.people["volunteer"]
    entry = borrowed.record("household", small_fund.household(), at=NOW, place="canal", subject=subject, base=1)
    assert quarantine.objection(entry, accounts.named("registrar")) == deciders.OWN_HOUSE


def test_what_cannot_be_checked_is_not_let_in(fund):
    phone, registrar = small_fund.phone(fund), fund.people["registrar"]
    bad = {
        "bad_payload": phone.record("household", {"visit": {}}, at=NOW, place="canal"),
        "unknown_form": phone.record("household", small_fund.household(), at=NOW, place="canal", form="household@9"),
        "no_right": phone.record("household", small_fund.household(), at=NOW, place="atlantis"),
    }
    for reason, entry in bad.items():
        assert entry.reason == reason
        with pytest.raises(Refusal):
            quarantine.accept(entry, by=registrar, at=NOW, reason=WHY)
        quarantine.send_back(entry, by=registrar, at=NOW, reason=WHY)
    assert Return.select().count() == 3


def test_a_fork_can_be_let_in(fund):
    phone = small_fund.phone(fund)
    phone.record("household", small_fund.household(), at=NOW, place="canal")
    phone.seq = 0
    fork = phone.record("household", small_fund.household("7"), at=NOW, place="canal")
    assert fork.reason == "fork"
    quarantine.accept(fork, by=fund.people["registrar"], at=NOW, reason=WHY)
    review.approve(fork, by=fund.people["zone-leader"], at=NOW)


def test_the_entry_of_an_unknown_person_can_be_let_in_and_approved(fund):
    """After a restore an account made since the backup is unknown; what it recorded is not lost."""
    phone = small_fund.phone(fund)
    phone.account = Account(id=uuid.uuid4(), handle="lost", name="?", unit=fund.units["canal"])
    entry = phone.record("household", small_fund.household(), at=NOW, place="canal")
    assert entry.reason == "unknown_author"
    quarantine.accept(entry, by=fund.people["registrar"], at=NOW, reason=WHY)
    review.approve(entry, by=fund.people["zone-leader"], at=NOW)


def test_what_is_not_in_quarantine_is_not_decided_here(fund):
    entry = small_fund.phone(fund).record("household", small_fund.household(), at=NOW, place="canal")
    with pytest.raises(NotFound):
        quarantine.get(entry.entry_id, seen_by=fund.people["registrar"])
    with pytest.raises(Refusal, match="not in quarantine"):
        quarantine.set_aside(entry, by=fund.people["registrar"], at=NOW, reason=WHY)


def test_a_revoked_phone_is_heard(fund):
    phone = small_fund.phone(fund)
    devices.revoke(phone.device.id, by=fund.people["admin"], at=NOW, reason="หาย")
    entry = phone.record("household", small_fund.household(), at=NOW, place="canal")
    assert entry.reason == "revoked_device"
    quarantine.accept(entry, by=fund.people["registrar"], at=NOW, reason=WHY)
    assert json.loads(entries.line(entry))["seq"] == 1


def test_a_form_replaced_long_ago_is_kept_and_may_be_let_in(fund, monkeypatch):
    monkeypatch.setattr(forms, "retired", lambda form, on: True)
    entry = small_fund.phone(fund).record("household", small_fund.household(), at=NOW, place="canal")
    assert (entry.outcome, entry.reason) == ("quarantined", "form_retired")
    quarantine.accept(entry, by=fund.people["registrar"], at=NOW, reason=WHY)
    assert states.of(entry) == "received"
