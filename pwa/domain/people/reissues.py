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
    Household,
    Person,
    Reissue,
    ReissueConfirmation,
    ReissueLink,
    ReissueRefusal,
)
from pwa.domain import N_, NotFound, Refusal, thai
from pwa.domain.people import enrolments, second_officers
from pwa.domain.people.candidates import candidate, check_text, must_be_allowed
from pwa.domain.people.second_officers import DELAY
from pwa.domain.places import units

LIFETIME = timedelta(hours=24)
LONGEST = 500
WATCHERS = (*second_officers.OFFICERS, "auditor")
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
    reason = thai.clean(reason or "")
    if not reason or len(reason) > LONGEST:
        raise Refusal(N_("Write why.") if not reason else N_("This is too long. Shorten it."), field="reason")
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
    if seen_by not in (reissue.asked_by, reissue.account) and not _watches(reissue, seen_by):
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
    return model.get_or_none(model.reissue == reissue)


def may_confirm(reissue, by, *, at):
    about = dict(first=reissue.asked_by_id, to=reissue.account_id, unit_id=_place(reissue.account))
    return second_officers.may_agree(by, **about, at=at)


def waiting(account, *, at):
    """The requests that this account can settle or watch, and those that it asked for itself, oldest first."""
    alive = Reissue.select().where(Reissue.expires_at > at).order_by(Reissue.asked_at)
    mine = [
        one
        for one in alive
        if one.asked_by_id == account.id or (one.account_id != account.id and _watches(one, account))
    ]
    return [one for one in mine if state(one, at=at) in ("asked", "open", "confirmed")]


def count(account, *, at):
    """How many requests wait for a word of this account, or are about it."""
    return len(about(account, at=at)) + sum(
        (state(one, at=at) == "confirmed") if one.asked_by_id == account.id else fact(one, ReissueConfirmation) is None
        for one in waiting(account, at=at)
    )


def about(account, *, at):
    """Open requests for new access to this very account: it is told, and can stop them."""
    found = Reissue.select().where(Reissue.account == account, Reissue.expires_at > at).order_by(Reissue.asked_at)
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


def _watches(reissue, account):
    """Officers over the place of the account, and whoever might give the access themselves."""
    return _place(reissue.account) in units.within(account, *WATCHERS) or _may_give(reissue.account, account)


def _place(account):
    person = Person.get_or_none(Person.id == account.person) if account.person else None
    return Household.get_by_id(person.household_id).place_id if person else account.unit_id
