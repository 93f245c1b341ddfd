"""A claim before a zone leader: what is in its way, and what is shown beside it."""

from datetime import timedelta

import pytest

from pwa.domain import Refusal
from pwa.domain.people import accounts
from pwa.domain.register import submissions, tables
from pwa.domain.review import claiming, review, sheets
from tests.claiming import AT, CHILD, birth, certified, child, owner, recorded, stay, visited


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


def test_the_leader_is_told_of_a_payee_who_is_not_of_age_from_the_birthday_on_no_more(app):
    """Twenty years on the day of the event: born a day later they take nothing alone, nor does a child of this month."""
    home = visited(child())
    named = {"type": "other", "person": str(tables.person_id(home.id, CHILD)), "name": "ใบบัว ตัวอย่าง", "share": 100}
    assert found(recorded(stay(payees=[named | {"how": "cash"}]))) == {claiming.YOUNG_PAYEE}
    visited(owner(birth_date="2006-10-16"))
    assert claiming.YOUNG_PAYEE in found(recorded(stay(nth=2)))
    visited(owner(birth_date="2006-10-15"))
    assert claiming.YOUNG_PAYEE not in found(recorded(stay(nth=3)))


def test_the_leader_is_told_of_a_payee_who_died_and_not_of_their_age(app):
    visited(owner(birth_date="2010-01-01", gone="died", gone_on="2026-11-20"))
    assert found(recorded()) == {claiming.DEAD_PAYEE}


def test_the_sheet_shows_what_the_rules_say(app):
    entry = recorded()
    sheet = sheets.of(entry.entry_id, accounts.named("zone-leader"), at=AT)
    assert sheet.beside.proposal.answer.amount_satang == 60000
    assert sheet.may_decide
