"""Money paid in advance by applicants (2100): income and cover when they are admitted, to be given back when they are not.

Both on the day of the resolution (fund.md §3, "Applicants"). What was taken back at once is reversed, and may come again.
"""

from db.models import Advance, Receipt, ReceiptLine, ReceiptStanding, ReceiptStep
from db.models import LedgerTransaction as Transaction
from db.statements import Prepared
from pwa.domain.fund import chart, ledger, pots, rulings

_open = Prepared(
    lambda fund, person: (
        Advance.select(Advance, ReceiptStep, ReceiptLine, Receipt)
        .join(ReceiptStep)
        .switch(Advance)
        .join(ReceiptLine)
        .join(Receipt)
        .join(ReceiptStanding, on=(ReceiptStanding.receipt == Receipt.id))
        .where(Receipt.fund == fund, ReceiptLine.person == person, ReceiptStanding.state == "approved")
        .order_by(Advance.id)
    )
)
_of_step = Prepared(lambda step: Advance.select().where(Advance.step == step).order_by(Advance.id))
_reversal = Prepared(lambda transaction: Transaction.select(Transaction.id).where(Transaction.reverses == transaction))
_last = Prepared(
    lambda receipt: (
        ReceiptStep.select(ReceiptStep.id).where(ReceiptStep.receipt == receipt).order_by(ReceiptStep.n.desc()).limit(1)
    )
)


def settle(fund, person, *, accepted, on, at, by):
    """What somebody had paid in advance, when it was resolved about them: income by the pots of that day, or to be given back."""
    version = rulings.of(fund, on).version
    for advance in standing(fund, person):
        line = advance.line
        to = _income(fund, line, version) if accepted else [(chart.TO_GIVE_BACK, "", line.amount_satang)]
        lines = [ledger.Line(ledger.account(fund, chart.IN_ADVANCE), line.amount_satang)]
        lines += [ledger.Line(ledger.account(fund, code), -satang, pot) for code, pot, satang in to]
        kind = "admitted" if accepted else "refused"
        about = dict(occurred_on=on, on=max(on, advance.step.on), at=at, actor=by and by.id)
        ledger.post(fund, kind=kind, source=_free(fund, advance), lines=lines, **about)


def take_back(fund, person, *, on, at, by):
    """The resolution was taken back at once: the money is paid in advance again."""
    for advance in _standing_rows(fund, person):
        if settled := _settled(fund, advance):
            undo(settled, on=on, at=at, by=by)


def undo(transaction, *, on, at, by):
    """Reverse one such transaction."""
    about = dict(occurred_on=on, on=on, at=at, actor=by and by.id, kind=f"{transaction.kind} undone")
    return ledger.reverse(transaction, source=f"undone/{transaction.source}", **about)


def standing(fund, person):
    """[Advance] of somebody that nothing was resolved about yet."""
    return [advance for advance in _standing_rows(fund, person) if _settled(fund, advance) is None]


def settled_of(fund, step):
    """The transactions that settled the advances of a step, as far as they stand."""
    found = (_settled(fund, advance) for advance in _of_step.rows(step.id))
    return [transaction for transaction in found if transaction is not None]


def _standing_rows(fund, person):
    """Those of the last step of each receipt."""
    rows = _open.rows(fund.id, person)
    return [row for row in rows if _last.value(row.step.receipt_id) == row.step_id]


def _income(fund, line, version):
    code = chart.INCOME_OF[line.kind]
    return [(code, pot, satang) for pot, satang in pots.split(line.amount_satang, chart.SPLIT_OF[code], version)]


def _sources(advance):
    number = 0
    while True:
        yield f"advance/{advance.id}/{number}"
        number += 1


def _settled(fund, advance):
    """The transaction that settled an advance and was not reversed, or None."""
    for source in _sources(advance):
        made = ledger.booked(fund, source)
        if made is None or _reversal.value(made.id) is None:
            return made


def _free(fund, advance):
    return next(source for source in _sources(advance) if ledger.booked(fund, source) is None)
