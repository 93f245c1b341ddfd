"""The promise about what pages read instead of every posting: each day of the books says what its postings come to."""

from datetime import date

from peewee import Case, fn

from db.models import Fund, LedgerAccount, LedgerDay, LedgerTransaction, Posting
from pwa.domain.fund import ledger_days


def days_are_the_sums_of_postings():
    """What an account is shown to have come to by the end of a day is the sum of its postings through that day."""
    for account in LedgerAccount.select(LedgerAccount, Fund).join(Fund).order_by(LedgerAccount.id):
        shown, made = _shown(account), _added_up(account)
        for pot, day in sorted({*shown, *made}):
            if shown.get((pot, day)) != made.get((pot, day)):
                what = f"{account.fund.code}, {account.code}{pot and f' of {pot}'}, {day}"
                yield f"{what}: the day says {shown.get((pot, day))}, its postings {made.get((pot, day))}."


def _shown(account):
    """{(pot, day): (until, debit, credit)} as its days say."""
    rows = LedgerDay.select().where(LedgerDay.account == account)
    return {(one.pot, one.day): (one.until, one.debit_satang, one.credit_satang) for one in rows}


def _added_up(account):
    """The same from the postings of each day, one after the other."""
    satang = Posting.amount_satang
    debit, credit = (fn.SUM(Case(None, [(side, satang)], 0)) for side in (satang > 0, satang < 0))
    query = Posting.select(Posting.pot, LedgerTransaction.posted_on, debit, credit).join(LedgerTransaction)
    query = query.where(Posting.account == account).group_by(Posting.pot, LedgerTransaction.posted_on)
    found, before = {}, None
    for pot, said, came, went in query.order_by(Posting.pot, LedgerTransaction.posted_on).tuples():
        day = date.fromisoformat(said) if isinstance(said, str) else said
        total, gone = 0, 0
        if before is not None and before[0] == pot:
            _, total, gone = found[before]
            found[before] = day, total, gone
        before = pot, day
        found[before] = ledger_days.NEVER, total + int(came), gone - int(went)
    return found
