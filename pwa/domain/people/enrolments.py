"""One-time rights to add a passkey: a link shown as a QR code, and eight digits for as long as somebody shows them. Only the
hashes are kept, with who issued it, why, and how the person's identity was checked."""

import hashlib
import hmac
import re
import secrets
import uuid
from datetime import timedelta
from typing import NamedTuple

import segno
from peewee import JOIN

from db import database
from db.models import Account, Enrolment, EnrolmentUse, Passkey, ReissueLink
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.crypto import keyring
from pwa.domain.people import accounts, limits, second_officers
from pwa.domain.people.candidates import CHECKS, candidate, check_text, must_be_allowed
from pwa.domain.places import units
from pwa.domain.places.grants import WEIGHTY
from pwa.domain.text import thai

LIFETIME = timedelta(hours=24)
DIGITS_AT_MOST = timedelta(minutes=10)
PRESENCE = timedelta(seconds=60)
KEEPER = N_("From the server itself")
REASONS = (N_("First phone"), N_("One more phone"), N_("The old phone is lost or broken"))


class Issued(NamedTuple):
    """What is shown once: nobody can read token or digits again."""

    enrolment: Enrolment
    token: str
    digits: str


def issue(account, *, by, at, reason, identity_check="", beside=False, note=""):
    """Make a first link and digits for an account. `by` None is the keeper of the server, who answers to nobody here.

    Who had a phone here before, or holds a role that two officers give, gets one only when a second officer confirms it (reissues).
    """
    if by is not None:
        must_be_allowed(candidate(account=account, by=by), identity_check, beside, note, reason)
        if by == account:
            raise Refusal(second_officers.NOT_ONESELF)
        if needs_second(account):
            raise Refusal(
                N_("One officer alone does not open this account. A second officer has to confirm new access.")
            )
    return make(account, by=by, at=at, reason=reason, identity_check=check_text(identity_check, note))


def make(account, *, by, at, reason, identity_check=""):
    """Link and digits, once it is settled that they may be made."""
    token, digits = secrets.token_urlsafe(32), _unused_digits(at)
    enrolment = Enrolment.create(
        id=uuid.uuid4(),
        account=account,
        token_hash=_hash(token),
        code_hash=_hash_digits(digits),
        code_until=at + PRESENCE,
        issued_by=by,
        issued_at=at,
        expires_at=at + LIFETIME,
        reason=reason.strip(),
        identity_check=identity_check,
    )
    return Issued(enrolment, token, digits)


def issue_to_person(person_id, *, by, at, reason, identity_check, beside=False, note=""):
    """Give a member of the register access of their own; the account is made with the first link."""
    subject = candidate(person=accounts.person(person_id), by=by)
    must_be_allowed(subject, identity_check, beside, note, reason)
    with database.atomic():
        account = accounts.of_member(subject.person, by=by, at=at)
        return issue(account, by=by, at=at, reason=reason, identity_check=identity_check, beside=beside, note=note)


def had_access(account):
    """Whether a passkey was ever made for the account: one that was shut out counts, or shutting it out would be a way round."""
    return Passkey.select().where(Passkey.account == account).exists()


def needs_second(account):
    """Whether one officer alone may not open the account: it was opened before, or a role of weight is in force in it."""
    return had_access(account) or bool(units.grants(account, *WEIGHTY))


def find(text, *, address, at):
    """The open enrolment that a link's token or eight digits name. What is wrong is counted, and said in one sentence."""
    digits = re.sub(r"[\s-]", "", thai.digits(text or ""))
    if re.fullmatch(r"\d{8}", digits, re.ASCII):
        return _find_by_digits(digits, address, at)
    return find_by_link(text, address=address, at=at)


def find_by_link(text, *, address, at):
    """The open enrolment that a link's token names, with its account."""
    subject = _hash((text or "").strip())
    limits.check("token", subject, at=at)
    enrolment = _with_account(Enrolment.token_hash == subject)
    problem = _problem(enrolment, at)
    if problem:
        limits.fail("token", subject, address=address, at=at)
        raise Refusal(problem, field="token", link="/sign-in" if enrolment else None)
    return enrolment


def keep_open(enrolment, *, at):
    """The page that shows the digits is still open: they work a while longer, ten minutes after the issue at most."""
    _set_open_until(enrolment, min(at + PRESENCE, enrolment.issued_at + DIGITS_AT_MOST))


def close(enrolment, *, at):
    """The page that showed the digits is gone: they work no more. The link still does."""
    _set_open_until(enrolment, at)


def get(enrolment_id, *, seen_by):
    """An enrolment, for who issued it and for the administrator of its account."""
    enrolment = _with_account(Enrolment.id == enrolment_id)
    if enrolment is None:
        raise NotFound
    if enrolment.issued_by_id != seen_by.id and not accounts.looks_after(seen_by, enrolment.account):
        raise NotFound
    return enrolment


def issued_to(account):
    """Every enrolment of an account with who issued it, newest first."""
    issuer = Account.alias()
    return list(
        Enrolment.select(Enrolment, issuer, EnrolmentUse)
        .join(issuer, JOIN.LEFT_OUTER, on=(Enrolment.issued_by == issuer.id))
        .switch(Enrolment)
        .join(EnrolmentUse, JOIN.LEFT_OUTER, attr="use")
        .where(Enrolment.account == account)
        .order_by(Enrolment.issued_at.desc())
    )


def use_of(enrolment):
    """How an enrolment was used up, or None."""
    return EnrolmentUse.get_or_none(EnrolmentUse.enrolment == enrolment)


def check_words(enrolment):
    """(sentence, note) on how identity was checked; both may be empty."""
    kind, _, note = enrolment.identity_check.partition(": ") if enrolment else ("", "", "")
    return CHECKS.get(kind, ""), note


def link(origin, token):
    """The address that the QR code holds; LINE then opens it in the phone's own browser."""
    return f"{origin}/enrol?openExternalBrowser=1#t={token}"


def qr(address):
    """The QR code as the address of an image (data: URI), so that it is never stored or asked for again."""
    return segno.make(address, error="m", boost_error=False).svg_data_uri(border=3, scale=6, omitsize=True)


def _find_by_digits(digits, address, at):
    """One try at a time, so that no more are wrong than may be, however many are made at once."""
    with database.atomic():
        limits.check_digits(at=at)
        enrolment = _with_account((Enrolment.code_hash == _hash_digits(digits)) & (Enrolment.code_until > at))
        is_wrong = bool(_problem(enrolment, at))
        if is_wrong:
            limits.note("digits", "", address=address, at=at)
    if is_wrong:
        raise Refusal(
            N_("These digits do not work. They count only while the QR page is open. Ask for new ones."), field="token"
        )
    return enrolment


def _problem(enrolment, at):
    if enrolment is None:
        return N_("This link is not known here. Ask for a new one.")
    if use_of(enrolment):
        return N_("This link was used already. If it was you on this phone, sign in. Otherwise ask for a new one.")
    if _is_overtaken(enrolment):
        return N_("This account was opened with another link meanwhile. Ask for a new one.")
    return N_("This link is older than 24 hours. Ask for a new one.") if enrolment.expires_at <= at else ""


def _is_overtaken(enrolment):
    """An officer's first link lies unused while another one was: what is new access now needs a second officer."""
    confirmed = ReissueLink.select().where(ReissueLink.enrolment == enrolment).exists()
    return enrolment.issued_by_id is not None and not confirmed and had_access(enrolment.account)


def _with_account(condition):
    return Enrolment.select(Enrolment, Account).join(Account, on=Enrolment.account).where(condition).get_or_none()


def _set_open_until(enrolment, until):
    Enrolment.update(code_until=until).where(Enrolment.id == enrolment.id).execute()


def _unused_digits(at):
    while True:
        digits = f"{secrets.randbelow(10**8):08d}"
        if (
            not Enrolment.select()
            .where(Enrolment.code_hash == _hash_digits(digits), Enrolment.expires_at > at)
            .exists()
        ):
            return digits


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


def _hash_digits(digits):
    return hmac.new(keyring.ring.secret, b"digits|" + digits.encode(), hashlib.sha256).hexdigest()
