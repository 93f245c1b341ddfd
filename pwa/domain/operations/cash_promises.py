"""The promise about cash: whoever holds it holds what they received, less what they handed on, and every difference has a name."""

from collections import Counter

from peewee import JOIN, fn

from db.models import (
    HandedOn,
    Handover,
    LedgerAccount,
    LedgerTransaction,
    PassedOn,
    Posting,
    Receipt,
    ReceiptStanding,
    Taking,
    TakingStep,
)
from pwa.domain.fund import chart

NOT_THERE = ("given_back", "never_paid")
MOVES = ("receipt", "handover", "approved", "rejected", "void", "replaced")
"""Kinds of transactions that receipts, decisions about them and hand-overs make."""


def holders_hold_what_they_received():
    """Cash by holder, with what they are short or over, is what their receipts and takings brought less what others took of them."""
    should = _received()
    should.update(_taken())
    for fund, code, satang in _given():
        should[fund, code] += satang
    there = _there()
    for fund, code in sorted({*should, *there}):
        if should[fund, code] != there[fund, code]:
            yield f"{code} holds {there[fund, code]} satang of what was received and handed over, and should {should[fund, code]}."


def differences_have_names():
    """What a taker counted otherwise than it should have been stands as such with the giver."""
    for taking, step in _last_steps():
        hand, short, over = (_moved(taking, stem) for stem in (chart.HAND, chart.SHORT, chart.OVER))
        differs = step.from_hand_satang + step.awaited_satang - taking.counted_satang
        beyond = hand + step.from_hand_satang  # what no hand can give below nothing
        if (short, over) != (max(differs, 0), min(differs, 0) - beyond):
            yield f"The difference of {taking.handover.entry_id} is {differs} satang, and {short + over} are named."


def cash_goes_on_once():
    """A hand-over gives what its receipts and earlier takings brought, each of them once."""
    newest = HandedOn.select(HandedOn.receipt, fn.MAX(HandedOn.n).alias("n")).group_by(HandedOn.receipt)
    query = HandedOn.select(HandedOn.taking, HandedOn.amount_satang).join(
        newest, on=((HandedOn.receipt == newest.c.receipt_id) & (HandedOn.n == newest.c.n))
    )
    went = Counter()
    for taking, satang in query.where(~HandedOn.is_late, HandedOn.taking.is_null(False)).tuples():
        went[taking] += satang
    part = Taking.alias()
    for taking, satang in PassedOn.select(PassedOn.taking, part.counted_satang).join(part, on=PassedOn.part).tuples():
        went[taking] += satang
    for taking, step in _last_steps():
        if went[taking.id] - taking.handover.paid_out_satang != step.from_hand_satang:
            yield f"The hand-over {taking.handover.entry_id} gave {step.from_hand_satang} satang, and names {went[taking.id]}."


def _received():
    """{(fund, holder): satang} of receipts in cash that came into a hand and were not found never to have been there."""
    old = Receipt.alias()
    same = (old.fund == Receipt.fund) & (old.book == Receipt.old_book) & (old.no == Receipt.old_no)
    query = Receipt.select(
        Receipt.id, Receipt.fund, LedgerAccount.code, Receipt.total_satang, old.total_satang,
        ReceiptStanding.state, ReceiptStanding.money,
    )  # fmt: skip
    query = query.join(LedgerAccount).switch(Receipt).join(ReceiptStanding).switch(Receipt)
    query = query.join(old, JOIN.LEFT_OUTER, on=same).where(LedgerAccount.code.startswith(f"{chart.HAND}-"))
    late, found = _late(), Counter()
    for receipt, fund, code, total, taken_over, state, money in query.tuples().iterator():
        satang = total - (taken_over or 0)
        left = money in NOT_THERE or (satang < 0 and state in ("rejected", "void"))
        found[fund, _whose(code)] += (0 if receipt in late else satang) - (satang if left else 0)
    return found


def _late():
    """The receipts that came out of what had been handed on before they were booked."""
    found = {}
    for receipt, taking, is_late in (
        HandedOn.select(HandedOn.receipt, HandedOn.taking, HandedOn.is_late).order_by(HandedOn.n).tuples()
    ):
        found[receipt] = is_late and taking is not None
    return {receipt for receipt, is_late in found.items() if is_late}


def _taken():
    query = Taking.select(LedgerAccount.fund, LedgerAccount.code, fn.SUM(Taking.counted_satang)).join(LedgerAccount)
    query = query.group_by(LedgerAccount.fund, LedgerAccount.code).tuples()
    return Counter({(fund, _whose(code)): int(satang) for fund, code, satang in query})


def _given():
    """(fund, holder, satang) of each taking: what was counted is gone; what was for receipts still to come never was there."""
    for taking, step in _last_steps():
        giver = taking.handover.giver
        yield giver.fund_id, _whose(giver.code), step.awaited_satang - taking.counted_satang


def _last_steps():
    later = TakingStep.alias()
    is_last = ~fn.EXISTS(later.select(later.id).where(later.taking == TakingStep.taking, later.n > TakingStep.n))
    query = TakingStep.select(TakingStep, Taking, Handover, LedgerAccount).join(Taking).join(Handover)
    query = query.join(LedgerAccount, on=Handover.giver)
    return [(step.taking, step) for step in query.where(is_last).order_by(TakingStep.taking)]


def _moved(taking, stem):
    """What the steps of a taking posted to the giver's account of this stem."""
    code = f"{stem}-{_whose(taking.handover.giver.code)}"
    query = Posting.select(fn.COALESCE(fn.SUM(Posting.amount_satang), 0)).join(LedgerAccount).switch(Posting)
    steps = TakingStep.select(TakingStep.transaction).where(TakingStep.taking == taking)
    return int(query.where(Posting.transaction.in_(steps), LedgerAccount.code == code).scalar())


def _there():
    """{(fund, holder): satang} on hands, short and over, as receipts, decisions about them and hand-overs moved it."""
    moves = LedgerTransaction.kind.in_((*MOVES, *(f"{kind} undone" for kind in MOVES)))
    query = Posting.select(LedgerAccount.fund, LedgerAccount.code, fn.SUM(Posting.amount_satang)).join(LedgerAccount)
    query = query.switch(Posting).join(LedgerTransaction).where(moves)
    found = Counter()
    for fund, code, satang in query.group_by(LedgerAccount.fund, LedgerAccount.code).tuples():
        if code.partition("-")[0] in chart.OF_SOMEBODY:
            found[fund, _whose(code)] += int(satang)
    return found


def _whose(code):
    return code.partition("-")[2]
