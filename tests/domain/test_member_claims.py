"""Where a member's claims are, from the doorstep to the money in the hand."""

from datetime import date, timedelta

from db.models import Person
from pwa.domain.fund import claim_payments, member_claims
from pwa.domain.people import accounts
from pwa.domain.review import review
from tests.claim_paying import pay, payment
from tests.claiming import AT, TODAY, birth, decided, house_of, member, recorded, stay, typed


def mine():
    return member_claims.of(Person.get_by_id(member().person))


def test_each_step_is_told(treasurer):
    entry = recorded()
    (one,) = mine()
    assert (one.state, one.done, one.satang, one.filed_on) == ("received", 1, 60000, TODAY)
    assert (one.due_on, one.days_used(TODAY + timedelta(4))) == (TODAY + timedelta(30), 4)
    review.approve(entry, by=accounts.named("zone-leader"), at=AT)
    assert [(one.state, one.done) for one in mine()] == [("certified", 2)]
    granted = decided()
    assert [(one.state, one.done, one.decision.amount_satang, one.due_on) for one in mine()] == [
        ("granted", 3, 60000, None)
    ]
    claim_payments.hold(payment(granted), by=treasurer, at=AT)
    pay(payment(granted), treasurer)
    assert mine()[0].done == 4
    claim_payments.receive(payment(granted), by=treasurer, at=AT)
    assert mine()[0].done == 5


def test_why_a_decision_gives_what_it_gives_stays(app):
    decided(stay(evidence=[]), accepted=False, reason="ไม่มีใบรับรองแพทย์")
    (one,) = mine()
    assert (one.state, one.done, one.decision.reason, one.satang) == ("refused", 3, "ไม่มีใบรับรองแพทย์", 0)
    assert "evidence" in {each.code for each in one.answer.conditions if not each.passed}


def test_the_newest_event_comes_first_and_nobody_elses(app):
    typed(birth())
    recorded()
    assert [one.event_on for one in mine()] == [date(2026, 10, 15), date(2026, 9, 1)]
    neighbours = Person.select().where(Person.household == house_of(member().person), Person.id != member().person)
    assert [member_claims.of(one) for one in neighbours] == [[] for _ in neighbours]


def test_what_was_returned_or_rejected_is_told_too(app):
    leader = accounts.named("zone-leader")
    review.send_back(recorded(), by=leader, at=AT, reason="ถ่ายใบรับรองให้ชัด")
    review.reject(recorded(birth()), by=leader, at=AT, reason="ลูกของบ้านอื่น")
    assert {one.state for one in mine()} == {"returned", "rejected"}
