"""In whose hands an account may be. An access is a passkey with the enrolment that made it; whoever issued it may hold it
themselves, until a second officer has asked its owner (also when it was revoked: it was held until then).

The keeper of the server answers to nobody here, so what they issued puts nobody into their hands.
"""

from peewee import JOIN

from db.models import AccessConfirmation, Account, Enrolment, EnrolmentUse, Passkey
from db.statements import Prepared


def unconfirmed(*columns):
    """Accesses that an officer or volunteer issued and no second officer confirmed, with these columns; to be narrowed."""
    query = Passkey.select(*columns).join(EnrolmentUse).join(Enrolment).switch(Passkey)
    query = query.join(AccessConfirmation, JOIN.LEFT_OUTER).switch(Passkey)
    return query.where(AccessConfirmation.id.is_null(), Enrolment.issued_by.is_null(False))


_issuers = Prepared(
    lambda accounts: unconfirmed(Passkey.account, Enrolment.issued_by).where(Passkey.account.in_(accounts))
)


def of(accounts):
    """{account: whoever may hold an access of it}, also through others whom they opened; ids."""
    direct, fresh, as_id = {}, set(accounts) - {None}, Account.id.python_value
    while fresh:
        direct |= {account: set() for account in fresh}
        for account, issuer in _issuers(sorted(fresh)):
            direct[as_id(account)].add(as_id(issuer))
        fresh = {issuer for account in fresh for issuer in direct[account]} - direct.keys()
    return {account: _reached(account, direct) for account in direct}


def tied(held, accounts):
    """Of `held` (as `of` gives it): whoever may act in the name of one of these accounts, or in whose name one of them may."""
    accounts = set(accounts) - {None}
    above = {holder for account in accounts for holder in held.get(account, ())}
    return above | {account for account, holders in held.items() if holders & accounts}


def are_tied(one, others):
    """Whether an account may act in the name of one of these, or one of them in its name."""
    return one in tied(of({one, *others}), others)


def _reached(account, direct):
    found, todo = set(), list(direct[account])
    while todo:
        holder = todo.pop()
        if holder not in found:
            found.add(holder)
            todo += direct[holder]
    return found
