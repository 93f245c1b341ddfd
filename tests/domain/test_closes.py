"""A month closes by two signatures: the first fixes the set, the second locks it, and the database refuses what would change it."""

import hashlib
import json
import uuid
from datetime import date, timedelta

import pytest
from peewee import IntegrityError

import db
from db import ties
from db.models import (
    Account,
    BankBalance,
    CloseFall,
    CloseOpen,
    LedgerTransaction,
    MonthClose,
    Posting,
)
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import (
    closed_days,
    closes,
    closing,
    hand_counts,
    holders,
    ledger,
    statement_balances,
)
from pwa.domain.fund.statement_balances import Said
from pwa.domain.operations import promises
from tests.closing_books import AT, BANK, OCTOBER, ON, officed, write

NOVEMBER = date(2026, 11, 30)


@pytest.fixture
def fund(kept_fund):
    return officed(kept_fund)


def begin(fund, through=OCTOBER, baht=500, at=AT, by="treasurer", **more):
    said = {BANK: Said(baht * 100, **more)}
    about = dict(by=fund.people[by], device=fund.phones["treasurer"].id, at=at, on=ON)
    return closes.begin(fund.fund, through, said, **about)


def sign(fund, close, who="auditor", phone="auditor", at=AT):
    return closes.sign(close, by=Account.get_by_id(fund.people[who].id), device=fund.phones[phone].id, at=at)


def closed(fund, through=OCTOBER, baht=500):
    made = begin(fund, through, baht)
    sign(fund, made)
    return made


def days(fund):
    return {
        one.source.partition("/")[0]: (one.occurred_on, one.posted_on)
        for one in LedgerTransaction.select().where(LedgerTransaction.fund == fund.fund)
    }


def refused(call, *given, **more):
    with pytest.raises(Refusal) as found:
        call(*given, **more)
    return found.value


def test_the_oldest_month_that_has_ended_goes_first(fund):
    due = closes.due(fund.fund, at=AT, on=ON)
    assert due == OCTOBER
    assert refused(begin, fund, NOVEMBER, 580).message == closes.NOTHING
    closed(fund)
    assert closes.due(fund.fund, at=AT, on=ON) == NOVEMBER
    assert closes.due(fund.fund, at=AT, on=NOVEMBER) is None
    closed(fund, NOVEMBER)
    assert closes.due(fund.fund, at=AT, on=ON) is None


def test_the_second_signature_locks_the_month_and_what_comes_late_stands_in_the_next(fund):
    made = begin(fund)
    late = write(fund, "income", 7, date(2026, 10, 9), at=AT, code="4130", source="bank", bank="ออมสิน 001")
    assert (late.transaction.occurred_on, late.transaction.posted_on) == (date(2026, 10, 9), date(2026, 11, 1))
    assert closed_days.through(fund.fund, AT + timedelta(days=9)) is None
    sign(fund, made)
    sign(fund, made)
    assert closed_days.through(fund.fund, AT + timedelta(days=9)) == OCTOBER
    assert closes.state(made).is_done
    itemised = closing.late(fund.fund, date(2026, 11, 1), NOVEMBER)
    assert [(one.occurred_on, satang) for one, satang in itemised] == [(date(2026, 10, 9), 700)]
    reversal = ledger.reverse(
        LedgerTransaction.get(LedgerTransaction.occurred_on == date(2026, 10, 20)),
        kind="undone", source="undone/x", occurred_on=date(2026, 10, 20), on=ON, at=AT,
    )  # fmt: skip
    assert reversal.posted_on == date(2026, 11, 1)
    assert [one for one in promises.check() if "closed" in one] == []


def test_the_hash_is_that_of_the_plain_lines(fund):
    made = begin(fund)
    asked = db.database.execute_sql(
        "SELECT a.code, p.pot, t.occurred_on, t.posted_on, p.amount_satang, t.source FROM posting p JOIN ledger_transaction t"
        " ON t.id = p.transaction_id JOIN ledger_account a ON a.id = p.account_id"
        " WHERE t.posted_on BETWEEN '2026-10-01' AND '2026-10-31' ORDER BY t.id, p.id"
    )
    lines = [json.dumps(list(row), ensure_ascii=False, separators=(",", ":")) + "\n" for row in asked.fetchall()]
    assert len(lines) == 2 and hashlib.sha256("".join(lines).encode()).hexdigest() == made.set_hash


def test_the_database_itself_refuses_a_day_of_a_closed_month(fund):
    closed(fund)
    row = LedgerTransaction.select().order_by(LedgerTransaction.id.desc()).get()
    with pytest.raises(IntegrityError), db.database.atomic():
        db.database.execute_sql(
            "INSERT INTO posting (transaction_id, account_id, pot, amount_satang)"
            f" SELECT {row.id + 1}, account_id, pot, amount_satang FROM posting WHERE transaction_id = {row.id}"
        )
        db.database.execute_sql(
            "INSERT INTO ledger_transaction (id, fund_id, occurred_on, posted_on, kind, source, at)"
            f" VALUES ({row.id + 1}, {fund.fund.id}, '2026-10-31', '2026-10-31', 'x', 'x', 0)"
        )


def test_without_the_second_signature_it_falls_after_72_hours_with_a_row(fund):
    made = begin(fund)
    later = AT + timedelta(hours=72)
    assert refused(sign, fund, made, at=later).message == closes.FELL
    closes.let_fall(at=later)
    closes.let_fall(at=later)
    assert [(one.close, one.account) for one in CloseFall.select()] == [(made, None)]
    again = begin(fund, at=later)
    assert again != made and again.n == 2
    sign(fund, again, at=later)
    assert closes.state(again).is_done and refused(sign, fund, made, at=later).message == closes.FELL


def test_the_auditor_gives_it_back_with_a_reason(fund):
    made = begin(fund)
    about = dict(by=fund.people["auditor"], at=AT)
    assert refused(closes.decline, made, reason=" ", **about).field == "reason"
    for _ in range(2):
        closes.decline(made, reason="ยอดธนาคารผิด", **about)
    assert closes.state(made).fall.reason == "ยอดธนาคารผิด" and closes.due(fund.fund, at=AT, on=ON) == OCTOBER
    assert refused(sign, fund, made).message == closes.FELL


def test_nobody_signs_for_both(fund):
    made = begin(fund)
    assert refused(sign, fund, made, "treasurer").message == closes.NOT_YOURS
    assert refused(sign, fund, made, phone="treasurer").message == closes.OWN_PHONE
    Account.update(person=uuid.UUID(int=9)).where(
        Account.id.in_([fund.people[who].id for who in ("treasurer", "auditor")])
    ).execute()
    made = MonthClose.get_by_id(made.id)
    assert refused(sign, fund, made).message == closes.NOT_YOURS
    with pytest.raises(NotFound):
        closes.find(made.id, seen_by=fund.people["zone-leader"])


def test_the_same_twice_is_one_close(fund):
    assert begin(fund) == begin(fund) and BankBalance.select().count() == 1


def test_what_is_open_is_signed_as_it_stands(fund):
    closed(fund)
    hand = holders.hand_of(fund.fund, fund.people["treasurer"])
    made = begin(fund, NOVEMBER)
    assert [(one.what, one.ledger_account, one.amount_satang) for one in made.open] == [("uncounted", hand, 8000)]
    closes.decline(made, reason="นับก่อน", by=fund.people["auditor"], at=AT)
    for _ in range(2):
        hand_counts.write(hand, 7900, by=fund.people["treasurer"], at=AT, on=ON)
    month = closing.of(fund.fund, NOVEMBER)
    assert [(one.satang, one.count.counted_satang, one.count.booked_satang) for one in month.hands] == [
        (8000, 7900, 8000)
    ]
    again = begin(fund, NOVEMBER)
    assert CloseOpen.select().where(CloseOpen.close == again).count() == 0
    assert month.sums.before == 50000 and month.sums.after == 58000 and month.sums.income == 8000


def test_a_difference_with_the_bank_has_an_owner_and_is_never_padded(fund):
    assert refused(begin, fund, baht=485).field == BANK
    assert refused(begin, fund, baht=485, owner=fund.people["treasurer"]).field == BANK
    made = begin(fund, baht=485, owner=fund.people["treasurer"], note="ค่าธรรมเนียม ตามภายใน 15 พ.ย.")
    [balance] = statement_balances.of(made)
    assert (balance.booked_satang, balance.said_satang) == (50000, 48500)
    assert ledger.balance(balance.ledger_account) == 50000
    about = dict(by=fund.people["treasurer"], device=fund.phones["treasurer"].id, at=AT, on=ON)
    closes.decline(made, reason="x", by=fund.people["auditor"], at=AT)
    assert refused(closes.begin, fund.fund, OCTOBER, {}, **about).message == statement_balances.HOW_MUCH


def test_a_balance_is_replaced_only_by_the_two_again(fund):
    made = closed(fund)
    about = dict(by=fund.people["treasurer"], at=AT)
    newer = statement_balances.replace(made, BANK, Said(49000, fund.people["auditor"], "ถอนไม่มีใบ"), **about)
    assert statement_balances.replace(made, BANK, Said(49000, fund.people["auditor"], "ถอนไม่มีใบ"), **about) == newer
    assert [one.said_satang for one in statement_balances.of(made)] == [50000]
    assert refused(statement_balances.agree, newer, **about).message == statement_balances.OWN
    statement_balances.agree(newer, by=fund.people["auditor"], at=AT)
    assert [one.said_satang for one in statement_balances.of(made)] == [49000]
    assert statement_balances.waiting(made) == []


def test_check_tells_of_a_closed_month_that_was_changed_below_the_app(fund):
    closed(fund)
    db.append_only.thaw(db.database.obj, "posting")
    before = Posting.get(Posting.pot != "", Posting.amount_satang == -50000)
    Posting.update(pot="x").where(Posting.id == before.id).execute()
    found = [one for one in promises.check() if "2026-10-31" in one]
    assert len(found) == 1 and "is not what was signed" in found[0]
    Posting.update(pot=before.pot).where(Posting.id == before.id).execute()
    db.append_only.freeze(db.database.obj, "posting")


def test_a_restore_in_between_shuts_the_second_signature_too(fund):
    made = begin(fund)
    with db.database.atomic():
        ties.go_on_after_a_restore(db.database.obj)
    assert "restored from a backup" in refused(sign, fund, made).message
    assert not closes.state(made).is_done
