"""ควรทบทวน: what changes under a decision is found, with what changed and the new sum; what does not concern it is not."""

from datetime import timedelta

import db
from db.models import Membership, Person
from pwa.domain.fund import claim_changes, claim_lists, claim_looks, claims
from pwa.domain.people import accounts
from pwa.domain.review import claim_decisions, claim_reviews, counter_decisions
from tests.claiming import AT, decided, looked_at, member, stay


def test_nothing_has_changed_under_a_fresh_decision(app):
    one = decided()
    assert claim_changes.of(one) is None
    decided(stay(admit_on="2026-10-20", event_on="2026-10-25"))
    assert claim_changes.of(claims.of(one.claim)) is None, "what was decided later never alters an earlier one"


def test_a_cap_that_an_earlier_decision_gives_back(app):
    """600 and 400 of 1,000 a year; the first is clawed back: the second would be 600 now."""
    first, second = decided(), decided(stay(admit_on="2026-10-20", event_on="2026-10-25"))
    assert second.last("grant").amount_satang == 40000
    looked_at(first, "claw_back", amount_satang=0, reason="ใบรับรองปลอม")
    change = claim_changes.of(claims.of(second.claim))
    assert change.satang == 60000
    assert "cap_period" in {(now or before).code for before, now in change.conditions}
    after = looked_at(second, "top_up", amount_satang=60000, reason="เพดานเหลือ")
    assert claim_changes.of(after) is None


def test_what_a_meeting_let_stand_is_not_asked_again(app):
    first, second = decided(), decided(stay(admit_on="2026-10-20", event_on="2026-10-25"))
    claim_decisions.reopen(first.claim, reason="อุทธรณ์", by=accounts.named("registrar"), at=AT)
    assert claim_changes.of(claims.of(second.claim)).satang == 60000
    assert claim_changes.of(looked_at(second, "uphold")) is None


def test_a_certificate_taken_back(app):
    one = decided()
    counter_decisions.undo(claims.telling(one.claim)[0], by=accounts.named("registrar"), at=AT, reason="เห็นผิด")
    change = claim_changes.of(claims.of(one.claim))
    assert (change.known, change.satang) == (None, 0)


def test_who_turns_out_to_be_no_member(app):
    one = decided()
    with db.database.atomic() as all_of_it:
        other = Person.get(Person.id != member().person).id
        Membership.update(person=other).where(Membership.id == member().id).execute()
        change = claim_changes.of(claims.of(one.claim))
        assert (change.satang, change.known.membership) == (0, None)
        all_of_it.rollback()


def test_the_lists_tell_what_a_look_found_and_look_again_where_something_happened(app):
    """The first is reopened: the second would be more. Found at the next look; resolved, it is gone from the lists."""
    first, second = decided(), decided(stay(admit_on="2026-10-20", event_on="2026-10-25"))
    night = AT - timedelta(hours=5)
    assert claim_changes.look(at=AT, before=night) == 2 and claim_changes.look(at=AT, before=night) == 0
    claim_decisions.reopen(first.claim, reason="อุทธรณ์", by=accounts.named("registrar"), at=AT)
    assert claim_reviews.waiting(first.claim.fund) == []
    assert claim_changes.look(at=AT, before=night) == 2
    assert [row.claim for row in claim_reviews.waiting(first.claim.fund)] == [second.claim]
    assert [row.claim for row in claim_lists.of(accounts.named("auditor"), "granted", only=[claim_looks.is_due()])] == [
        second.claim
    ]
    looked_at(second, "top_up", amount_satang=60000, reason="เพดานเหลือ")
    claim_changes.look(at=AT, before=night)
    assert claim_reviews.waiting(first.claim.fund) == []


def test_a_receipt_that_does_not_count_after_all_is_a_reason_to_look(app):
    one = decided()
    claim_changes.look(at=AT, before=AT)
    claim_looks.stir([one.claim.person])
    assert claim_changes.look(at=AT, before=AT) == 1
