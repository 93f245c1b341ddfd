"""What is wrong with a claim, or breaks off while one is decided and paid: a sentence, nothing lost, nothing paid twice."""

import contextlib
import uuid

import pytest

import db
from db.models import (
    Account,
    Approval,
    ClaimAct,
    ClaimEntry,
    ClaimStanding,
    LedgerTransaction,
    Posting,
    Resolution,
    Voucher,
)
from pwa.domain import Refusal
from pwa.domain.fund import claim_payments, claims, decided
from pwa.domain.operations import claim_promises
from pwa.domain.people import accounts
from pwa.domain.review import claim_decisions, review
from tests.claim_paying import HAND, pay, payment
from tests.claiming import AT, birth, certified, confirmed, member, recorded, sitting, told, typed
from tests.collecting import balances
from tests.listing import elder


@pytest.mark.parametrize(
    "about, event_on, satang",
    [
        (dict(joined="2026-03-05"), "2026-08-31", 0),
        (dict(joined="2026-03-05"), "2026-09-01", 100_000),
        (dict(joined="2026-10-20"), "2026-10-19", 0),
        (dict(paid_through="2026-05-31"), "2026-09-10", 0),
    ],
    ids=["the last day of waiting", "the first of rights", "before joining", "in a lapse"],
)
def test_on_its_day_a_right_is_there_or_not_and_nobody_grants_what_is_not(app, about, event_on, satang):
    """180 days from 5 March 2026 are complete on 1 September; who is paid through May has lapsed after 90 days, on 30 August."""
    one = certified(birth(member=str(elder(1, **about).id), event_on=event_on))
    assert told(one).answer.amount_satang == satang
    if satang:
        claim_decisions.propose(one.claim, accepted=True, **sitting())
        return
    with pytest.raises(Refusal, match="rules give nothing"):
        claim_decisions.propose(one.claim, accepted=True, **sitting(amount_satang=100_000, reason="สงสาร"))
    assert claims.of(one.claim).state == "certified"


def test_a_relative_certifies_nothing(app):
    leader, entry = accounts.named("zone-leader"), recorded()
    Account.update(person=member().person).where(Account.id == leader.id).execute()
    with pytest.raises(Refusal):
        review.approve(entry, by=accounts.named("zone-leader"), at=AT)
    assert not ClaimEntry.select().exists()


def test_where_the_rules_name_no_sum_a_meeting_says_one_within_their_most(app):
    papers = [{"paper": "ภาพถ่าย"}, {"paper": "คำรับรองของผู้ใหญ่บ้าน"}]
    one = certified(birth(benefit="disaster", subject={"type": "household"}, evidence=papers))
    for satang, reason, field in ((None, "", "amount"), (200_001, "น้ำท่วมทั้งบ้าน", "amount"), (150_000, "", "reason")):
        with pytest.raises(Refusal) as refused:
            about = sitting(amount_satang=satang, reason=reason)
            claim_decisions.propose(one.claim, accepted=True, **about)
        assert refused.value.field == field, satang
    about = sitting(amount_satang=150_000, reason="น้ำท่วมทั้งบ้าน")
    claim_decisions.propose(one.claim, accepted=True, **about)
    after = confirmed(claims.of(one.claim))
    assert decided.of(after.decision).amount_satang == payment(after).satang == 150_000


class Killed(Exception):
    """The server is gone in the middle of something."""


@contextlib.contextmanager
def killed_at(n):
    """The server ends before it writes for the n-th time."""
    database, left = db.database.obj, [n]
    runs = database.execute_sql

    def run(sql, *about, **more):
        left[0] -= sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        if not left[0]:
            raise Killed
        return runs(sql, *about, **more)

    database.execute_sql = run
    try:
        yield
    finally:
        del database.execute_sql


WRITTEN = (Approval, ClaimEntry, ClaimAct, ClaimStanding, Resolution, Voucher, LedgerTransaction, Posting)


def rows():
    return [list(model.select().order_by(model._meta.primary_key).dicts()) for model in WRITTEN]


def at_any_moment(step):
    """Kill the server before each of its writes: then nothing has happened. What is asked again happens whole."""
    for n in range(1, 200):
        before = rows()
        try:
            with killed_at(n):
                step()
        except Killed:
            assert rows() == before, n
        else:
            assert n > 1 and rows() != before
            return
    raise AssertionError("it writes without end")


def test_the_server_may_end_at_any_moment_of_any_step(treasurer):
    entry, command, by = recorded(birth()), uuid.uuid4(), accounts.named
    at_any_moment(lambda: review.approve(entry, by=by("zone-leader"), at=AT))
    claim = entry.claims.get().claim
    at_any_moment(lambda: claim_decisions.propose(claim, accepted=True, **sitting()))
    at_any_moment(lambda: claim_decisions.confirm(claim, agrees=True, seen=2, by=by("committee-2"), at=AT))
    one = claims.of(claim)
    at_any_moment(lambda: claim_payments.hold(payment(one), by=treasurer, at=AT))
    at_any_moment(lambda: pay(payment(one), treasurer, command_id=command))
    pay(payment(one), treasurer, command_id=command)
    assert (Voucher.select().where(Voucher.kind == "expense").count(), balances().get(HAND, 0)) == (1, 0)
    at_any_moment(lambda: claim_payments.receive(payment(one), by=treasurer, at=AT))
    assert payment(one).state == "received"
    assert [words for promise in claim_promises.OF_CLAIMS for words in promise()] == []


def test_what_was_typed_survives_that_the_second_one_is_cut_off(app):
    """The answer is lost on the way: the same word again is the same decision, and there is one."""
    one = typed()
    for _ in range(2):
        claim_decisions.confirm(one.claim, agrees=True, seen=2, by=accounts.named("committee-2"), at=AT)
    assert [act.kind for act in claims.of(one.claim).acts] == ["certify", "propose", "grant"]
