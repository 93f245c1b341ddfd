"""The promises about a fund's books: what stands there sums to zero, and comes from what was received and decided, once."""

from peewee import JOIN, fn

from db import database, ledger_guards
from db.models import (
    Booking,
    CloseSignature,
    Entry,
    Fund,
    LedgerAccount,
    LedgerTransaction,
    MonthClose,
    Opening,
    Posting,
    Receipt,
    ReceiptLine,
    ReceiptStanding,
    ReceiptStep,
    Unbooked,
    YearClose,
    YearSignature,
)
from pwa.domain import kinds
from pwa.domain.fund import chart, closing, year_closes


def books_are_guarded():
    """The database refuses what the ledger would not write."""
    for name in ledger_guards.missing(database.obj):
        yield f"The books are open to anybody: the guard {name} is missing or changed."


def transactions_sum_to_zero():
    """Every transaction has postings of its own fund that sum to zero, and every posting a transaction."""
    total = fn.COALESCE(fn.SUM(Posting.amount_satang), 1)
    query = LedgerTransaction.select(LedgerTransaction.source, LedgerTransaction.id).join(Posting, JOIN.LEFT_OUTER)
    query = query.group_by(LedgerTransaction.id, LedgerTransaction.source).having(total != 0)
    for source, number in query.tuples():
        yield f"The transaction {number} ({source}) does not sum to zero."
    lone = Posting.select(Posting.id).join(
        LedgerTransaction, JOIN.LEFT_OUTER, on=Posting.transaction == LedgerTransaction.id
    )
    for (number,) in lone.where(LedgerTransaction.id.is_null()).tuples():
        yield f"The posting {number} belongs to no transaction."
    strange = Posting.select(Posting.id).join(LedgerTransaction).switch(Posting).join(LedgerAccount)
    for (number,) in strange.where(LedgerAccount.fund != LedgerTransaction.fund).tuples():
        yield f"The posting {number} is on another fund's account."


def closed_months_are_as_they_were_signed():
    """The postings of each closed month still make the hash that two signed."""
    query = MonthClose.select(MonthClose, Fund).join(Fund).switch(MonthClose).join(CloseSignature)
    for one in query.where(CloseSignature.turn == "auditor"):
        if closing.digest(one.fund, one.through.replace(day=1), one.through) != one.set_hash:
            yield f"{one.fund.code}: the month through {one.through} is not what was signed."


def closed_years_are_the_months_that_were_signed():
    """The hashes of the closed months of each closed year still make the hash that two signed."""
    query = YearClose.select(YearClose, Fund).join(Fund).switch(YearClose).join(YearSignature)
    for one in query.where(YearSignature.turn == "auditor"):
        lines = year_closes.lines(year_closes.months(one))
        if year_closes.digest(lines) != one.set_hash:
            yield f"{one.fund.code}: the year through {one.through} is not what was signed."


def reversals_negate_what_they_reverse():
    """With what belongs to the same act besides, a reversal takes back every sum of the transaction that it names."""
    before, after = LedgerTransaction.alias(), LedgerTransaction.alias()
    pairs = before.select(before.id, after.id, after.source).join(after, on=(after.reverses == before.id)).tuples()
    for first, second, source in pairs.iterator():
        negated = {(a, p): -s for a, p, s in _postings(first)}
        made = {(a, p): s for a, p, s in _postings(second)}
        if any(made.get(key) != satang for key, satang in negated.items()):
            yield f"{source} does not take back what it reverses."


def no_hand_is_below_nothing():
    """Nobody holds less than no cash: what is missing is named as such."""
    query = Posting.select(LedgerAccount.code, fn.SUM(Posting.amount_satang)).join(LedgerAccount)
    hands = query.where(LedgerAccount.code.startswith(f"{chart.HAND}-")).group_by(LedgerAccount.id, LedgerAccount.code)
    for code, satang in hands.having(fn.SUM(Posting.amount_satang) < 0).tuples():
        yield f"The hand {code} holds {satang} satang, which nobody can."


def money_entries_are_booked_once():
    """Each entry of money is in the books once, or is listed as still to be booked."""
    query = Opening.select(Entry.entry_id, Booking.id, Unbooked.entry).join(Entry)
    query = query.join(Booking, JOIN.LEFT_OUTER, on=(Booking.entry == Entry.id)).switch(Entry)
    query = query.join(Unbooked, JOIN.LEFT_OUTER, on=(Unbooked.entry == Entry.id))
    for entry, booked, listed in query.where(Opening.kind.in_(kinds.MONEY)).tuples().iterator():
        if (booked is None) == (listed is None):
            yield f"{entry} is {'both booked and still to be booked' if booked else 'neither booked nor listed'}."


def receipts_stand_where_their_steps_say():
    """What lists show of a receipt is what its last step says; its lines make its total."""
    last = ReceiptStep.select(ReceiptStep.receipt, fn.MAX(ReceiptStep.n).alias("n")).group_by(ReceiptStep.receipt)
    step = ReceiptStep.alias()
    query = Receipt.select(
        Receipt.book, Receipt.no, ReceiptStanding.state, ReceiptStanding.money, step.state, step.money
    )
    query = query.join(ReceiptStanding, JOIN.LEFT_OUTER, on=(ReceiptStanding.receipt == Receipt.id)).switch(Receipt)
    query = query.join(last, JOIN.LEFT_OUTER, on=(last.c.receipt_id == Receipt.id)).switch(Receipt)
    query = query.join(step, JOIN.LEFT_OUTER, on=((step.receipt == Receipt.id) & (step.n == last.c.n)))
    for book, no, state, money, stepped, where in query.tuples().iterator():
        if (state, money) != (stepped or "waiting", where or ""):
            yield f"The receipt {book}/{no} is shown as {state}, and its last step says otherwise."
    sums = Receipt.select(Receipt.book, Receipt.no).join(ReceiptLine).group_by(Receipt.id, Receipt.book, Receipt.no)
    for book, no in sums.having(fn.SUM(ReceiptLine.amount_satang) != Receipt.total_satang).tuples():
        yield f"The lines of the receipt {book}/{no} do not make its total."


def unchecked_money_is_that_of_receipts_that_wait():
    """What stands on 2000 of a fund is the money of its receipts that nobody decided about yet."""
    stands = _by_fund(
        Posting.select(LedgerAccount.fund, fn.SUM(Posting.amount_satang))
        .join(LedgerAccount)
        .where(LedgerAccount.code == chart.UNCHECKED)
        .group_by(LedgerAccount.fund)
    )
    waits = {}
    for fund, satang in _waiting():
        waits[fund] = waits.get(fund, 0) + satang
    for fund in Fund.select():
        if -stands.get(fund.id, 0) != waits.get(fund.id, 0):
            yield f"{fund.code}: {-stands.get(fund.id, 0)} satang stand as unchecked, {waits.get(fund.id, 0)} wait to be checked."


def _waiting():
    """(fund, satang) of each receipt that waits; of one that took over another's money only what it adds to that."""
    old = Receipt.alias()
    same = (old.fund == Receipt.fund) & (old.book == Receipt.old_book) & (old.no == Receipt.old_no)
    query = Receipt.select(Receipt.fund, Receipt.total_satang, ReceiptStanding.state, old.total_satang)
    query = query.join(ReceiptStanding).switch(Receipt).join(old, JOIN.LEFT_OUTER, on=same)
    for fund, total, state, taken_over in query.tuples().iterator():
        if state == "waiting":
            yield fund, total - (taken_over or 0)


def _by_fund(query):
    return {fund: int(satang) for fund, satang in query.tuples()}


def _postings(number):
    return (
        Posting.select(Posting.account, Posting.pot, Posting.amount_satang)
        .where(Posting.transaction == number)
        .tuples()
    )
