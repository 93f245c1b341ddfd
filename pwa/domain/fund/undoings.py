"""A voucher, or what the books begin with, undone: asked for with a reason by who keeps the books, and signed by the auditor.

Only then a reversal is booked, one at most. What was undone keeps its number and stays in the books with its reversal.
"""

from typing import NamedTuple

from db import database
from db.models import ClaimAct, LedgerTransaction, Undoing, UndoingAnswer, Voucher
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import account_books, chart, ledger
from pwa.domain.fund.versions import are_one
from pwa.domain.people import hands
from pwa.domain.text import wording

LONGEST = 300
UNDONE = N_("This is undone already.")
WAITS = N_("This waits for the auditor's signature already.")
OWN = N_("Who wrote it, or asked for it, does not sign. Somebody else does.")
TIED = N_("One of you two opened the other's access, and no second officer has confirmed it.")
GONE = N_("What it brought there is not there any more. Undo first what was paid out of it.")
ANSWERED = N_("This was answered already.")
OF_A_CLAIM = N_("This paid a claim. Bring the money back there, so that the claim is due again.")


def ask(transaction, reason, *, by, at):
    """Ask for the undoing of a voucher's or the opening's transaction; returns the Undoing. Raises Refusal."""
    reason = wording.said(reason, asked=N_("Write why it is to be undone."), field="reason", longest=LONGEST)
    with database.atomic():
        if reversal(transaction) is not None:
            raise Refusal(UNDONE)
        if ClaimAct.select().join(Voucher).where(Voucher.transaction == transaction).exists():
            raise Refusal(OF_A_CLAIM)
        asked = list(of(transaction))
        if asked and answer_to(asked[-1]) is None:
            raise Refusal(WAITS)
        _must_be_there(transaction)
        about = dict(fund=transaction.fund_id, transaction=transaction, n=len(asked))
        return Undoing.create(**about, reason=reason, account=by, at=at)


def answer(undoing, *, agrees, by, at, on):
    """The auditor's word; with `agrees` the reversal is booked. The same word again changes nothing. Raises Refusal."""
    with database.atomic():
        before = answer_to(undoing)
        if before is not None:
            if (before.agrees, before.account_id) != (agrees, by.id):
                raise Refusal(ANSWERED)
            return before
        _must_be_another(undoing, by)
        booked = _reverse(undoing, by=by, at=at, on=on) if agrees else None
        return UndoingAnswer.create(undoing=undoing, agrees=agrees, account=by, reversal=booked, at=at)


def find(number, *, seen_by):
    """An undoing of a fund whose books this account reads. Raises NotFound."""
    found = Undoing.get_or_none(Undoing.id == number)
    if found is None or found.fund_id not in {fund.id for fund in account_books.funds(seen_by)}:
        raise NotFound
    return found


def waiting(account):
    """[Undoing] without an answer in the funds whose books this account reads, the oldest first."""
    answered = UndoingAnswer.select(UndoingAnswer.undoing)
    funds = [fund.id for fund in account_books.funds(account)]
    query = Undoing.select().where(Undoing.fund.in_(funds), Undoing.id.not_in(answered))
    return list(query.order_by(Undoing.id))


class State(NamedTuple):
    """How far the undoing of a transaction has come: what was `asked` last, the `answer` to it, and the `reversal`; each may be None."""

    asked: Undoing | None
    answer: UndoingAnswer | None
    reversal: LedgerTransaction | None


def state(transaction):
    """The State of a transaction's undoing."""
    asked = next(reversed(list(of(transaction))), None)
    return State(asked, asked and answer_to(asked), reversal(transaction))


def of(transaction):
    """What was asked about a transaction, in order."""
    return Undoing.select().where(Undoing.transaction == transaction).order_by(Undoing.n)


def answer_to(undoing):
    """Its UndoingAnswer, or None while it waits."""
    return UndoingAnswer.get_or_none(UndoingAnswer.undoing == undoing)


def reversal(transaction):
    """The transaction that reverses it, or None."""
    return LedgerTransaction.get_or_none(LedgerTransaction.reverses == transaction)


def voucher_of(undoing):
    """The Voucher that is to be undone; None where it is what the books begin with."""
    return Voucher.get_or_none(Voucher.transaction == undoing.transaction_id)


def objection(undoing, by):
    """Why this account may not sign, or None."""
    wrote = {undoing.account_id, undoing.transaction.actor} - {None}
    if by.id in wrote or are_one(undoing.account, by):
        return OWN
    return TIED if hands.are_tied(by.id, wrote) else None


def _must_be_another(undoing, by):
    found = objection(undoing, by)
    if found:
        raise Refusal(found)


def _must_be_there(transaction):
    """No hand and no bank goes below nothing by it."""
    for line in ledger.postings(transaction):
        is_place = line.account.code.partition("-")[0] in (chart.HAND, *chart.OF_A_BANK)
        if is_place and ledger.balance(line.account) < line.satang:
            raise Refusal(GONE)


def _reverse(undoing, *, by, at, on):
    undone = undoing.transaction
    if reversal(undone) is not None:
        raise Refusal(UNDONE)
    _must_be_there(undone)
    about = dict(kind=f"{undone.kind} undone", source=f"undone/{undone.source}", actor=by.id)
    return ledger.reverse(undone, occurred_on=on, on=on, at=at, **about)
