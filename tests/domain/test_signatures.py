"""A phone's signature: over exactly the signed fields, in browser and Python alike."""

import json
from pathlib import Path

import pytest

from pwa.domain.crypto import keyring, sealing, signatures
from pwa.domain.custody import envelopes
from tests import small_fund

GOLDEN = Path(__file__).parents[1] / "golden" / "signatures.json"


def test_it_covers_every_named_field(settled_fund):
    private = small_fund.signing_key()
    public = keyring.b64url(keyring.point(private))
    facts = ["author", "device", 7, "id", "prev", "kid", "digest"]
    signature = sealing.signature(private, signatures.signed_text(*facts))
    assert signatures.holds(public, signatures.signed_text(*facts), signature)
    for place in range(len(facts)):
        other = [*facts[:place], "x", *facts[place + 1 :]]
        assert not signatures.holds(public, signatures.signed_text(*other), signature)


@pytest.mark.parametrize("signature", ["", "x", "A" * 86, "A" * 85, "ก", "A" * 4000])
def test_what_is_none_does_not_hold(signature):
    public = keyring.b64url(keyring.point(small_fund.signing_key()))
    assert not signatures.holds(public, "text", signature)


def test_the_published_example_holds():
    golden = json.loads(GOLDEN.read_text())
    assert signatures.fingerprint(golden["public_key"]) == golden["key"]
    for example in golden["lines"]:
        line = envelopes.read(json.dumps(example["envelope"]).encode())
        assert line.fault == ""
        assert line.signed_text == example["text"]
        assert signatures.holds(golden["public_key"], line.signed_text, line.signature)
        line.seq += 1
        assert not signatures.holds(golden["public_key"], line.signed_text, line.signature)
