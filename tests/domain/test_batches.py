"""Lists of what falls due by the calendar: once for each person and period, decided by two, paid line by line, and never to the dead."""

import uuid
from datetime import date, timedelta

import pytest

from db.models import BatchLine, Claim, ClaimAct, Sighting, Voucher
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import batches, claim_payments, claims, due_claims, versions
from pwa.domain.fund.sightings import Seen
from pwa.domain.people import accounts
from pwa.domain.review import agenda_items, agendas, batch_decisions, claim_bars, claim_decisions, claim_reviews
from tests.claim_paying import HAND, rich
from tests.claiming import AT, TODAY, sitting
from tests.listing import FIRST, benefit, candidates, dies, elder, granted, payment, typed, written
from tests.sittings import held

HERE = Seen("สมศรี", TODAY)


def pay(one, by, seen=HERE, command_id=None, on=TODAY):
    about = dict(source=HAND, on=on, ground="ค่าสวัสดิการ", command_id=command_id or uuid.uuid4(), seen=seen)
    return batches.pay(one, by=by, at=AT, today=TODAY, **about)


def test_the_rules_answer_for_each_member_and_each_left_out_has_a_reason(app):
    elder(1), elder(2, born="1980-01-01"), elder(3, joined="2025-06-01"), elder(4, born="")
    dies(elder(5))
    found = candidates()
    assert {number: found[number].why for number in ("ป1", "ป2", "ป3", "ป4", "ป5")} == {
        "ป1": "",
        "ป2": "rules",
        "ป3": "rules",
        "ป4": "missing",
        "ป5": "dead",
    }
    assert [one.code for one in found["ป2"].obstacles] == ["age"]
    assert [one.code for one in found["ป3"].obstacles] == ["tenure"]
    assert found["ป1"].satang == 20000


def test_the_whole_way_of_a_list(app):
    people, treasurer = [elder(n) for n in (1, 2)], rich()
    batch = granted(written())
    assert [one.state for one in batches.lines(batch)] == ["granted", "granted"]
    papers = {pay(payment(batch, one), treasurer).n for one in people}
    assert len(papers) == 2 and Voucher.select().where(Voucher.kind == "expense").count() == 2
    assert [one.payment.state for one in batches.lines(batch)] == ["paid", "paid"]
    assert Sighting.select().count() == 2
    assert claim_payments.waiting(treasurer) == []


def test_the_same_command_is_the_same_list_and_another_content_is_refused(app):
    elder(1)
    known = uuid.uuid4()
    one = written(batch_id=known)
    assert written_again(known).id == one.id and BatchLine.select().count() == 1
    with pytest.raises(Refusal, match="sent already"):
        written_again(known, by="committee")


def written_again(known, by="registrar"):
    about = dict(seen="", batch_id=known, by=accounts.named(by), at=AT, on=TODAY)
    return batches.begin(versions.fund_of("F1"), benefit(), FIRST, **about)


def test_a_list_that_changed_since_it_was_seen_is_not_written(app):
    elder(1)
    seen = batches.mark([one for one in candidates().values() if one.is_on])
    elder(2)
    about = dict(seen=seen, batch_id=uuid.uuid4(), by=accounts.named("registrar"), at=AT, on=TODAY)
    with pytest.raises(Refusal, match="changed since"):
        batches.begin(versions.fund_of("F1"), benefit(), FIRST, **about)


def test_who_stands_on_a_list_stands_on_no_second_one(app):
    elder(1)
    written()
    assert candidates()["ป1"].why == "listed"
    with pytest.raises(Refusal, match="Nobody"):
        written()
    elder(2)
    assert [one.row.person.first_name for one in batches.lines(written())] == ["ยาย2"]


def test_who_was_taken_off_may_stand_on_a_later_list(app):
    person, by = elder(1), accounts.named("registrar")
    first = written()
    [line] = batches.lines(first)
    with pytest.raises(Refusal):
        batches.leave_out(first, line.claim.id, reason="", by=by, at=AT)
    for _ in range(2):
        batches.leave_out(first, line.claim.id, reason="ย้ายไปแล้ว", by=by, at=AT)
    assert candidates()["ป1"].is_on
    second = granted(written())
    assert batches.lines(first) == [] and Claim.select().where(Claim.person == person.id).count() == 1
    with pytest.raises(Refusal, match="decided"):
        batches.leave_out(second, line.claim.id, reason="สาย", by=by, at=AT)


def test_a_list_stands_on_the_agenda_as_one_and_its_claims_do_not(app):
    elder(1)
    batch, fund, sitting_of_today = written(), versions.fund_of("F1"), held()
    agenda = agendas.of(fund, accounts.named("registrar"))
    assert ([one.id for one in agenda.lists], agenda.to_decide) == ([batch.id], [])
    assert agenda_items.of(sitting_of_today) == []
    waits = agendas.waits(fund)
    assert (waits.claims, waits.lists) == (0, 1)
    granted(batch)
    assert agendas.of(fund, accounts.named("registrar")).lists == []


def test_one_may_not_confirm_what_they_typed(app):
    elder(1)
    batch, who = typed(written(), by="committee"), accounts.named("committee")
    waits = batch_decisions.of(batches.lines(batch), who)
    assert (waits.to_confirm, len(waits.kept_out)) == ([], 1)
    with pytest.raises(Refusal):
        batch_decisions.confirm(batch, agrees=True, seen=batch_decisions.mark([]), by=who, at=AT)


def test_it_confirms_only_what_was_read(app):
    elder(1)
    batch, who = typed(written()), accounts.named("committee-2")
    with pytest.raises(Refusal, match="changed"):
        batch_decisions.confirm(batch, agrees=True, seen="x", by=who, at=AT)
    mark = batch_decisions.mark(batch_decisions.of(batches.lines(batch), who).to_confirm)
    batch_decisions.confirm(batch, agrees=False, seen=mark, by=who, at=AT, reason="ขอดูอีกครั้ง")
    assert [one.state for one in batches.lines(batch)] == ["certified"]


def test_nothing_is_paid_without_a_word_of_who_saw_the_payee(app):
    person, treasurer = elder(1), rich()
    batch = granted(written())
    for seen, field in (
        (None, "seen_by"),
        (Seen("", TODAY), "seen_by"),
        (Seen("สมศรี"), "seen_on"),
        (Seen("สมศรี", TODAY + timedelta(days=1)), "seen_on"),
        (Seen("สมศรี", TODAY - timedelta(days=1)), "seen_on"),
    ):
        with pytest.raises(Refusal) as refused:
            pay(payment(batch, person), treasurer, seen=seen)
        assert refused.value.field == field
    assert payment(batch, person).state == "due" and Sighting.select().count() == 0


def test_the_same_payment_twice_is_paid_once(app):
    person, treasurer = elder(1), rich()
    batch, command = granted(written()), uuid.uuid4()
    one = payment(batch, person)
    assert pay(one, treasurer, command_id=command) == pay(one, treasurer, command_id=command)
    with pytest.raises(Refusal, match="something else has happened"):
        pay(payment(batch, person), treasurer)
    assert ClaimAct.select().where(ClaimAct.kind == "pay").count() == 1


def test_who_died_before_the_meeting_is_decided_alone_and_granted_nothing(app):
    person, _ = elder(1), elder(2)
    batch = written()
    dies(person)
    granted(batch)
    states = {one.row.person.first_name: one.state for one in batches.lines(batch)}
    assert states == {"ยาย1": "certified", "ยาย2": "granted"}
    [item] = agendas.of(versions.fund_of("F1"), accounts.named("registrar")).to_decide
    assert item.claim.person == person.id
    with pytest.raises(Refusal) as refused:
        claim_decisions.propose(item.claim, accepted=True, **sitting())
    assert refused.value.message == claim_bars.DIED
    claim_decisions.propose(item.claim, accepted=False, reason="เสียชีวิตก่อน", **sitting())
    assert claims.of(item.claim).state == "proposed"


def test_who_died_after_the_meeting_is_paid_to_nobody_and_back_on_its_list(app):
    person, treasurer = elder(1), rich()
    batch = granted(written())
    dies(person)
    with pytest.raises(Refusal, match="stands on the list for the next meeting"):
        pay(payment(batch, person), treasurer)
    [row] = claim_reviews.waiting(versions.fund_of("F1"))
    one = row.standing
    assert one.claim.person == person.id and claim_reviews.possible(one) == ["uphold", "top_up", "claw_back"]
    instead = dict(outcome="redirect", payee=0, named="ลูกสาว", reason="ทายาท")
    with pytest.raises(Refusal, match="nobody is paid instead"):
        claim_reviews.propose(one.claim, **instead, **sitting(meeting="13/2569"))
    about = dict(outcome="claw_back", amount_satang=0, reason="เสียชีวิตก่อนรับเงิน")
    claim_reviews.propose(one.claim, **about, **sitting(meeting="13/2569"))
    seen = len(claims.of(one.claim).acts)
    claim_reviews.confirm(one.claim, agrees=True, seen=seen, by=accounts.named("committee-2"), at=AT, on=TODAY)
    assert claim_reviews.waiting(versions.fund_of("F1")) == []
    assert claim_payments.waiting(treasurer) == []


def test_who_wrote_the_list_or_decided_does_not_pay(app):
    person = elder(1)
    batch = granted(written())
    for handle in ("committee", "committee-2"):
        with pytest.raises(Refusal):
            pay(payment(batch, person), accounts.named(handle))


def test_a_claim_of_their_own_keeps_them_off_the_list(app):
    """Somebody who asked at the door already is decided on by that claim."""
    from tests.claiming import certified

    person = elder(1)
    payload = due_claims.payload_of("F1", "elderly", person, date(2026, 11, 3))
    certified({name: value for name, value in payload.items() if name != "by_calendar"})
    assert candidates()["ป1"].why == "asked"


def test_a_period_that_has_not_begun_or_another_fund_has_no_list(app):
    fund = versions.fund_of("F1")
    for code, first in (("elderly", date(2027, 1, 1)), ("elderly", date(2026, 1, 2)), ("birth", FIRST)):
        with pytest.raises(NotFound):
            batches.benefit_of(fund, code, first, on=TODAY)
    elder(1)
    batch = written()
    with pytest.raises(NotFound):
        batches.get(batch.id, seen_by=accounts.named("other-zone-leader"))
