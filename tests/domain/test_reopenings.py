"""After a restore nothing is paid until two have signed; what was paid after the backup is entered and never paid again."""

import uuid
from datetime import timedelta

import pytest

import db
from db import ties
from db.models import ReopeningNumber
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import claim_payments, entered_payments, reopenings, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.operations import claim_promises
from pwa.domain.people import accounts
from tests.claim_paying import BANK, HAND, pay, payment
from tests.claiming import AT, TODAY, birth, decided, stay, urged
from tests.collecting import balances

COUNTED = {HAND: 40000, BANK: 500000}


def restored():
    """What a restore leaves in the database: a marked tie."""
    with db.database.atomic():
        ties.go_on_after_a_restore(db.database.obj)


def state(treasurer):
    return reopenings.find("F1", seen_by=treasurer)


def enter(one, n, treasurer, source=HAND, command_id=None):
    about = dict(source=source, on=TODAY, ground="ค่าสวัสดิการ", command_id=command_id or uuid.uuid4())
    return entered_payments.enter(payment(one), state(treasurer), n, by=treasurer, at=AT, today=TODAY, **about)


def opened(treasurer, last_n, counted=None):
    reopenings.begin(state(treasurer), last_n, by=treasurer, at=AT)
    reopenings.sign(state(treasurer), counted or {HAND: 100000, BANK: 500000}, by=treasurer, at=AT)
    reopenings.countersign(state(treasurer), by=accounts.named("auditor"), at=AT)


def test_a_claim_that_paper_names_is_paid_and_never_again(treasurer):
    """Two vouchers are known here; 3 paid the stay (600 of 1,000 in the hand), 4 is spoilt. Then the next number is 1,003."""
    one, other = decided(), decided(birth())
    restored()
    for verb in (
        lambda: claim_payments.hold(payment(other), by=treasurer, at=AT),
        lambda: pay(payment(other), treasurer),
    ):
        with pytest.raises(Refusal, match="restored from a backup"):
            verb()
    first = state(treasurer).first_n
    reopenings.begin(state(treasurer), first + 1, by=treasurer, at=AT)
    assert state(treasurer).missing == [first, first + 1]
    paper = enter(one, first, treasurer)
    assert (paper.n, paper.amount_satang, payment(one).state, balances()[HAND]) == (first, 60000, "paid", 40000)
    assert enter(one, first, treasurer, command_id=paper.command_id) == paper
    for again in (lambda: enter(one, first, treasurer), lambda: enter(one, first + 1, treasurer)):
        with pytest.raises(Refusal):
            again()
    with pytest.raises(Refusal, match="not entered"):
        reopenings.sign(state(treasurer), COUNTED, by=treasurer, at=AT)
    reopenings.explain(state(treasurer), first + 1, "เขียนผิด ฉีกทิ้ง", by=treasurer, at=AT)
    reopenings.sign(state(treasurer), COUNTED | {HAND: 39000}, by=treasurer, at=AT)
    assert state(treasurer).lost == [(HAND, 40000, 39000)] and reopenings.is_shut(one.claim.fund)
    reopenings.countersign(state(treasurer), by=accounts.named("auditor"), at=AT)
    with pytest.raises(NotFound):
        state(treasurer)
    claim_payments.hold(payment(other), by=treasurer, at=AT)
    assert pay(payment(other), treasurer, source=BANK).n == first - 1 + 1 + reopenings.after_restore.GAP
    assert [words for promise in claim_promises.OF_CLAIMS for words in promise()] == []
    assert ReopeningNumber.select().count() == 2


def test_nobody_signs_alone_and_the_auditor_signs_last(treasurer):
    restored()
    with pytest.raises(Refusal, match="treasurer signs first"):
        reopenings.countersign(state(treasurer), by=accounts.named("auditor"), at=AT)
    last = state(treasurer).first_n - 1
    reopenings.begin(state(treasurer), last, by=treasurer, at=AT)
    with pytest.raises(Refusal) as refused:
        reopenings.sign(state(treasurer), {HAND: 100000}, by=treasurer, at=AT)
    assert refused.value.field == BANK
    for _ in range(2):
        reopenings.sign(state(treasurer), {HAND: 100000, BANK: 500000}, by=treasurer, at=AT)
    with pytest.raises(Refusal, match="Somebody else"):
        reopenings.countersign(state(treasurer), by=treasurer, at=AT)
    with pytest.raises(NotFound):
        reopenings.find("F1", seen_by=accounts.named("treasurer-2"))
    second = accounts.named("treasurer-2")
    accounts.grant(second, "treasurer", state(treasurer).fund.unit, at=AT - timedelta(days=2))
    with pytest.raises(Refusal, match="Somebody else"):
        reopenings.countersign(reopenings.find("F1", seen_by=second), by=second, at=AT)


@pytest.mark.parametrize("last_n", [None, -1, 5000])
def test_a_last_number_that_cannot_be_is_refused(treasurer, last_n):
    restored()
    with pytest.raises(Refusal) as refused:
        reopenings.begin(state(treasurer), last_n, by=treasurer, at=AT)
    assert refused.value.field == "last_n"


def test_more_numbers_may_be_found_before_it_is_signed_and_what_was_explained_stays(treasurer):
    restored()
    first = state(treasurer).first_n
    reopenings.begin(state(treasurer), first, by=treasurer, at=AT)
    reopenings.explain(state(treasurer), first, "ใบเสีย", by=treasurer, at=AT)
    reopenings.begin(state(treasurer), first + 1, by=treasurer, at=AT)
    assert state(treasurer).missing == [first + 1]
    with pytest.raises(Refusal):
        reopenings.begin(state(treasurer), first, by=treasurer, at=AT)


def test_each_restore_shuts_it_again_and_numbers_go_on_higher(treasurer):
    restored()
    last = state(treasurer).first_n - 1
    opened(treasurer, last)
    assert urged().acts[-1].resolution.meeting == "1001/2569"
    restored()
    fund = decided(stay()).claim.fund
    assert reopenings.is_shut(fund)
    assert reopenings.next_number(fund) == last + 1 + 2 * reopenings.after_restore.GAP


def test_no_month_is_closed_either(treasurer):
    restored()
    fund = state(treasurer).fund
    with pytest.raises(Refusal, match="restored from a backup"):
        reopenings.must_be_open(fund)
    opened(treasurer, state(treasurer).first_n - 1)
    reopenings.must_be_open(fund)


def test_nothing_is_given_away_either_and_cash_may_still_go_to_the_bank(treasurer):
    restored()
    fund = state(treasurer).fund

    def write(kind, command_id=None, **about):
        asked = Asked(kind, TODAY, 1000, payee="ร้านค้า", ground="กระดาษ", source=HAND, **about)
        command_id = command_id or uuid.uuid4()
        return vouchers.write(fund, asked, command_id=command_id, by=treasurer, at=AT, on=TODAY)

    for kind, about in (("refund", {"receipt": "M1/1"}), ("expense", {"code": "6030", "pot": "admin"})):
        with pytest.raises(Refusal, match="restored from a backup"):
            write(kind, **about)
    assert write("deposit", bank=BANK.partition("-")[2].replace("-", " ")).amount_satang == 1000
