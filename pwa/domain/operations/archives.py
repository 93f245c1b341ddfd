"""The backup's container: one stream under a passphrase, in authenticated chunks, so that damage, reordering or a cut are noticed.

Layout: header (magic, scrypt cost, salt, nonce prefix), a tag that tells a wrong passphrase from damage, then AES-256-GCM
chunks whose nonces are prefix, counter and a flag on the last one. The header is bound to every chunk.
"""

import secrets
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from pwa.domain import N_, Refusal

MAGIC = b"OMBUN-BACKUP-1\n"
HEADER = struct.Struct(f">{len(MAGIC)}sBBB16s7s")
COST = 17
MOST_COST = 20
BLOCK, LANES = 8, 1
CHUNK = 1024 * 1024
TAG = 16
MORE, LAST, PROOF = 0, 1, 2
PROOF_COUNTER = 2**32 - 1


class Writer:
    """A file object for writing; `close` writes the last chunk, without which the stream counts as cut off."""

    def __init__(self, file, passphrase):
        header = HEADER.pack(MAGIC, COST, BLOCK, LANES, secrets.token_bytes(16), secrets.token_bytes(7))
        self._file, self._cipher, self._rest = file, _Cipher(header, passphrase), bytearray()
        file.write(header + self._cipher.proof())

    def write(self, data):
        self._rest += data
        while len(self._rest) > CHUNK:
            self._file.write(self._cipher.seal(bytes(self._rest[:CHUNK]), MORE))
            del self._rest[:CHUNK]
        return len(data)

    def close(self):
        self._file.write(self._cipher.seal(bytes(self._rest), LAST))


class Reader:
    """A file object for reading; refuses a wrong passphrase at once, and damage before a byte of that chunk is given out."""

    def __init__(self, file, passphrase):
        header = file.read(HEADER.size)
        if len(header) < HEADER.size or not header.startswith(MAGIC):
            raise Refusal(N_("This file is not a backup of Ombun."))
        self._file, self._cipher, self._rest = file, _Cipher(header, passphrase), b""
        if file.read(TAG) != self._cipher.proof():
            raise Refusal(N_("This passphrase does not open the backup."), field="passphrase")
        self._ahead = file.read(CHUNK + TAG)
        self._ended = False

    def read(self, size=-1):
        parts, wanted = [], size if size >= 0 else None
        while wanted is None or wanted > 0:
            if not self._rest and not self._next():
                break
            part = self._rest[:wanted]
            self._rest = self._rest[len(part) :]
            parts.append(part)
            wanted = None if wanted is None else wanted - len(part)
        return b"".join(parts)

    def finish(self):
        """Read what is left, so that a cut or damaged end is noticed too."""
        while self.read(CHUNK):
            pass

    def _next(self):
        if self._ended:
            return False
        sealed, self._ahead = self._ahead, self._file.read(CHUNK + TAG)
        self._ended = not self._ahead
        self._rest = self._cipher.open(sealed, LAST if self._ended else MORE)
        return bool(self._rest) or not self._ended


class _Cipher:
    def __init__(self, header, passphrase):
        _, cost, block, lanes, salt, self._prefix = HEADER.unpack(header)
        if not 1 <= cost <= MOST_COST or (block, lanes) != (BLOCK, LANES):
            raise Refusal(N_("This backup is damaged or cut off."))
        key = Scrypt(salt=salt, length=32, n=2**cost, r=block, p=lanes).derive(passphrase.encode())
        self._aead, self._header, self._counter = AESGCM(key), header, 0

    def proof(self):
        return self._aead.encrypt(self._nonce(PROOF_COUNTER, PROOF), b"", self._header)

    def seal(self, data, flag):
        return self._aead.encrypt(self._step(flag), data, self._header)

    def open(self, sealed, flag):
        try:
            return self._aead.decrypt(self._step(flag), sealed, self._header)
        except InvalidTag:
            raise Refusal(N_("This backup is damaged or cut off.")) from None

    def _step(self, flag):
        nonce = self._nonce(self._counter, flag)
        self._counter += 1
        return nonce

    def _nonce(self, counter, flag):
        return self._prefix + struct.pack(">IB", counter, flag)
