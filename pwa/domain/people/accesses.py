"""The list of accesses that no second officer has confirmed yet, and the word of each owner; who opened the session in hand.

Until an access is confirmed or a week old, a session begun with it shows its person no health: perhaps somebody else holds it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import JOIN, fn

from db import database
from db.models import AccessConfirmation, Account, Enrolment, EnrolmentUse, Passkey, PasskeyRevocation
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.people import hands, passkeys, second_officers

SETTLES = timedelta(days=7)
FRESH = timedelta(days=30)
ASKED = {"face": N_("Face to face"), "phone": N_("By phone, at the number that I know")}
A_PAGE = 30


@dataclass(frozen=True)
class Access:
    """An unconfirmed access, who opened it and when, and whether the officer who asks may confirm it."""

    passkey: Passkey
    owner: Account
    issuer: Account
    opened_at: datetime
    is_revoked: bool
    may_confirm: bool
    why: str


@dataclass(frozen=True)
class Opened:
    """With what a session was begun: who issued it (None: the keeper of the server), and since when it is confirmed."""

    issuer: Account | None
    opened_at: datetime
    confirmed_at: datetime | None

    @property
    def is_sure(self):
        return self.issuer is None or self.confirmed_at is not None

    @property
    def settles_at(self):
        return self.opened_at + SETTLES

    def is_settled(self, at):
        return self.is_sure or at >= self.settles_at


def opened_by(session):
    """[Opened]: the access of a session; of one that began before this was kept, those made on its phone, else all of the account."""
    if session.passkey_id is not None:
        return [_of_passkey(row) for row in _of_session.rows(session.passkey_id)]
    made = _of_account.rows(session.account_id)
    return [_of_passkey(row) for row in [row for row in made if row.device_id == session.device_id] or made]


def are_settled(opened, *, at):
    """Whether a session is surely its owner's: begun with an access of the keeper, a confirmed one, or one that is a week old."""
    return all(one.is_settled(at) for one in opened)


def waiting(seen_by, *, after=None):
    """([Access], the passkey after which the next page begins, None on the last): unconfirmed ones in the officer's units, the newest
    first; those `after` a passkey (its number; none known begins the list).
    """
    last = Passkey.get_or_none(Passkey.id == after) if after else None
    query = _listed(seen_by)
    if last is not None:
        same = (Passkey.created_at == last.created_at) & (Passkey.id < last.id)
        query = query.where((Passkey.created_at < last.created_at) | same)
    rows = list(query.limit(A_PAGE + 1))
    return _told(rows[:A_PAGE], seen_by), rows[A_PAGE - 1].id if len(rows) > A_PAGE else None


def get(passkey_id, *, seen_by):
    """One of them. Raises NotFound."""
    found = _told(list(_listed(seen_by).where(Passkey.id == passkey_id)), seen_by)
    if not found:
        raise NotFound
    return found[0]


def count(seen_by, *, at):
    """How many were opened lately and wait for a second officer who is free, as this one is."""
    mine = [seen_by.id, *hands.of([seen_by.id])[seen_by.id]]
    return _others.value(mine, seen_by, at - FRESH, list(second_officers.reach(seen_by))) or 0


_others = Prepared(
    lambda mine, account, since, near: hands.unconfirmed(fn.COUNT(Passkey.id)).where(
        Enrolment.issued_by.not_in(mine),
        Passkey.account != account,
        Passkey.created_at > since,
        Passkey.account.in_(Account.select(Account.id).where(Account.unit.in_(near))),
    )
)


def confirm(passkey_id, *, by, at, how):
    """The owner told the second officer that this access is theirs. Twice by the same person changes nothing."""
    with database.atomic():
        made = AccessConfirmation.get_or_none(AccessConfirmation.passkey == passkey_id)
        if made is not None and made.account_id == by.id:
            return
        access = _for_second(passkey_id, by)
        if how not in ASKED:
            raise Refusal(N_("Say how you asked them."), field="how")
        AccessConfirmation.create(passkey=access.passkey, account=by, at=at, how=how)


def deny(passkey_id, *, by, at, reason):
    """The owner told the second officer that it is not theirs: it is shut out, and goes on counting as its issuer's."""
    with database.atomic():
        passkeys.revoke(_for_second(passkey_id, by).passkey, by=by, at=at, reason=reason)


def confirmations(account):
    """{passkey id: AccessConfirmation, with its account where there is one} of an account."""
    return {row.passkey_id: row for row in _confirmed.rows(account)}


def _confirmations(account):
    query = AccessConfirmation.select(AccessConfirmation, Account).join(Account, JOIN.LEFT_OUTER)
    return query.where(AccessConfirmation.passkey.in_(Passkey.select(Passkey.id).where(Passkey.account == account)))


_confirmed = Prepared(_confirmations)


def _for_second(passkey_id, by):
    access = get(passkey_id, seen_by=by)
    if not access.may_confirm:
        raise Refusal(second_officers.SOMEBODY_ELSE)
    return access


def _near(by):
    """Accounts in the units where `by` is an officer."""
    return Account.select(Account.id).where(Account.unit.in_(second_officers.reach(by)))


def _listed(by):
    owner, issuer = Account.alias(), Account.alias()
    query = hands.unconfirmed(Passkey, owner, EnrolmentUse, Enrolment, issuer, PasskeyRevocation)
    query = query.join(owner, on=(Passkey.account == owner.id)).switch(Enrolment)
    query = query.join(issuer, on=(Enrolment.issued_by == issuer.id)).switch(Passkey)
    query = query.join(PasskeyRevocation, JOIN.LEFT_OUTER, attr="revocation").switch(Passkey)
    return query.where(Passkey.account.in_(_near(by))).order_by(Passkey.created_at.desc(), Passkey.id.desc())


def _told(rows, by):
    """[Access] of passkeys with their enrolments; whoever is in the issuer's hands, or holds the issuer, confirms nothing."""
    issuers = {row.enrolmentuse.enrolment.issued_by_id for row in rows}
    held = hands.of({by.id, *issuers})
    found = []
    for row in rows:
        issuer = row.enrolmentuse.enrolment.issued_by
        free = by.id not in {issuer.id, row.account_id} | hands.tied(held, [issuer.id])
        why = row.enrolmentuse.enrolment.reason
        found.append(
            Access(row, row.account, issuer, row.created_at, getattr(row, "revocation", None) is not None, free, why)
        )
    return found


def _with_issuer():
    return (
        Passkey.select(Passkey, EnrolmentUse, Enrolment, Account, AccessConfirmation)
        .join(EnrolmentUse, JOIN.LEFT_OUTER, attr="use")
        .join(Enrolment, JOIN.LEFT_OUTER)
        .join(Account, JOIN.LEFT_OUTER, on=(Enrolment.issued_by == Account.id))
        .switch(Passkey)
        .join(AccessConfirmation, JOIN.LEFT_OUTER, attr="confirmation")
    )


_of_session = Prepared(lambda passkey: _with_issuer().where(Passkey.id == passkey))
_of_account = Prepared(lambda account: _with_issuer().where(Passkey.account == account))


def _of_passkey(row):
    use = getattr(row, "use", None)
    enrolment = use and use.enrolment
    confirmation = getattr(row, "confirmation", None)
    return Opened(enrolment and enrolment.issued_by, row.created_at, confirmation and confirmation.at)
