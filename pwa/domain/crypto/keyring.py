"""The private keys in the data folder: to open entries, to sign receipts, to wrap and to index. Kept for good, never remade."""

import base64
import binascii
import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec

from db.models import Key

PURPOSES = ("seal", "receipt", "master", "field")
RECEIPT_GAP = 100_000


class MissingKey(Exception):
    """The database names a key that the folder lacks."""


class Keyring:
    """All keys of one data folder, newest first for each purpose; `secret` signs cookies."""

    def __init__(self, folder, secret=""):
        self.folder = Path(folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.secret = secret.encode() or self._secret()
        self._loaded = {}

    def private(self, kid):
        """The EC private key, or the 32 bytes of a master or field key; None when the folder lacks it."""
        if kid not in self._loaded:
            path = self.path(kid)
            if not path.exists():
                return None
            data = path.read_bytes()
            self._loaded[kid] = form.load_pem_private_key(data, None) if data.startswith(b"-----") else data
        return self._loaded[kid]

    def needed(self, kid):
        """The private key of something that this server made itself. Raises MissingKey when the folder lacks it."""
        key = self.private(kid)
        if key is None:
            raise MissingKey(kid)
        return key

    def make(self, purpose):
        """Write a new private key durably, readable by the owner only; returns (kid, public text)."""
        if purpose in ("master", "field"):
            data = public = secrets.token_bytes(32)
        else:
            key = ec.generate_private_key(ec.SECP256R1())
            data = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
            public = point(key)
        kid = f"{purpose}-{hashlib.sha256(public).hexdigest()[:16]}"
        write_private(self.path(kid), data)
        return kid, "" if purpose in ("master", "field") else b64url(public)

    def path(self, kid):
        return self.folder / f"{kid}.key"

    def _secret(self):
        path = self.folder / "secret.key"
        if not path.exists():
            write_private(path, secrets.token_hex(32).encode())
        return path.read_bytes()


ring = None
_rows = {}


def open_ring(folder, secret=""):
    """Make the folder's keys the ones in use."""
    return use_ring(Keyring(folder, secret))


def use_ring(kept):
    """Make an opened ring the one in use."""
    global ring
    ring = kept
    _rows.clear()
    return ring


def prepare(*, at):
    """Make the first key of each purpose that the database does not name yet; refuse when one it names is missing."""
    named = dict(Key.select(Key.kid, Key.purpose).tuples())
    missing = sorted(kid for kid in named if ring.private(kid) is None)
    if missing:
        raise MissingKey(", ".join(missing))
    for purpose in PURPOSES:
        if purpose not in named.values():
            add(purpose, at=at)


def add(purpose, *, at, number_floor=0):
    """Make a further key of a purpose; it is used from now on, the older ones stay to open and to verify."""
    kid, public = ring.make(purpose)
    _rows.pop(purpose, None)
    return Key.create(kid=kid, purpose=purpose, public=public, number_floor=number_floor, created_at=at)


def are_restored():
    """Whether this database came out of a backup: every restore begins a receipt key whose numbers are higher."""
    return Key.select().where(Key.purpose == "receipt", Key.number_floor > 0).exists()


def newest(purpose):
    """The Key row in use for a purpose."""
    found = _rows.get(purpose)
    if found is None:
        found = _rows[purpose] = listed(purpose)[0]
    return found


def oldest(purpose):
    """The first Key row of a purpose; a later key never changes it."""
    found = _rows.get(("oldest", purpose))
    if found is None:
        found = _rows["oldest", purpose] = listed(purpose)[-1]
    return found


def listed(purpose):
    """Every Key row of a purpose, newest first."""
    return list(Key.select().where(Key.purpose == purpose).order_by(Key.created_at.desc(), Key.kid))


def published():
    """What GET /sync/keys says: seal keys as uncompressed points, receipt keys as JWK, newest first."""
    return {
        "keys": [{"kid": key.kid, "public_key": key.public} for key in listed("seal")],
        "receipt_keys": [{"kid": key.kid, "jwk": jwk(key.public)} for key in listed("receipt")],
    }


def jwk(public):
    point = unb64url(public)
    return {"kty": "EC", "crv": "P-256", "x": b64url(point[1:33]), "y": b64url(point[33:])}


def point(private):
    """The public half of a private key as an uncompressed point."""
    return private.public_key().public_bytes(form.Encoding.X962, form.PublicFormat.UncompressedPoint)


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64url(text):
    """Bytes of base64url without padding; ValueError for anything else."""
    if "=" in text or "+" in text or "/" in text:
        raise ValueError("base64url without padding expected")
    plain = str.replace(text, "-", "+").replace("_", "/") + "=" * (-len(text) % 4)
    return binascii.a2b_base64(plain, strict_mode=True)


def write_private(path, data):
    """Write a file that only the owner reads, whole or not at all, and push it to the disk."""
    descriptor, scratch = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(scratch, path)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder):
    """Push a folder to the disk, so that the names in it outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
