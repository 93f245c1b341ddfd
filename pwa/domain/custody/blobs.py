"""Photos and signatures: sealed bytes named by their hash, on the disk before they are acknowledged. Opened only for a checker."""

import hashlib

from peewee import fn

from db.models import ErasedBlob, StoredBlob
from pwa.domain import N_, Refusal
from pwa.domain.crypto import keyring, receipts, sealing

MOST_BYTES = 2 * 1024 * 1024
MOST_A_DAY = 300 * 1000 * 1000


class WrongDigest(Exception):
    """The bytes are not those that the name promises."""


def folder():
    return keyring.ring.folder.parent / "blobs"


def path(sha256):
    return folder() / sha256[:2] / sha256


def keep(sha256, data, *, device, at):
    """Take sealed bytes into custody; returns (StoredBlob, whether it is new). Raises WrongDigest."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise WrongDigest
    known = StoredBlob.get_or_none(StoredBlob.sha256 == sha256)
    if known is not None and (path(sha256).exists() or is_erased(sha256)):
        return known, False
    _make_room(path(sha256).parent)
    keyring.write_private(path(sha256), data)
    kid = keyring.newest("receipt").kid
    sig = sealing.sign(f"blob|{sha256}|{receipts.instant(at)}", kid)
    fresh = {"size": len(data), "device": device, "received_at": at, "kid": kid, "sig": sig}
    return StoredBlob.get_or_create(sha256=sha256, defaults=fresh)


def _make_room(shelf):
    """The folder that the blob will lie in, its name on the disk too."""
    if not shelf.is_dir():
        shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
        keyring.sync_folder(shelf.parent)
        keyring.sync_folder(shelf.parent.parent)


def is_erased(sha256):
    return ErasedBlob.select().where(ErasedBlob.blob == sha256).exists()


def erase(sha256):
    """Remove the bytes of a photo that counts as erased; its row, with hash and proof, stays."""
    path(sha256).unlink(missing_ok=True)


def sent_between(numbers, since, until):
    """Bytes that these numbers put after one instant, up to another."""
    received = (StoredBlob.received_at > since) & (StoredBlob.received_at <= until)
    query = StoredBlob.select(fn.SUM(StoredBlob.size)).where(StoredBlob.device.in_(list(numbers)), received)
    return query.scalar() or 0


def read(sha256):
    """The sealed bytes, or None when the picture has not come yet."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef") or not path(sha256).exists():
        return None
    return path(sha256).read_bytes()


def picture(sha256, kid, author):
    """The JPEG inside a blob that an entry names. Refuses what has not come, does not open, or is no picture."""
    sealed = read(sha256)
    if sealed is None:
        raise Refusal(N_("The picture has not come yet."))
    try:
        data = sealing.open_sealed(kid, sealed, sealing.blob_info(author))
    except (sealing.Unsealable, sealing.UnknownKey):
        raise Refusal(N_("This picture cannot be opened.")) from None
    if not data.startswith(b"\xff\xd8\xff"):
        raise Refusal(N_("This file is not a picture."))
    return data
