"""Signed notes: a key is what its id says, and only it holds for what it signed."""

import hashlib

import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pwa.domain.network import notes

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes(form.Encoding.Raw, form.PublicFormat.Raw)
KEY = notes.Key("F1", PUBLIC)
BODY = "สมาชิก 12\n".encode()


def test_a_key_reads_back_and_its_id_is_the_hash_of_the_contract():
    assert notes.read_key(KEY.text) == KEY == notes.read_key(f" {KEY.text}\n")
    assert KEY.id == hashlib.sha256(b"F1\n\x01" + PUBLIC).digest()[:4]
    assert len(KEY.spoken.replace(" ", "")) == 32 and KEY.spoken.count(" ") == 7


@pytest.mark.parametrize(
    "text",
    [
        "", "F1", "F1+00000000+AAAA", KEY.text.replace("F1", "F2"), KEY.text.replace("F1", "ก"), KEY.text[:-4],
        KEY.text.replace("+A", "+B", 1), KEY.text + "=", "F 1" + KEY.text[2:],
    ],
)  # fmt: skip
def test_what_is_no_key_is_refused(text):
    with pytest.raises(ValueError, match="key"):
        notes.read_key(text)


def test_a_line_holds_for_these_bytes_alone():
    signature = notes.read_line(notes.line(KEY, PRIVATE, BODY))
    assert KEY.holds(signature, BODY)
    assert not KEY.holds(signature, BODY + b"\n")
    assert not notes.Key("F2", PUBLIC).holds(signature, BODY)
    assert not KEY.holds(signature._replace(bytes=bytes(64)), BODY)


@pytest.mark.parametrize("text", ["", "- F1 AAAA", "— F1", "— F1 AAAA", "—  F1 AAAA", "— F1 AAAA x"])
def test_what_is_no_line_is_refused(text):
    with pytest.raises(ValueError, match="signature"):
        notes.read_line(text)
