"""Sealing and opening: HPKE from phones, AES-GCM at rest, keyed indexes for matching. Every value is bound to where it belongs."""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from pwa.domain.crypto import keyring

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
ES256 = ec.ECDSA(hashes.SHA256())
POINT = 65
NONCE = 12


class Unsealable(Exception):
    """The bytes do not open with the named key."""


class UnknownKey(Exception):
    """The server does not hold the named key (yet)."""


def entry_info(author, device, seq, entry_id):
    """The HPKE info of an entry (protocol, "Envelope")."""
    return f"ombun/1|{author}|{device}|{seq}|{entry_id}".encode()


def blob_info(author):
    return f"ombun/1|blob|{author}".encode()


def draft_info(author):
    """The HPKE info of what a draft says, sealed while it was typed and put into an entry later."""
    return f"ombun/1|draft|{author}".encode()


def open_sealed(kid, sealed, info):
    """Open `enc || ct` sealed to this server. Raises UnknownKey or Unsealable."""
    private = keyring.ring.private(kid) if kid.startswith("seal-") and kid.isascii() and "/" not in kid else None
    if private is None:
        raise UnknownKey(kid)
    try:
        return SUITE.decrypt(sealed, private, info=info)
    except Exception as problem:  # the library raises several kinds for a bad point or tag
        raise Unsealable from problem


def seal_to(public, plaintext, info):
    """Seal to a public key given as an uncompressed point in base64url; what a phone does, for the demo and tests."""
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keyring.unb64url(public))
    return SUITE.encrypt(plaintext, point, info=info)


def bound(entry_id, sha256, what):
    """What a sealed part of an entry is tied to, so that it cannot be put in another's place."""
    return f"{what}|{entry_id}|{sha256}".encode()


def new_key():
    return AESGCM.generate_key(256)


def encrypt(key, plaintext, bound_to):
    """AES-256-GCM: nonce || ciphertext, tied to `bound_to` (bytes)."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, bound_to)


def decrypt(key, sealed, bound_to):
    sealed = bytes(sealed)
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to)
    except InvalidTag as problem:
        raise Unsealable from problem


def wrap(key, bound_to):
    """Wrap an entry's key under the newest master key; the kid travels with it."""
    kid = keyring.newest("master").kid
    return kid.encode() + b"|" + encrypt(keyring.ring.needed(kid), key, bound_to)


def unwrap(wrapped, bound_to):
    kid, sealed = bytes(wrapped).split(b"|", 1)
    return decrypt(keyring.ring.needed(kid.decode()), sealed, bound_to)


def seal_value(text, bound_to):
    """A register value under the field key; `bound_to` is its path, so that values cannot be swapped."""
    kid = keyring.newest("field").kid
    return kid.encode() + b"|" + encrypt(keyring.ring.needed(kid), text.encode(), bound_to.encode())


def open_value(sealed, bound_to):
    kid, rest = bytes(sealed).split(b"|", 1)
    return decrypt(keyring.ring.needed(kid.decode()), rest, bound_to.encode()).decode()


def blind_index(text):
    """A keyed hash for matching ID numbers without storing them; always under the first field key, so that it stays comparable."""
    return keyed_hash(text, "id")


def keyed_hash(text, purpose):
    """What only this server can say of a text, for one purpose; under the first field key, so that it is the same for ever."""
    key = keyring.ring.needed(keyring.oldest("field").kid)
    return hmac.new(key, f"{purpose}|{text}".encode(), hashlib.sha256).hexdigest()


def sign(text, kid):
    """ES256 over the text by a key of ours: raw r||s in base64url."""
    return signature(keyring.ring.needed(kid), text)


def signature(private, text):
    """ES256 over the text: raw r||s in base64url."""
    der = private.sign(text.encode(), ES256)
    r, s = decode_dss_signature(der)
    return keyring.b64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
