"""National ID numbers: read as typed, checked, masked, invented. The golden file is the phone's too."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.domain.text import national_ids

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "national_ids.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("typed", "number", "valid"), GOLDEN)
def test_it_reads_a_number_like_the_phone(typed, number, valid):
    assert national_ids.clean(typed) == number
    assert national_ids.valid(number) is valid


@given(st.integers(0, 10**12 - 1))
def test_it_accepts_one_last_digit_only(body):
    right = [f"{body:012d}{last}" for last in range(10) if national_ids.valid(f"{body:012d}{last}")]
    assert len(right) == 1


@given(st.text())
def test_it_takes_anything(text):
    number = national_ids.clean(text)
    assert national_ids.valid(number) in (True, False)
    assert national_ids.kind_of(number) in (None, "thai_id", "zero_card")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("1101700203450", "thai_id"),
        ("0001900000016", "zero_card"),
        ("6101700203459", "thai_id"),
        ("8101700203459", "thai_id"),
        ("110170020345", None),
        ("", None),
        ("AB1234567", None),
    ],
)
def test_it_tells_a_zero_card(number, kind):
    assert national_ids.kind_of(number) == kind


def test_it_shows_the_last_four_only():
    assert national_ids.masked("0123") == "x-xxxx-xxxx0-12-3"


@given(st.integers(0, 10**11 - 1))
def test_it_invents_valid_samples(n):
    number = national_ids.sample(n)
    assert national_ids.valid(number) and national_ids.is_sample(number)
    assert national_ids.sample(n) == number
    assert national_ids.sample((n + 1) % 10**11) != number


@pytest.mark.parametrize("n", [-1, 10**11])
def test_it_runs_out_of_samples(n):
    with pytest.raises(ValueError):
        national_ids.sample(n)


def test_it_takes_no_issued_number_for_a_sample():
    assert not national_ids.is_sample("3900100123453")
