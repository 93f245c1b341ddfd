"""The device cookie: signed, dated, and it goes on saying what a restored server forgot."""

import hashlib
import hmac
import uuid
from datetime import timedelta

import pytest

from pwa.domain.crypto import keyring
from pwa.domain.people import tokens
from pwa.domain.people.tokens import Claims
from tests.small_fund import NOW


def test_it_says_all_of_a_number_for_half_a_year(settled_fund):
    claims = Claims(uuid.uuid4(), uuid.uuid4(), "ab" * 32, 7)
    text = tokens.write(claims, at=NOW)
    assert tokens.read(text, at=NOW + timedelta(days=180)) == claims
    assert tokens.read(text, at=NOW + timedelta(days=181)) is None


def test_the_form_of_before_goes_on_being_read(settled_fund):
    device = uuid.uuid4()
    text = f"{device}.{int(NOW.timestamp())}"
    sealed = hmac.new(keyring.ring.secret, b"device|" + text.encode(), hashlib.sha256).hexdigest()
    assert tokens.read(f"{text}.{sealed}", at=NOW) == Claims(device)


@pytest.mark.parametrize("change", ["", "x.y.z", "ก.ข.ค", None, "\udc80", "a" * 9000])
def test_what_it_did_not_write_it_does_not_read(settled_fund, change):
    assert tokens.read(change, at=NOW) is None


def test_no_part_can_be_exchanged(settled_fund):
    text = tokens.write(Claims(uuid.uuid4(), None, "ab" * 32, 7), at=NOW)
    parts = text.split(".")
    for place in range(len(parts)):
        forged = [*parts[:place], parts[place][:-1] + ("0" if parts[place][-1:] != "0" else "1"), *parts[place + 1 :]]
        assert tokens.read(".".join(forged), at=NOW) is None
