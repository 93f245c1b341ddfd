"""A claim before a zone leader: what is in its way, and what is shown beside it."""

from datetime import timedelta

import pytest

from pwa.domain import Refusal
from pwa.domain.people import accounts
from pwa.domain.register import submissions
from pwa.domain.review import claiming, review, sheets
from tests.claiming import AT, birth, certified, recorded, stay


def found(entry):
    return {check.msgid for check in claiming.checks(submissions.of(entry), None, None)}


@pytest.mark.parametrize(
    "payload, says", [(dict(benefit="luck"), claiming.UNKNOWN_RULE), (dict(event_on="2026-11-29"), claiming.STILL_TO_COME)]
)  # fmt: skip
def test_what_no_rule_is_about_or_is_still_to_come_is_not_certified(app, payload, says):
    entry = recorded(stay() | payload)
    with pytest.raises(Refusal, match=says[:20]):
        review.approve(entry, by=accounts.named("zone-leader"), at=AT + timedelta(days=9))


def test_nobody_certifies_what_they_recorded(app):
    entry = recorded(by="zone-leader")
    with pytest.raises(Refusal):
        review.approve(entry, by=accounts.named("zone-leader"), at=AT)


def test_the_leader_is_told_of_the_same_event_and_of_nights_in_common(app):
    assert found(recorded()) == set()
    certified()
    assert found(recorded(by="volunteer-2")) == {claiming.AGAIN}
    assert found(recorded(stay(admit_on="2026-10-14", event_on="2026-10-18"))) == {claiming.OVERLAPS}
    assert found(recorded(stay(admit_on="2026-10-15", event_on="2026-10-18"))) == set()
    assert found(recorded(birth(event_on="2026-10-15"))) == {claiming.ALSO}


def test_the_sheet_shows_what_the_rules_say(app):
    entry = recorded()
    sheet = sheets.of(entry.entry_id, accounts.named("zone-leader"), at=AT)
    assert sheet.beside.proposal.answer.amount_satang == 60000
    assert sheet.may_decide
