"""A phone's screen lock in software: makes passkeys and signs challenges, and can be wrong in every way that the server must see."""

import hashlib
import json
import secrets

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from pwa.domain.crypto.keyring import b64url, unb64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftPasskey:
    """One passkey. `origin` is where the browser says it is, `verified` whether the screen lock was opened."""

    def __init__(self, origin="http://localhost", *, verified=True, counts=False):
        self.origin, self.verified, self.counts = origin, verified, counts
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.handle, self.count = b"", 0

    def make(self, options):
        """Answer registration options: the credential as JSON text."""
        self.handle = unb64url(options["user"]["id"])
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + self._cose()
        data = self._authenticator_data(options["rp"]["id"], ATTESTED) + attested
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client_data("webauthn.create", options["challenge"])
        return self._credential(clientDataJSON=client, attestationObject=statement)

    def use(self, options, *, key=None):
        """Answer authentication options; with another `key` the signature is forged."""
        data = self._authenticator_data(options["rpId"])
        client = self._client_data("webauthn.get", options["challenge"])
        signed = data + hashlib.sha256(client).digest()
        signature = (key or self.key).sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._credential(
            clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.handle
        )

    def _credential(self, **response):
        spelt = {name: b64url(part) for name, part in response.items()}
        return json.dumps(
            {
                "id": b64url(self.id),
                "rawId": b64url(self.id),
                "type": "public-key",
                "response": spelt,
                "clientExtensionResults": {},
            }
        )

    def _client_data(self, kind, challenge):
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _authenticator_data(self, relying_party, more=0):
        self.count += self.counts
        flags = PRESENT | more | (VERIFIED if self.verified else 0)
        return hashlib.sha256(relying_party.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _cose(self):
        point = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (point.x, point.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
