"""The promises about two officers: roles began with a second one's yes or in plain sight, accesses were confirmed by others, and
nobody decided for hands that may have been their own."""

from collections import defaultdict

from peewee import JOIN, fn

from db.models import (
    AccessConfirmation,
    Account,
    CounterDecision,
    DemoWorld,
    Enrolment,
    EnrolmentUse,
    Entry,
    Passkey,
    RoleGrant,
    RoleStart,
    Session,
    Trial,
)
from pwa.domain.operations.state_promises import DECISIONS
from pwa.domain.people import trials
from pwa.domain.people.second_officers import DELAY


def roles_began_with_two():
    """Whoever agreed that a role begins neither gave nor got it; without anybody it began when its 24 hours were over."""
    query = RoleStart.select(RoleStart, RoleGrant, Account).join(RoleGrant).join(Account, on=RoleGrant.account)
    for start in query:
        grant = start.grant
        said = f"The role {grant.role} of {grant.account.handle}"
        if start.account_id is not None and start.account_id in (grant.granted_by_id, grant.account_id):
            yield f"{said} was agreed to by who gave or got it."
        elif start.account_id is not None and grant.granted_by_id == grant.account_id:
            yield f"{said} was given to oneself."
        elif start.account_id is None and start.at not in (grant.granted_at, grant.granted_at + DELAY):
            yield f"{said} began at another time than it was due."


def trials_were_of_the_demo():
    """Whoever looked around without a key was of the demo village, came with its keeper's link, and stayed twelve hours at most."""
    query = Trial.select(Trial, Session, Enrolment, DemoWorld).join(Session).switch(Trial).join(Enrolment)
    query = query.join(DemoWorld, JOIN.LEFT_OUTER, on=(DemoWorld.account == Session.account), attr="listed")
    for trial in query:
        session, enrolment = trial.session, trial.enrolment
        is_theirs = enrolment.account_id == session.account_id and enrolment.issued_by_id is None
        is_short = session.expires_at - session.started_at <= trials.LIFETIME
        if getattr(enrolment, "listed", None) is None or not is_theirs or not is_short:
            yield f"The session {session.id} began without a key, and should not have."


def accesses_were_confirmed_by_others():
    """Whoever confirmed an access neither issued nor owns it."""
    for one in AccessConfirmation.select(AccessConfirmation, Passkey).join(Passkey):
        issuers = Enrolment.select(Enrolment.issued_by).join(EnrolmentUse).where(EnrolmentUse.passkey == one.passkey)
        about = {one.passkey.account_id, *(issuer for (issuer,) in issuers.tuples())}
        if one.account_id is None and one.how != "in use":
            yield f"The access {one.passkey_id} was confirmed by nobody."
        elif one.account_id is not None and one.account_id in about:
            yield f"The access {one.passkey_id} was confirmed by who issued or owns it."


def decisions_are_of_free_hands():
    """Since sessions name their access, nobody decided about an author whose unconfirmed access was theirs, or the other way round."""
    since = Session.select(fn.MIN(Session.started_at)).where(Session.passkey.is_null(False)).scalar()
    if since is None:
        return
    spans = _spans()
    for model in (*DECISIONS, CounterDecision):
        query = model.select(model.account, model.at, Entry.author, Entry.entry_id).join(Entry)
        for account, at, author, entry in query.where(model.at >= since).tuples():
            pairs = spans[account, author] + spans[author, account]
            if any(began <= at and (ended is None or at < ended) for began, ended in pairs):
                yield f"{entry} was decided by somebody who may hold its author's account, or whose account its author may hold."


def _spans():
    """{(issuer, owner): [(since when, until when)]} in which an access was in force and unconfirmed."""
    query = (
        Passkey.select(Enrolment.issued_by, Passkey.account, Passkey.created_at, AccessConfirmation.at)
        .join(EnrolmentUse)
        .join(Enrolment)
        .switch(Passkey)
        .join(AccessConfirmation, JOIN.LEFT_OUTER)
        .where(Enrolment.issued_by.is_null(False))
    )
    found = defaultdict(list)
    for issuer, owner, began, ended in query.tuples():
        found[issuer, owner].append((began, ended))
    return found
