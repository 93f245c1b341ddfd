"""Keys of units: the own one, made on this box and never put into a backup, and those of others, pinned after comparing them on paper."""

import hashlib

from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db import database
from db.models import KeyCertificate, UnitKey
from pwa.domain import N_, Refusal
from pwa.domain.crypto import keyring
from pwa.domain.fund import after_restore
from pwa.domain.network import certificates, notes

GAP = 1_000
"""After a restore a unit's numbers go on so much higher, under a new key."""
NO_KEY = N_("%(unit)s has no key yet. Make one with: ombun report key new %(unit)s")
LOST = N_(
    "The key of %(unit)s signs no more: this server was restored, or the key is gone. Make a new one, and have it certified."
)
LAST = N_(
    "%(unit)s has signed reports. Give the number and the SHA-256 of the last one, from its receipt, the stick or paper."
)
REVOKED = N_("This key of %(unit)s was revoked. It is taken no more.")
OTHER = N_("This key belongs to %(unit)s.")
KNOWN = N_("%(unit)s has another key already. A second one counts only once it is certified.")
BAD = N_("This is no key. It looks like: unit+8 digits+letters.")
NOT_A_UNIT = N_("The code of this unit cannot stand in a key.")


def own(unit):
    """The row of the unit's own key in use, or None."""
    query = UnitKey.select().where(UnitKey.unit == unit, UnitKey.kind == "own")
    return query.order_by(UnitKey.id.desc()).first()


def needed(unit):
    """(UnitKey, its private half). Refuses where there is none, or not on this machine."""
    row = own(unit)
    if row is None:
        raise Refusal(NO_KEY, unit=unit)
    path = keyring.ring.folder / row.file
    if after_restore.gap(row) or not path.exists():
        raise Refusal(LOST, unit=unit)
    private = form.load_pem_private_key(path.read_bytes(), None)
    return row, private


def new(unit, *, last, at):
    """Make a key of a unit. The first signs from the first report on, a later one from so far above the `last` (seq, sha256)."""
    if not notes.UNIT.fullmatch(unit):
        raise Refusal(NOT_A_UNIT)
    before = own(unit)
    if before is not None and not last:
        raise Refusal(LAST, unit=unit)
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(form.Encoding.Raw, form.PublicFormat.Raw)
    vkey = notes.Key(unit, public).text
    file = f"reports.{hashlib.sha256(vkey.encode()).hexdigest()[:16]}.key"  # a name without a dash: no backup takes it along
    pem = private.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    keyring.write_private(keyring.ring.folder / file, pem)
    seq, prev = last or (0, "")
    from_seq = seq + GAP if before else 1
    return UnitKey.create(unit=unit, vkey=vkey, file=file, from_seq=from_seq, prev=prev, kind="own", at=at)


def pin(unit, text, *, at):
    """Take a unit's key as the one that was compared on paper. The same again is one; another one is refused."""
    key = read(text)
    if key.unit != unit:
        raise Refusal(OTHER, unit=key.unit)
    with database.atomic():
        known = [one.text for one in trusted(unit)]
        if key.text in known:
            return UnitKey.get_or_none(UnitKey.vkey == key.text)
        if key.text in _gone():
            raise Refusal(REVOKED, unit=unit)
        if known:
            raise Refusal(KNOWN, unit=unit)
        return UnitKey.create(unit=unit, vkey=key.text, kind="pinned", at=at)


def revoke(unit, text, *, at):
    """From now on nothing that this key signed counts."""
    key = read(text)
    if key.unit != unit:
        raise Refusal(OTHER, unit=key.unit)
    about = dict(unit=unit, vkey=key.text, kind="revoked", at=at)
    return UnitKey.get_or_none(UnitKey.vkey == key.text, UnitKey.kind == "revoked") or UnitKey.create(**about)


def trusted(unit=None):
    """[Key] that count here, of a unit or of all: own, pinned and certified ones that were not revoked, each with the reports it is for."""
    rows, told = UnitKey.select().where(UnitKey.kind != "revoked").order_by(UnitKey.id), KeyCertificate.select()
    if unit is not None:
        signers = _certifiers(unit)
        rows, told = rows.where(UnitKey.unit.in_(signers)), told.where(KeyCertificate.unit.in_(signers))
    known = [notes.read_key(row.vkey)._replace(from_seq=row.from_seq) for row in rows]
    found = certificates.joined(known, map(certificate, told.order_by(KeyCertificate.id)), _gone())
    return [key for key in found if unit is None or key.unit == unit]


def certificate(row):
    """The Certificate of its row."""
    return certificates.Certificate(row.unit, row.vkey, row.from_seq, row.replaces, row.revoked, row.signed)


def _certifiers(unit):
    """The codes of a unit and of whoever certified one of its keys, and theirs."""
    found, new = set(), {unit}
    while new:
        found |= new
        rows = KeyCertificate.select(KeyCertificate.certifier).where(KeyCertificate.unit.in_(list(new)))
        new = {row.certifier.partition("+")[0] for row in rows} - found
    return list(found)


def _gone():
    return {row.vkey for row in UnitKey.select().where(UnitKey.kind == "revoked")}


def read(text):
    """The Key that somebody gave as text. Refuses what is none."""
    try:
        return notes.read_key(text)
    except ValueError:
        raise Refusal(BAD) from None
