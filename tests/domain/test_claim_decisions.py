"""What the committee may grant, who says so, and what is kept of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import db
from db.models import Account, ClaimAct
from pwa.domain import Refusal
from pwa.domain.fund import claims
from pwa.domain.fund import decided as frozen
from pwa.domain.people import accounts
from pwa.domain.review import claim_decisions, counter_decisions
from tests.claiming import AT, TODAY, birth, certified, decided, member, sitting, stay, told, typed


def test_two_of_the_committee_grant_what_the_rules_give(app):
    one = decided()
    assert (one.state, [act.kind for act in one.acts]) == ("granted", ["certify", "propose", "grant"])
    kept = frozen.of(one.last("grant"))
    assert (kept.amount_satang, kept.answer.amount_satang, kept.answer.version) == (60000, 60000, 2)
    assert [(to["name"], to["satang"]) for to in kept.payees] == [("บุญมี ตัวอย่าง", 60000)]
    assert one.last("grant").resolution.meeting == "12/2569"


def test_what_was_granted_is_used_by_the_next(app):
    decided()
    second = certified(stay(admit_on="2026-10-20", event_on="2026-10-25"))
    assert told(second).answer.amount_satang == 40000
    again = decided(stay(admit_on="2026-10-20", event_on="2026-10-25"))
    assert again.last("grant").amount_satang == 40000
    assert told(certified(stay(admit_on="2026-09-01", event_on="2026-09-03"))).answer.amount_satang == 0


def test_payees_share_to_the_satang(app):
    payees = [
        {"type": "other", "name": f"ผู้รับ {n}", "share": share, "how": "cash"} for n, share in ((1, 33), (2, 33), (3, 34))
    ]
    kept = frozen.of(decided(birth(payees=payees), amount_satang=100, reason="ให้น้อย").last("grant"))
    assert [to["satang"] for to in kept.payees] == [33, 33, 34]


@pytest.mark.parametrize(
    "payload, about, field",
    [
        ({}, dict(amount_satang=60001, reason="สงสาร"), "amount"),
        ({}, dict(amount_satang=50000), "reason"),
        ({}, dict(resolved_on=TODAY.replace(day=1)), "resolved_on"),
        ({}, dict(accepted=False), "reason"),
        ({"evidence": []}, {}, None),
    ],
)
def test_what_the_rules_do_not_give_is_not_granted(app, payload, about, field):
    claim = certified(stay() | payload).claim
    with pytest.raises(Refusal) as refused:
        claim_decisions.propose(claim, **{"accepted": True, **sitting(), **about})
    assert refused.value.field == field
    assert claims.of(claim).state == "certified"


def test_a_refusal_has_its_reason_and_gives_nothing(app):
    one = decided(stay(evidence=[]), accepted=False, reason="ไม่มีใบรับรองแพทย์")
    assert (one.state, frozen.of(one.last("refuse")).reason) == ("refused", "ไม่มีใบรับรองแพทย์")
    assert told(certified(birth())).case.used == ()


def test_nobody_confirms_alone_and_what_was_typed_anew_is_read_anew(app):
    one = typed(by=accounts.named("committee"))
    about = dict(agrees=True, at=AT)
    with pytest.raises(Refusal):
        claim_decisions.confirm(one.claim, seen=2, by=accounts.named("committee"), **about)
    claim_decisions.propose(one.claim, accepted=True, **sitting(meeting="13/2569"))
    with pytest.raises(Refusal, match="typed anew"):
        claim_decisions.confirm(one.claim, seen=2, by=accounts.named("committee-2"), **about)
    for _ in range(2):
        claim_decisions.confirm(one.claim, seen=3, by=accounts.named("committee-2"), **about)
    assert [act.kind for act in claims.of(one.claim).acts] == ["certify", "propose", "propose", "grant"]


def test_a_second_one_who_does_not_agree_sends_it_back(app):
    one = typed()
    claim_decisions.confirm(one.claim, agrees=False, seen=2, by=accounts.named("committee"), at=AT, reason="ยอดไม่ตรง")
    back = claims.of(one.claim)
    assert (back.state, claims.said_of(back.acts[-1])) == ("certified", "ยอดไม่ตรง")


def test_what_changed_since_it_was_typed_is_said(app):
    one = typed(stay(admit_on="2026-10-20", event_on="2026-10-25"))
    decided()
    with pytest.raises(Refusal) as refused:
        claim_decisions.confirm(one.claim, agrees=True, seen=2, by=accounts.named("committee"), at=AT)
    assert refused.value.values == {"before": "600", "now": "400"}


def test_stays_with_a_night_in_common_are_not_granted_twice(app):
    decided()
    with pytest.raises(Refusal, match="nights in common"):
        typed(stay(admit_on="2026-10-14", event_on="2026-10-16"))
    assert decided(stay(admit_on="2026-10-15", event_on="2026-10-16")).state == "granted"


def test_typing_the_same_twice_is_once(app):
    one = typed()
    claim_decisions.propose(one.claim, accepted=True, **sitting())
    assert ClaimAct.select().where(ClaimAct.kind == "propose").count() == 1


def test_a_decision_goes_to_a_meeting_again_and_gives_its_caps_back(app):
    one = decided()
    for _ in range(2):
        claim_decisions.reopen(one.claim, reason="อุทธรณ์", by=accounts.named("registrar"), at=AT)
    assert claims.of(one.claim).state == "certified"
    assert told(claims.of(one.claim)).case.used == ()


def test_a_decision_stands_though_its_certificate_is_taken_back(app):
    one = decided()
    counter_decisions.undo(claims.telling(one.claim)[0], by=accounts.named("registrar"), at=AT, reason="เห็นผิด")
    assert claims.of(one.claim).state == "granted"


def test_nobody_decides_for_the_own_house(app):
    claim = certified().claim
    registrar = accounts.named("registrar")
    Account.update(person=member().person).where(Account.id == registrar.id).execute()
    with pytest.raises(Refusal):
        claim_decisions.propose(claim, accepted=True, **sitting(by=accounts.named("registrar")))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(4)), st.permutations(range(4)))
def test_caps_hold_in_any_order_of_recording(app, recorded, agenda):
    """Four stays of one year, 600 baht a stay and 1,000 a year: recorded in any order, decided in any order, never above the cap;
    and the order of recording alone changes no answer."""
    days = (("09-05", "09-08"), ("09-20", "09-23"), ("10-05", "10-08"), ("10-20", "10-23"))
    stays = [stay(admit_on=f"2026-{first}", event_on=f"2026-{last}") for first, last in days]
    with db.database.atomic() as all_of_it:
        filed = {n: certified(stays[n]) for n in recorded}
        given_out = []
        for n in agenda:
            worth = told(filed[n]).answer.amount_satang
            if worth:
                decided(stays[n])
            given_out.append(worth)
        assert given_out == [60000, 40000, 0, 0]
        all_of_it.rollback()
