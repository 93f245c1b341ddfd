"""A month of a fund's books closed: the treasurer signs it as it stands, the auditor signs the same, and the database locks it.

The first signature fixes the set and its hash; from then on what comes is posted in the next month. Without the second one within
72 hours it falls and the month is open again. The oldest month that has ended goes first, and no closed one is ever opened.
"""

from datetime import timedelta

from peewee import JOIN

from db import database
from db.models import (
    Account,
    Branch,
    CloseFall,
    CloseOpen,
    CloseSignature,
    LedgerAccount,
    LedgerTransaction,
    MonthClose,
)
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import (
    account_books,
    claim_payments,
    closed_days,
    closing,
    holders,
    public_figures,
    reopenings,
    signed_twice,
    statement_balances,
)
from pwa.domain.fund.signed_twice import NOT_YOURS, OWN_PHONE, State, objection
from pwa.domain.text import wording

__all__ = ["NOT_YOURS", "OWN_PHONE", "State", "objection"]
DAY = timedelta(days=1)
NOTHING = N_("No month can be closed: the next one has not ended, or waits for its second signature.")
PAYING = N_("A payment is being made right now. Finish it, or say that it is not being made; then close the month.")
FELL = N_("The second signature did not come within 72 hours, so the month is open again. It is closed anew.")
CHANGED = N_(
    "The books of this month are not what the treasurer signed. Nothing can be signed; tell whoever runs the system."
)


def due(fund, *, at, on):
    """The last day of the month that is to be closed next; None while there is none, or one waits for its second signature."""
    closed = closed_days.through(fund, at)
    last = latest(fund)
    if closed and last and last.waits(at):
        return None
    first = closed + DAY if closed else account_books.months(fund, on)[-1]
    through = account_books.last_day(first)
    has_any = LedgerTransaction.select().where(LedgerTransaction.fund == fund).exists()
    return through if has_any and through < on else None


def begin(fund, through, balances, *, by, device, at, on):
    """Fix the month and sign it as treasurer: {bank code: statement_balances.Said} is what the statements say. The same twice is one."""
    with database.atomic():
        standing = latest(fund)
        if (
            standing
            and standing.close.through == through
            and standing.waits(at)
            and standing.signed["treasurer"].account_id == by.id
        ):
            return standing.close
        if through is None or due(fund, at=at, on=on) != through:
            raise Refusal(NOTHING)
        reopenings.must_be_open(fund)
        if any(each.state == "paying" for each in claim_payments.unpaid([fund.id])):
            raise Refusal(PAYING)
        let_fall(at=at)
        month = closing.of(fund, through)
        said = statement_balances.checked(fund, month.banks, balances)
        made = _fixed(month, at=at)
        for place, one in said:
            account = holders.in_bank(fund, place.name)
            statement_balances.write(made, account, one, booked=place.satang, by=by, at=at)
        CloseSignature.create(close=made, turn="treasurer", account=by, device=device, at=at)
    return made


def sign(close, *, by, device, at):
    """The auditor's signature, on what the treasurer signed; the same twice is one. Raises Refusal."""
    with database.atomic():
        one = state(close)
        if one.is_done and one.signed["auditor"].account_id == by.id:
            return
        signed_twice.must_wait(one, at, FELL)
        reopenings.must_be_open(close.fund)
        why = objection(one, by, device=device)
        if why:
            raise Refusal(why)
        if closing.digest(close.fund, close.through.replace(day=1), close.through) != close.set_hash:
            raise Refusal(CHANGED)
        CloseSignature.create(close=close, turn="auditor", account=by, device=device, at=at)
        public_figures.note(close)


def decline(close, *, reason, by, at):
    """The auditor does not sign, for a reason that the treasurer reads; the month is open again. Raises Refusal."""
    reason = wording.said(reason, asked=signed_twice.WHY, field="reason", longest=signed_twice.LONGEST)
    with database.atomic():
        one = state(close)
        if one.fall is not None and one.fall.account_id == by.id:
            return
        signed_twice.must_wait(one, at, FELL)
        if not signed_twice.is_auditor(one, by):
            raise Refusal(NOT_YOURS)
        CloseFall.create(close=close, account=by, reason=reason, at=at)


def let_fall(*, at):
    """Write down which closes have waited for their second signature in vain."""
    signed_twice.let_fall(MonthClose, CloseSignature, CloseFall, at=at)


def find(number, *, seen_by):
    """The State of a close of a fund whose books this account reads. Raises NotFound."""
    found = MonthClose.get_or_none(MonthClose.id == number)
    if found is None or found.fund_id not in {fund.id for fund in account_books.funds(seen_by)}:
        raise NotFound
    return state(found)


def of(fund):
    """[State] of a fund's closes, the latest first."""
    return _states(MonthClose.select().where(MonthClose.fund == fund).order_by(MonthClose.id.desc()))


def latest(fund):
    """The State of the last close that was begun, or None."""
    found = _states(MonthClose.select().where(MonthClose.fund == fund).order_by(MonthClose.id.desc()).limit(1))
    return found[0] if found else None


def waiting(account, *, at):
    """[State] that wait for this account's signature as auditor."""
    found = [one for fund in account_books.funds(account) if (one := latest(fund)) and one.waits(at)]
    return [one for one in found if signed_twice.is_auditor(one, account)]


def state(close):
    """The State of a close."""
    return _states([close])[0]


def _states(query):
    return signed_twice.states(query, CloseSignature, CloseFall)


def left_open(close):
    """[CloseOpen] of a close, each with its account and whose that is."""
    query = CloseOpen.select(CloseOpen, LedgerAccount, Account, Branch).join(LedgerAccount, JOIN.LEFT_OUTER)
    query = query.join(Account, JOIN.LEFT_OUTER, on=LedgerAccount.holder).switch(LedgerAccount)
    query = query.join(Branch, JOIN.LEFT_OUTER, on=LedgerAccount.branch)
    return list(query.where(CloseOpen.close == close).order_by(CloseOpen.id))


def _fixed(month, *, at):
    tries = MonthClose.select().where(MonthClose.fund == month.fund, MonthClose.through == month.through).count()
    made = MonthClose.create(
        fund=month.fund,
        through=month.through,
        n=tries + 1,
        set_hash=closing.digest(month.fund, month.since, month.through),
        report=closing.report(month),
        at=at,
    )
    for one in month.open:
        CloseOpen.create(close=made, what=one.what, ledger_account=one.account, amount_satang=one.satang, many=one.many)
    return made
