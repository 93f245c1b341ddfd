"""Whoever may be the same shares a key, and a key tells nobody a name."""

import json
from pathlib import Path

import pytest

from pwa.domain.register import duplicates, meetings

PAIRS = json.loads((Path(__file__).parents[1] / "golden" / "duplicates.json").read_text(encoding="utf-8"))
NAMED = [pair for pair in PAIRS if pair["same"] and duplicates.candidates(pair["one"], [pair["other"]])]


@pytest.mark.parametrize("pair", NAMED, ids=[pair["why"] for pair in NAMED])
def test_whoever_is_named_is_compared(pair):
    assert meetings.shared(pair["one"]) & meetings.shared(pair["other"])


def test_keys_are_eight_bytes_of_this_server(app):
    person = {"first_name": "บุญมา", "last_name": "ใจงาม", "birth_date": "1958-08-12", "house": "1", "place": "C1"}
    keys = meetings.keys(person)
    assert len(keys) == len(meetings.shared(person)) > 5
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_nobody_has_no_keys(app):
    assert meetings.keys({}) == meetings.keys({"title": "นาย"}) == frozenset()
