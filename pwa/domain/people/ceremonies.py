"""The two ceremonies of a passkey: making one and signing in with one. A challenge is a signed and dated token, so that none
is stored until one is used, and it serves once."""

import hashlib
import hmac
import json
import secrets
from datetime import timedelta
from urllib.parse import urlsplit

import webauthn
from peewee import JOIN, IntegrityError
from webauthn.helpers import options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from db import database
from db.models import Account, EnrolmentUse, Passkey, PasskeyRevocation, UsedChallenge
from pwa.domain import N_, Refusal
from pwa.domain.crypto import keyring
from pwa.domain.people import limits, passkeys

LIFETIME = timedelta(minutes=5)
MILLISECONDS = LIFETIME // timedelta(milliseconds=1)
STAMP, NONCE = 8, 16
NAME = "Ombun ออมบุญ"
UNPROVED = N_("The phone's answer could not be verified. Try again from the start.")
SLOW = N_("That took longer than five minutes. Try again.")
TWICE = N_("This answer was used already. Try again from the start.")
UNKNOWN = N_("This passkey is not known here, or it was revoked. Ask an officer for a new link.")


def registration_options(enrolment, *, origin, at):
    """What the phone needs to make a passkey for the enrolment's account (PublicKeyCredentialCreationOptionsJSON)."""
    account = enrolment.account
    options = webauthn.generate_registration_options(
        rp_id=relying_party(origin),
        rp_name=NAME,
        user_id=account.id.bytes,
        user_name=account.name,
        user_display_name=account.name,
        challenge=_challenge(str(enrolment.id), at),
        timeout=MILLISECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=keyring.unb64url(known.passkey.credential_id))
            for known in passkeys.of(account)
        ],
    )
    return options_to_json_dict(options) | {"extensions": {"prf": {}, "credProps": True}}


def authentication_options(*, origin, at):
    """What the phone needs to sign in with whichever passkey it holds (PublicKeyCredentialRequestOptionsJSON)."""
    options = webauthn.generate_authentication_options(
        rp_id=relying_party(origin),
        challenge=_challenge("sign-in", at),
        timeout=MILLISECONDS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options) | {"extensions": {"prf": {}}}


def register(enrolment, credential, *, origin, address, at, agent=""):
    """Add a passkey to the enrolment's account; only this uses the enrolment up."""
    subject = str(enrolment.id)
    limits.check("enrolment", subject, at=at)
    try:
        challenge = _read_challenge(credential, subject, at)
        proved = _proved(
            webauthn.verify_registration_response,
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=relying_party(origin),
            expected_origin=origin,
        )
    except Refusal:
        limits.fail("enrolment", subject, address=address, at=at)
        raise
    try:
        with database.atomic():
            UsedChallenge.create(challenge=keyring.b64url(challenge), used_at=at)
            passkey = Passkey.create(
                account=enrolment.account,
                credential_id=keyring.b64url(proved.credential_id),
                public_key=proved.credential_public_key,
                sign_count=proved.sign_count,
                label=passkeys.label(agent),
                created_at=at,
            )
            EnrolmentUse.create(enrolment=enrolment, passkey=passkey, at=at)
    except IntegrityError as used:
        raise Refusal(TWICE) from used
    return passkey


def verify(credential, *, origin, address, at):
    """The passkey that signed a fresh challenge here, its screen lock opened. Everything else is one refusal."""
    subject = _credential_id(credential)
    limits.check("credential", subject, at=at)
    try:
        passkey = _known(subject)
        challenge = _read_challenge(credential, "sign-in", at)
        proved = _proved(
            webauthn.verify_authentication_response,
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=relying_party(origin),
            expected_origin=origin,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
        _must_be_its_owner(credential, passkey)
        with database.atomic():
            UsedChallenge.create(challenge=keyring.b64url(challenge), used_at=at)
            Passkey.update(sign_count=proved.new_sign_count, used_at=at).where(Passkey.id == passkey.id).execute()
    except IntegrityError as used:
        limits.fail("credential", subject, address=address, at=at)
        raise Refusal(TWICE) from used
    except Refusal:
        limits.fail("credential", subject, address=address, at=at)
        raise
    return passkey


def relying_party(origin):
    """The relying party id: the host of OMBUN_ORIGIN."""
    return urlsplit(origin).hostname


def _challenge(purpose, at):
    head = int(at.timestamp() * 1000).to_bytes(STAMP, "big") + secrets.token_bytes(NONCE)
    return head + _signature(purpose, head)


def _read_challenge(credential, purpose, at):
    """The challenge that a credential answers, if we made it for this purpose less than five minutes ago."""
    try:
        said = json.loads(keyring.unb64url(json.loads(credential)["response"]["clientDataJSON"]))["challenge"]
        challenge = keyring.unb64url(said)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise Refusal(UNPROVED) from problem
    head, signature = challenge[: STAMP + NONCE], challenge[STAMP + NONCE :]
    if not hmac.compare_digest(_signature(purpose, head), signature):
        raise Refusal(UNPROVED)
    age = at.timestamp() * 1000 - int.from_bytes(head[:STAMP], "big")
    if not -1000 <= age <= MILLISECONDS:
        raise Refusal(SLOW)
    return challenge


def _signature(purpose, head):
    return hmac.new(keyring.ring.secret, b"challenge|" + purpose.encode() + b"|" + head, hashlib.sha256).digest()


def _proved(check, **expected):
    try:
        return check(require_user_verification=True, **expected)
    except Exception as problem:  # bytes from anywhere: the library raises many kinds
        raise Refusal(UNPROVED) from problem


def _credential_id(credential):
    """The id that a credential claims, "" when it claims none: what failures are counted against."""
    try:
        claimed = json.loads(credential)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return claimed[:1400] if isinstance(claimed, str) and claimed.isascii() and claimed.isprintable() else ""


def _known(credential_id):
    passkey = (
        Passkey.select(Passkey, Account)
        .join(Account)
        .switch(Passkey)
        .join(PasskeyRevocation, JOIN.LEFT_OUTER)
        .where(Passkey.credential_id == credential_id, PasskeyRevocation.id.is_null())
        .get_or_none()
    )
    if passkey is None:
        raise Refusal(UNKNOWN)
    return passkey


def _must_be_its_owner(credential, passkey):
    handle = json.loads(credential)["response"].get("userHandle")
    if handle and handle != keyring.b64url(passkey.account_id.bytes):
        raise Refusal(UNPROVED)
