"""What becomes of a receipt, step by step, and what each step does in the books (fund.md §5, the table of events).

waiting → approved, rejected, void or replaced, and back when a decision is undone. A step is left by reversing what it booked,
so that what stands in the books is always what the last step says.
"""

from peewee import JOIN, fn

from db.models import (
    Advance,
    Fund,
    LedgerAccount,
    Membership,
    Posting,
    Receipt,
    ReceiptLine,
    ReceiptStanding,
    ReceiptStep,
    Voucher,
)
from db.models import LedgerTransaction as Transaction
from db.statements import Prepared, insert
from pwa.domain import N_, Refusal
from pwa.domain.custody import states
from pwa.domain.fund import advances, chart, claim_looks, handed, ledger, pots, rulings

BOOKED = ("approved", "rejected", "void")
"""States that booked something of their own; the transaction of any other step is what was left by it."""
PAID_BACK = N_("The money of this receipt was paid back already, by a voucher. The decision stays.")

_numbered = Prepared(
    lambda fund, book, no: (
        Receipt.select(Receipt, LedgerAccount, Fund)
        .join(LedgerAccount)
        .switch(Receipt)
        .join(Fund)
        .where(Receipt.fund == fund, Receipt.book == book, Receipt.no == no)
    )
)
_taking_over = Prepared(
    lambda fund, book, no: (
        Receipt.select(Receipt, LedgerAccount)
        .join(LedgerAccount)
        .where(Receipt.fund == fund, Receipt.old_book == book, Receipt.old_no == no)
        .order_by(Receipt.id)
    )
)
_lines = Prepared(
    lambda receipt: ReceiptLine.select().where(ReceiptLine.receipt == receipt).order_by(ReceiptLine.place)
)
_all_lines = Prepared(
    lambda receipts: (
        ReceiptLine.select().where(ReceiptLine.receipt.in_(receipts)).order_by(ReceiptLine.receipt, ReceiptLine.place)
    )
)
_steps = Prepared(
    lambda receipt: (
        ReceiptStep.select(ReceiptStep, Transaction)
        .join(Transaction, JOIN.LEFT_OUTER)
        .where(ReceiptStep.receipt == receipt)
        .order_by(ReceiptStep.n)
    )
)
_members = Prepared(
    lambda fund, people: (
        Membership.select(Membership.person)
        .where(Membership.fund == fund, Membership.person.in_(people), states.standing(Membership))
        .tuples()
    )
)


def numbered(fund, book, no):
    """The receipt of this number, or None."""
    return next(iter(_numbered.rows(fund.id, book, no)), None)


def name(receipt):
    """How the ledger's sources name it."""
    return f"{receipt.book}/{receipt.no}"


def lines(receipt):
    """[ReceiptLine] in their order."""
    return list(_lines.rows(receipt.id))


def lines_of(receipts):
    """{receipt id: [ReceiptLine]} of many, with one query."""
    found = {}
    for line in _all_lines.rows([receipt.id for receipt in receipts]):
        found.setdefault(line.receipt_id, []).append(line)
    return found


def before(receipt):
    """The receipt whose money this one takes over, as far as it is booked; None where there is none."""
    return numbered(receipt.fund, receipt.old_book, receipt.old_no) if receipt.old_no is not None else None


def taken_over(receipt):
    """How much of this receipt's money is another's."""
    old = before(receipt)
    return old.total_satang if old else 0


def successor(receipt):
    """The receipt that takes over this one's money, or None."""
    return taker_over(receipt.fund, receipt.book, receipt.no)


def taker_over(fund, book, no):
    """The receipt that takes over the money of this number, also before that came; None where none does."""
    return next(iter(_taking_over.rows(fund.id, book, no)), None)


def steps(receipt):
    """[ReceiptStep] in their order, each with its transaction."""
    return list(_steps.rows(receipt.id))


def is_paid_back(receipt):
    """Whether a voucher that stands gave its money back."""
    return Voucher.select().where(Voucher.receipt == receipt, ledger.stands(Voucher.transaction)).exists()


def state(receipt):
    """What the last step says: waiting, approved, rejected, void or replaced."""
    return ReceiptStanding.get_by_id(receipt.id).state


def move(receipt, to, *, on, at, money="", by=None, entry=None):
    """Bring a receipt to a state, leaving the one that it is in. Where it is there already nothing happens.

    `money` says where it is when it does not count: to_give_back, given_back or never_paid. Call inside the deciding transaction.
    """
    taken = steps(receipt)
    now = taken[-1] if taken else None
    if (now.state if now else "waiting", now.money if now else "") == (to, money):
        return
    about = {"on": on, "at": at, "by": by}
    left = _leave(receipt, now, **about) if now else None
    entered = _enter(receipt, to, money, len(taken), **about)
    step = ReceiptStep.create(
        receipt=receipt,
        n=len(taken),
        state=to,
        money=money,
        on=on,
        account=by,
        entry=entry,
        transaction=entered or left,
        at=at,
    )
    claim_looks.stir([line.person for line in lines(receipt)])
    ReceiptStanding.update(state=to, money=money).where(ReceiptStanding.receipt == receipt).execute()
    if to == "approved":
        insert(Advance, [{"step": step.id, "line": line.id} for line in _in_advance(receipt)])


def _enter(receipt, to, money, n, *, on, at, by):
    about = dict(kind=to, source=f"{to}/{name(receipt)}/{n}", on=on, at=at, actor=by and by.id)
    if to == "approved":
        return ledger.post(receipt.fund, occurred_on=receipt.paid_on, lines=_approved(receipt), **about)
    if to in ("rejected", "void"):
        return ledger.post(receipt.fund, occurred_on=on, lines=_taken_out(receipt, money), **about)
    return None


def _leave(receipt, now, *, on, at, by):
    """Take back what the present step booked."""
    if now.state not in BOOKED or now.transaction is None:
        return None
    if now.state != "approved" and is_paid_back(receipt):
        raise Refusal(PAID_BACK)
    about = dict(on=on, at=at, actor=by and by.id, occurred_on=on, kind=f"{now.state} undone")
    for settled in advances.settled_of(receipt.fund, now):
        advances.undo(settled, on=on, at=at, by=by)
    return ledger.reverse(now.transaction, source=f"undone/{now.transaction.source}", **about)


def _approved(receipt):
    """Out of 2000 into income by pots, line by line; what is for somebody who is no member yet waits on 2100."""
    version = rulings.of(receipt.fund, receipt.paid_on).version
    early = {line.id for line in _in_advance(receipt)}
    found = [ledger.Line(_unchecked(receipt), receipt.total_satang)]
    for line in lines(receipt):
        if line.id in early:
            found.append(ledger.Line(ledger.account(receipt.fund, chart.IN_ADVANCE), -line.amount_satang))
        else:
            found += income(receipt.fund, chart.INCOME_OF[line.kind], line.amount_satang, version)
    return found


def income(fund, code, satang, version):
    """[Line] of an income, divided into the pots by the regulation in force."""
    account = ledger.account(fund, code)
    return [ledger.Line(account, -part, pot) for pot, part in pots.split(satang, chart.SPLIT_OF[code], version)]


def _in_advance(receipt):
    """The lines for people who are not members of this fund."""
    asked = [line for line in lines(receipt) if line.kind != "donation"]
    members = {person for (person,) in _members.rows(receipt.fund_id, list({line.person for line in asked}))}
    return [line for line in asked if line.person not in members]


def _taken_out(receipt, money):
    """Where the money of a receipt that does not count is; of one that took over another's, only what it differs by."""
    satang = receipt.total_satang - taken_over(receipt)
    to = _outcome(receipt, money) if satang > 0 else receipt.hand
    return [ledger.Line(_unchecked(receipt), satang), ledger.Line(to, -satang)]


def _unchecked(receipt):
    return ledger.account(receipt.fund, chart.UNCHECKED)


def _outcome(receipt, money):
    """The account on which the money of a receipt that does not count is: to be given back, or out of where it never was, or is no more.

    What was never paid and is handed on already is its collector's to make good.
    """
    hand = receipt.hand
    if money == "to_give_back":
        return ledger.account(receipt.fund, chart.TO_GIVE_BACK)
    if money == "never_paid" and hand.code.startswith(f"{chart.HAND}-") and is_handed_on(receipt):
        return ledger.of_same_holder(chart.SHORT, hand)
    return hand


def is_handed_on(receipt):
    """Whether its cash went on with an accepted hand-over."""
    return handed.taking_of(receipt) is not None


def cash_of(hand, receipts):
    """{receipt id: satang} that coming into custody put into this hand, with what its holder was over or short by that."""
    names = {f"receipt/{name(one)}": one.id for one in receipts}
    whose = hand.code.partition("-")[2]
    query = Posting.select(Transaction.source, fn.SUM(Posting.amount_satang)).join(Transaction)
    query = query.switch(Posting).join(LedgerAccount).where(Transaction.fund == hand.fund_id)
    query = query.where(LedgerAccount.code.in_([f"{stem}-{whose}" for stem in chart.OF_SOMEBODY]))
    rows = query.where(Transaction.source.in_(list(names))).group_by(Transaction.source).tuples()
    return {one.id: 0 for one in receipts} | {names[source]: int(satang) for source, satang in rows}
