"""New access for somebody who had it before, such as a lost phone, or whose role two officers give: one officer asks, a second
agrees, and only then link and digits exist.

The second is another officer of the account's unit (second_officers). Without one, a request opens by itself after 24 hours, in
which all officers over the place and the account's own sessions are shown it, and each of them can stop it. `ombun invite`, by
the keeper of the server, is not touched. A request lives 24 hours more.
"""

import uuid
from datetime import timedelta

from db import database
from db.models import (
    Account,
    Household,
    Person,
    Reissue,
    ReissueConfirmation,
    ReissueLink,
    ReissueRefusal,
)
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.people import enrolments, roles, second_officers
from pwa.domain.people.candidates import candidate, check_text, must_be_allowed
from pwa.domain.people.second_officers import DELAY
from pwa.domain.places import units
from pwa.domain.text import wording

LIFETIME = timedelta(hours=24)
LONGEST = 500
WATCHERS = roles.may("watch")
FACTS = (ReissueConfirmation, ReissueRefusal, ReissueLink)


def ask(account, *, by, at, reason, identity_check="", beside=False, note=""):
    """Ask for new access; while a request about the account is open, that one is it."""
    subject = candidate(account=account, by=by)
    if by == account:
        raise Refusal(second_officers.NOT_ONESELF)
    must_be_allowed(subject, identity_check, beside, note, reason)
    with database.atomic():
        waiting = next((one for one in _of(account) if state(one, at=at) in ("asked", "open", "confirmed")), None)
        if waiting is not None:
            return waiting
        return Reissue.create(
            id=uuid.uuid4(),
            account=account,
            asked_by=by,
            asked_at=at,
            opens_at=at + DELAY,
            expires_at=at + DELAY + LIFETIME,
            reason=reason.strip(),
            identity_check=check_text(identity_check, note),
        )


def confirm(reissue, *, by, at):
    """The second officer's yes. Twice by the same person changes nothing."""
    with database.atomic():
        if not _is_repeated(reissue, ReissueConfirmation, by):
            if not may_confirm(reissue, by, at=at):
                raise Refusal(second_officers.SOMEBODY_ELSE)
            _must_wait(reissue, at, "asked", "open")
            ReissueConfirmation.create(reissue=reissue, account=by, at=at)


def decline(reissue, *, by, at, reason):
    """A no with its reason: by an officer who sees it, by who asked, or by whose account it is."""
    reason = wording.said(reason, asked=N_("Write why."), longest=LONGEST)
    with database.atomic():
        if not _is_repeated(reissue, ReissueRefusal, by):
            _must_wait(reissue, at, "asked", "open", "confirmed")
            ReissueRefusal.create(reissue=reissue, account=by, at=at, reason=reason)


def issue(reissue, *, by, at):
    """Link and digits for who asked, once: after the confirmation, or when the waiting is over."""
    if by != reissue.asked_by:
        raise NotFound
    candidate(account=reissue.account, by=by)
    with database.atomic():
        _must_wait(reissue, at, "confirmed", "open")
        about = dict(reason=reissue.reason, identity_check=reissue.identity_check)
        issued = enrolments.make(reissue.account, by=by, at=at, **about)
        ReissueLink.create(reissue=reissue, enrolment=issued.enrolment)
        return issued


def get(reissue_id, *, seen_by):
    """A request, for who asked, whose account it is, and the officers who look after its place."""
    reissue = Reissue.get_or_none(Reissue.id == reissue_id)
    if reissue is None:
        raise NotFound
    if seen_by not in (reissue.asked_by, reissue.account) and not _watched([reissue], seen_by):
        raise NotFound
    return reissue


def state(reissue, *, at):
    """asked (waits for the second officer), open (the waiting is over), confirmed, issued, declined or expired."""
    made = {model: fact(reissue, model) for model in FACTS}
    if made[ReissueLink]:
        return "issued"
    if made[ReissueRefusal]:
        return "declined"
    if reissue.expires_at <= at:
        return "expired"
    if made[ReissueConfirmation]:
        return "confirmed"
    return "open" if reissue.opens_at and reissue.opens_at <= at else "asked"


def fact(reissue, model):
    """The ReissueConfirmation, ReissueRefusal or ReissueLink of a request, or None."""
    known = getattr(reissue, "facts", None)
    return model.get_or_none(model.reissue == reissue) if known is None else known[model]


def may_confirm(reissue, by, *, at):
    about = dict(first=reissue.asked_by_id, to=reissue.account_id, unit_id=_places([reissue])[reissue.account_id])
    return second_officers.may_agree(by, **about, at=at)


def waiting(account, *, at):
    """The requests that this account can settle or watch, and those that it asked for itself, oldest first."""
    alive = _open(at)
    watched = _watched([one for one in alive if one.account_id != account.id], account)
    return [one for one in alive if one.asked_by_id == account.id or one.id in watched]


def count(account, *, at):
    """How many requests wait for a word of this account, or are about it."""
    if not _alive(at):
        return 0
    return len(about(account, at=at)) + sum(
        (state(one, at=at) == "confirmed") if one.asked_by_id == account.id else fact(one, ReissueConfirmation) is None
        for one in waiting(account, at=at)
    )


def about(account, *, at):
    """Open requests for new access to this very account: it is told, and can stop them."""
    return _open(at, Reissue.account == account)


_alive = Prepared(lambda at: Reissue.select(Reissue.id).where(Reissue.expires_at > at).limit(1))
"""Mostly there is none, and then nothing more is asked."""


def _open(at, *only):
    """Requests that are not over, oldest first, with account, asker and what was said to each: a few statements for all of them."""
    asker = Account.alias()
    query = Reissue.select(Reissue, Account, asker).join(Account, on=(Reissue.account == Account.id)).switch(Reissue)
    query = query.join(asker, on=(Reissue.asked_by == asker.id), attr="asked_by")
    found = list(query.where(Reissue.expires_at > at, *only).order_by(Reissue.asked_at)) if _alive(at) else ()
    if not found:
        return []
    said = {model: {one.reissue_id: one for one in model.select().where(model.reissue.in_(found))} for model in FACTS}
    for one in found:
        one.facts = {model: rows.get(one.id) for model, rows in said.items()}
    return [one for one in found if state(one, at=at) in ("asked", "open", "confirmed")]


def _of(account):
    return Reissue.select().where(Reissue.account == account).order_by(Reissue.asked_at.desc())


def _must_wait(reissue, at, *states):
    """Refuses a request that is not in one of these states any more (or not yet)."""
    now = state(reissue, at=at)
    if now == "asked" and now not in states:
        raise Refusal(N_("Nobody has confirmed this yet."))
    if now not in states:
        raise Refusal(N_("This request is over. Ask again if it is still needed."))


def _is_repeated(reissue, model, by):
    made = fact(reissue, model)
    return made is not None and made.account_id == by.id


def _may_give(account, by):
    """Whether an officer might give this account access, without having to stand beside anybody."""
    try:
        return not candidate(account=account, by=by).needs_beside
    except NotFound:
        return False


def _watched(reissues, account):
    """Ids of those that this account sees as an officer over the place of who is to have access, or as who might give it."""
    reach, looked_after, places = units.within(account, *WATCHERS), units.within(account, "admin"), _places(reissues)
    return {
        one.id
        for one in reissues
        if places[one.account_id] in reach or (one.account.unit_id in looked_after and _may_give(one.account, account))
    }


def _places(reissues):
    """{account: the place where its person lives, or else its own unit}; ids."""
    accounts = [one.account for one in reissues]
    people = Person.select(Person.id, Household.place).join(Household)
    homes = dict(people.where(Person.id.in_([one.person for one in accounts if one.person])).tuples())
    return {one.id: homes.get(one.person, one.unit_id) for one in accounts}
