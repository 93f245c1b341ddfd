"""A voucher or an opening is undone by two people: asked for with a reason, signed by another, reversed once."""

import uuid
from datetime import timedelta

import pytest
from peewee import IntegrityError

from db.models import Account, LedgerTransaction, Voucher
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import banks, openings, settling, undoings, voucher_grounds, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.operations import cash_promises
from pwa.domain.people import accounts
from pwa.domain.review import counter_decisions, review
from tests.collecting import TODAY, balances, collector, gift, told
from tests.small_fund import NOW

HAND = "1000-treasurer"
LATER = TODAY + timedelta(days=3)


@pytest.fixture
def fund(kept_fund):
    return kept_fund


@pytest.fixture
def officers(fund):
    """{role: account} of those who keep and who sign the books."""
    return {
        role: accounts.add(role, name=role, unit=fund.units["town"], role=role, at=NOW)
        for role in ("treasurer", "auditor")
    }


@pytest.fixture
def write(fund, officers):
    def written(kind, baht, **about):
        asked = Asked(kind, TODAY, baht * 100, **{"payee": "อบต.", "ground": "สมทบ"} | about)
        command = dict(command_id=uuid.uuid4(), by=officers["treasurer"], at=NOW, on=TODAY)
        return vouchers.write(fund.fund, asked, **command)

    return written


@pytest.fixture
def undo(officers):
    def undone(transaction, agrees=True):
        asked = undoings.ask(transaction, "พิมพ์ผิดยอด", by=officers["treasurer"], at=NOW)
        return undoings.answer(asked, agrees=agrees, by=officers["auditor"], at=NOW, on=LATER)

    return undone


def test_a_signed_undoing_reverses_the_voucher_once_and_its_number_stays(write, undo, officers):
    paper = write("income", 100, code="4040", source=HAND)
    answer = undo(paper.transaction)
    assert balances() == {}
    assert (answer.reversal.reverses_id, answer.reversal.occurred_on) == (paper.transaction_id, LATER)
    again = undoings.answer(answer.undoing, agrees=True, by=officers["auditor"], at=NOW, on=LATER)
    assert again.id == answer.id and LedgerTransaction.select().count() == 2
    with pytest.raises(Refusal) as refused:
        undo(paper.transaction)
    assert refused.value.message == undoings.UNDONE
    assert [(one.n, bool(one.stands)) for one in vouchers.latest(paper.fund)] == [(1, False)]
    assert write("income", 1, code="4040", source=HAND).n == 2


def test_nothing_is_undone_without_a_signature_and_the_auditor_may_refuse(write, undo, officers):
    paper = write("income", 100, code="4040", source=HAND)
    asked = undoings.ask(paper.transaction, "พิมพ์ผิด", by=officers["treasurer"], at=NOW)
    with pytest.raises(Refusal) as refused:
        undoings.ask(paper.transaction, "อีกครั้ง", by=officers["treasurer"], at=NOW)
    assert refused.value.message == undoings.WAITS
    assert undoings.waiting(officers["auditor"]) == [asked]
    undoings.answer(asked, agrees=False, by=officers["auditor"], at=NOW, on=LATER)
    with pytest.raises(Refusal):
        undoings.answer(asked, agrees=True, by=officers["auditor"], at=NOW, on=LATER)
    assert balances()[HAND] == 10000 and undoings.waiting(officers["auditor"]) == []
    undo(paper.transaction)
    assert balances() == {}


def test_who_asked_or_wrote_or_is_the_same_person_does_not_sign(fund, write, officers):
    paper = write("income", 100, code="4040", source=HAND)
    asked = undoings.ask(paper.transaction, "พิมพ์ผิด", by=officers["treasurer"], at=NOW)
    Account.update(person=uuid.UUID(int=9)).where(Account.id.in_([one.id for one in officers.values()])).execute()
    asked = undoings.find(asked.id, seen_by=officers["auditor"])
    for who in ("treasurer", "auditor"):
        with pytest.raises(Refusal) as refused:
            undoings.answer(asked, agrees=True, by=Account.get_by_id(officers[who].id), at=NOW, on=LATER)
        assert refused.value.message == undoings.OWN
    with pytest.raises(NotFound):
        undoings.find(asked.id, seen_by=fund.people["other-zone-leader"])
    assert balances()[HAND] == 10000


def test_what_was_paid_out_of_it_is_undone_first(write, undo):
    brought = write("income", 100, code="4040", source=HAND)
    spent = write("expense", 60, code="6030", pot="main", source=HAND)
    with pytest.raises(Refusal) as refused:
        undo(brought.transaction)
    assert refused.value.message == undoings.GONE
    undo(spent.transaction)
    undo(brought.transaction)
    assert balances() == {}


def test_a_receipt_whose_refund_was_undone_is_to_be_given_back_again(fund, write, undo):
    write("income", 200, code="4040", source=HAND)
    entry = told(collector(fund), gift(1))
    review.reject(entry, by=fund.people["zone-leader"], at=NOW, reason="จดซ้ำ")
    paid = write("refund", 100, source=HAND, receipt="M1/1")
    undo(paid.transaction)
    assert [one.no for one in voucher_grounds.to_give_back(fund.fund)] == [1]
    write("refund", 100, source=HAND, receipt="M1/1")
    with pytest.raises(Refusal):
        counter_decisions.undo(entry, by=fund.people["registrar"], at=NOW, reason="ไม่ซ้ำ")
    undo(Voucher.get(Voucher.n == 3).transaction)
    counter_decisions.undo(entry, by=fund.people["registrar"], at=NOW, reason="ไม่ซ้ำ")
    assert settling.state(paid.receipt) == "waiting"
    assert list(cash_promises.holders_hold_what_they_received()) == []


def test_an_opening_that_was_undone_is_typed_anew(fund, undo, officers):
    typed = openings.Typed(TODAY, banks={"ออมสิน 001": 500_00}, sums={"4040": 500_00})
    other = openings.Typed(TODAY, banks={"ออมสิน 001": 700_00}, sums={"4040": 700_00})
    banks.write(fund.fund, "ออมสิน", "001", since=TODAY, by=officers["treasurer"], at=NOW)
    about = dict(remainder=0, by=officers["treasurer"], at=NOW, on=LATER)
    first = openings.book(fund.fund, typed, **about)
    undo(first)
    assert openings.opened(fund.fund) is None and balances() == {}
    for _ in range(2):
        assert openings.book(fund.fund, other, **about).id == openings.opened(fund.fund).id
    with pytest.raises(Refusal):
        openings.book(fund.fund, typed, **about)
    assert balances() == {"1100-ออมสิน-001": 700_00, "4040 before": -700_00}


def test_a_second_reversal_is_refused_by_the_database(write, undo):
    paper = write("income", 100, code="4040", source=HAND)
    done = undo(paper.transaction).reversal
    about = dict(fund=done.fund, occurred_on=LATER, posted_on=LATER, kind="x", source="x", at=NOW)
    with pytest.raises(IntegrityError):
        LedgerTransaction.insert(id=done.id + 1, reverses=paper.transaction, **about).execute()
