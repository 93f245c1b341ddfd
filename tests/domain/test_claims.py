"""One event is one claim, whoever tells of it, and its acts are rows that nobody changes."""

import pytest
from peewee import DatabaseError

from db.models import Claim, ClaimAct, ClaimEntry
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import claims
from pwa.domain.people import accounts
from pwa.domain.review import counter_decisions, review
from tests.claiming import AT, TODAY, birth, certified, recorded, stay


def test_a_certificate_begins_a_claim(app):
    one = certified()
    assert (one.state, [act.kind for act in one.acts]) == ("certified", ["certify"])
    assert one.said == {"benefit": "illness", "subject": "member", "nth": 1}
    payload, filed_on, _ = claims.told(one.claim)
    assert (payload["admit_on"], filed_on) == ("2026-10-12", TODAY)


def test_the_same_event_told_twice_is_one_claim(app):
    first = certified()
    second = certified(stay(note="จดอีกเครื่อง"), recorder="volunteer-2")
    assert first.claim == second.claim and len(second.acts) == 1
    assert (Claim.select().count(), ClaimEntry.select().count()) == (1, 2)
    assert claims.told(first.claim)[0]["note"] == "จดอีกเครื่อง"
    twin = certified(birth())
    assert certified(birth(nth=2)).claim != twin.claim


def test_what_is_undone_waits_no_more_unless_another_entry_tells_of_it(app):
    entry, other = recorded(), recorded(by="volunteer-2")
    for one in (entry, other):
        review.approve(one, by=accounts.named("zone-leader"), at=AT)
    claim = entry.claims.get().claim
    undone = dict(by=accounts.named("registrar"), at=AT, reason="ผิดคน")
    counter_decisions.undo(other, **undone)
    assert claims.of(claim).state == "certified"
    counter_decisions.undo(entry, **undone)
    assert claims.of(claim).state == "withdrawn"
    with pytest.raises(NotFound):
        claims.told(claim)
    review.approve(entry, by=accounts.named("zone-leader"), at=AT)
    assert claims.of(claim).state == "certified"


def test_an_act_that_may_not_follow_is_refused(app):
    one, by = certified(), accounts.named("committee")
    with pytest.raises(Refusal):
        claims.act(one.claim, "grant", by=by, at=AT)
    assert len(claims.of(one.claim).acts) == 1


@pytest.mark.parametrize("model", [Claim, ClaimEntry, ClaimAct])
@pytest.mark.parametrize("verb", ["delete", "update"])
def test_nothing_of_it_changes(app, model, verb):
    certified()
    with pytest.raises(DatabaseError, match="append-only"):
        (model.delete() if verb == "delete" else model.update(at=AT)).execute()


def test_benefit_and_reason_are_not_to_be_read_in_the_file(app):
    one = certified()
    act = claims.act(one.claim, "propose", by=accounts.named("registrar"), at=AT, said="ป่วยจริง")
    row = Claim.get()
    assert b"illness" not in bytes(row.said) and claims.said_of(act) == "ป่วยจริง"
    assert "ป่วย".encode() not in bytes(act.said)
