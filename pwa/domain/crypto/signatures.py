"""A phone's signature under a line (protocol, "Signed by the phone"): what it covers, and whether it holds."""

import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from pwa.domain.crypto import keyring, sealing

RAW, POINT = 64, 65


class BadKey(Exception):
    """The text is no public key: not an uncompressed point of P-256 in base64url."""


def signed_text(author, device, seq, entry_id, prev, kid, sealed_sha256):
    """The text that ES256 signs: who wrote, on which phone, where in its chain, and the hash of the sealed bytes (`enc || ct`)."""
    return f"ombun/2|{author}|{device}|{seq}|{entry_id}|{prev}|{kid}|{sealed_sha256}"


def holds(public_key, text, signature):
    """Whether this is the phone's signature (raw r||s, base64url) over the text."""
    try:
        raw = keyring.unb64url(signature)
        if len(raw) != RAW:
            return False
        der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        _point(public_key).verify(der, text.encode(), sealing.ES256)
    except (InvalidSignature, ValueError):
        return False
    return True


def checked(public_key):
    """The public key as it came, known to be a point of the curve. Raises BadKey."""
    try:
        _point(public_key)
    except (TypeError, ValueError, AttributeError) as problem:
        raise BadKey from problem
    return public_key


def fingerprint(public_key):
    """How a key is named in cookie and status: the SHA-256 of its point, in hex."""
    return hashlib.sha256(keyring.unb64url(public_key)).hexdigest()


@lru_cache(1024)
def _point(public_key):
    if len(keyring.unb64url(public_key)) != POINT:
        raise ValueError(public_key)
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keyring.unb64url(public_key))
