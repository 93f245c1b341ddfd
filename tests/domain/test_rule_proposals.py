"""A draft put in force by two, on their own devices: never twice, never on a replaced base, never over what is decided or open."""

import json
from datetime import date, timedelta

import pytest

from db.models import Fund, Regulation, Resolution, RuleProposal, RuleProposalEnd
from pwa.domain import Refusal
from pwa.domain.desk import tasks
from pwa.domain.fund import rule_drafts, rule_proposals, versions
from pwa.domain.operations import fund_promises
from pwa.domain.people import accounts, devices, sessions
from tests.claiming import AT, certified, decided

SITTING = {"board": "ประชุมใหญ่", "meeting": "1/2569", "resolved_on": date(2026, 9, 14)}
STARTS = date(2027, 1, 1)
NOW = AT + timedelta(hours=1)
SHARE, SUM = ("splits", 0, "pots", 0, "share"), ("benefits", 0, "clauses", 0, "amounts", 0, "satang")


@pytest.fixture
def fund(app):
    return Fund.get(Fund.code == "F1")


def draft_of(fund, *changes, source=""):
    made = rule_drafts.begin(fund, source, by=accounts.named("committee"), at=NOW)
    return saved(made, *changes) if changes else made


def saved(draft, *changes):
    about = dict(seen=draft.save.n, by=accounts.named("committee"), at=NOW)
    return rule_drafts.save(draft, list(changes), **about)


def proposed(draft, by="committee", device=None, **about):
    told = dict(seen=draft.save.n, starts_on=STARTS, sitting=SITTING, decided_stay=False) | about
    return rule_proposals.propose(draft, by=accounts.named(by), device=device, at=NOW, **told)


def confirmed(proposal, by="registrar", device=None):
    return rule_proposals.confirm(proposal, by=accounts.named(by), device=device, at=NOW)


def refused(act, *args, **about):
    before = counts()
    with pytest.raises(Refusal) as no:
        act(*args, **about)
    assert counts() == before, "nothing half-done"
    return no.value


def counts():
    return [table.select().count() for table in (Regulation, Resolution, RuleProposal, RuleProposalEnd)]


def without(fund, code):
    """A draft of the version in force that no longer gives a benefit."""
    draft = draft_of(fund)
    at = next(at for at, one in enumerate(draft.tree["benefits"]) if one["code"] == code)
    return saved(draft, (("benefits", at), ""), *no_urgent(draft, code))


def no_urgent(draft, code):
    urgent = draft.tree["settings"].get("urgent")
    return [(("settings", "urgent"), "")] if urgent and code in urgent["benefits"] else []


def test_two_put_the_very_text_in_force_and_it_is_kept_for_good(fund):
    last = versions.of_fund(fund)[-1]
    draft = draft_of(fund, (("name",), "ระเบียบใหม่"))
    proposal = proposed(draft)
    assert proposed(draft) == proposal and tasks.rule_proposals(accounts.named("registrar"), at=NOW)[0] == 1
    assert tasks.rule_proposals(accounts.named("committee"), at=NOW)[0] == 0
    assert versions.of_fund(fund)[-1] == last, "nothing holds before the second word"
    made = confirmed(proposal)
    assert confirmed(proposal) == made and Regulation.select().where(Regulation.fund == fund).count() == 3
    told = json.loads(bytes(made.document))
    assert (told["name"], told["official"], told["in_force_from"], told["version"]) == (
        "ระเบียบใหม่",
        True,
        "2027-01-01",
        3,
    )
    assert told["resolution"] == {"board": "ประชุมใหญ่", "sitting": "1/2569", "on": "2026-09-14"}
    assert (made.drafted_by.handle, made.enforced_by.handle, made.replaces) == ("committee", "registrar", last)
    assert list(fund_promises.regulations_are_as_two_put_them_in_force()) == []
    refused(rule_drafts.save, draft, [(("name",), "x")], seen=draft.save.n, by=made.enforced_by, at=made.at)
    assert refused(proposed, draft).message == rule_drafts.ENFORCED
    assert rule_drafts.enforced(fund) == {draft.row.id}


def test_the_first_one_does_not_confirm_and_nobody_on_the_firsts_device(fund):
    at, committee = NOW, accounts.named("committee")
    device = devices.register(at=at)
    sessions.start(committee, device=device, at=at)
    proposal = proposed(draft_of(fund), device=device.id)
    assert refused(confirmed, proposal, "committee").message == rule_proposals.SELF
    assert refused(confirmed, proposal, "registrar", device=device.id).message == rule_proposals.OWN_DEVICE
    for handle in ("treasurer", "auditor", "zone-leader"):
        assert refused(confirmed, proposal, handle).message == rule_proposals.NOT_YOURS
    assert confirmed(proposal, "registrar", devices.register(at=at).id).version == 3


def test_of_two_drafts_of_one_base_the_second_is_refused_whichever_way_they_come(fund):
    first, second = draft_of(fund, (("name",), "หนึ่ง")), draft_of(fund, (("name",), "สอง"))
    one, other = proposed(first), proposed(second, starts_on=STARTS + timedelta(days=1))
    confirmed(one)
    no = refused(confirmed, other)
    assert no.values == {"replaces": 2, "last": 3}
    third = draft_of(fund)
    confirmed(proposed(third, starts_on=STARTS + timedelta(days=2)))
    assert refused(proposed, second, "committee-2").message == rule_proposals.WAITS
    rule_proposals.decline(other, reason="ฉบับอื่นใช้แล้ว", by=accounts.named("committee"), device=None, at=NOW)
    assert refused(proposed, second).values == {"replaces": 2, "last": 4}


def test_a_draft_changed_after_it_was_proposed_is_proposed_anew(fund):
    draft = draft_of(fund)
    proposal = proposed(draft)
    later = saved(draft, (("name",), "แก้หลังเสนอ"))
    assert refused(confirmed, proposal).message == rule_proposals.CHANGED
    assert refused(proposed, draft).message == rule_proposals.CHANGED, "nobody proposes what they did not see"
    assert json.loads(bytes(confirmed(proposed(later)).document))["name"] == "แก้หลังเสนอ"


def test_what_is_not_whole_is_not_proposed(fund):
    for change in (
        (SHARE, "49.99"),
        (SUM, "ห้าร้อย"),
        (("benefits", 5, "clauses", 0, "amounts", 0, "rows", 2, "n"), "0"),
    ):
        draft = draft_of(fund, change, source="example-all-shapes")
        assert refused(proposed, draft).message == rule_proposals.NOT_WHOLE


def test_bad_first_days_are_refused(fund):
    draft = draft_of(fund)
    assert refused(proposed, draft, starts_on=None).field == "in_force_from"
    assert refused(proposed, draft, starts_on=date(2040, 1, 1)).field == "in_force_from"
    assert refused(proposed, draft, starts_on=date(2026, 1, 1)).field == "in_force_from", (
        "another version begins that day"
    )


def test_a_first_day_before_decided_events_needs_the_resolutions_word(fund):
    decided()
    draft = draft_of(fund)
    no = refused(proposed, draft, starts_on=date(2026, 10, 1))
    assert no.message == versions.DECIDED and no.values["count"] == 1
    made = confirmed(proposed(draft, starts_on=date(2026, 10, 1), decided_stay=True))
    assert len(versions.staying(made)) == 1


def test_a_decision_between_the_two_words_is_not_overrun(fund):
    proposal = proposed(draft_of(fund), starts_on=date(2026, 10, 1))
    decided()
    assert refused(confirmed, proposal).message == versions.DECIDED


def test_a_benefit_with_open_claims_is_named_and_not_taken_away(fund):
    certified()
    draft = without(fund, "illness")
    no = refused(proposed, draft, starts_on=date(2026, 10, 1))
    assert no.message == versions.CLAIMED and (no.values["count"], no.values["first"]) == (1, date(2026, 10, 15))
    assert "โรงพยาบาล" in no.values["benefit"]
    assert proposed(draft).starts_on == STARTS, "a claim of before that day keeps its version"


def test_whoever_does_not_agree_says_why_and_the_draft_goes_on(fund):
    draft = draft_of(fund)
    proposal = proposed(draft)
    about = dict(by=accounts.named("registrar"), device=None, at=NOW)
    with pytest.raises(Refusal):
        rule_proposals.decline(proposal, reason=" ", **about)
    for _ in range(2):
        rule_proposals.decline(proposal, reason="ขอแก้ข้อ 17", **about)
    assert [one.reason for one in rule_proposals.ends(draft)] == ["ขอแก้ข้อ 17"]
    assert refused(confirmed, proposal).message == rule_proposals.OVER
    assert rule_proposals.waiting(draft) is None and proposed(draft) != proposal
