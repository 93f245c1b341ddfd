"""Sums as people type them, and in the words of a receipt. The golden file is the phone's too."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.domain.text import money

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "money.json").read_text(encoding="utf-8"))
SUMS = st.integers(1, money.MOST)


@pytest.mark.parametrize(("typed", "satang", "problem"), GOLDEN["read"])
def test_it_reads_a_sum_like_the_phone(typed, satang, problem):
    assert money.read(typed) == (satang, problem)
    assert problem is None or problem in money.SENTENCES


@pytest.mark.parametrize(("satang", "words"), GOLDEN["words"])
def test_it_spells_a_sum_like_the_phone(satang, words):
    assert money.words(satang) == words


@given(SUMS)
def test_what_a_page_shows_is_read_as_the_same_sum(satang):
    whole, part = divmod(satang, 100)
    for shown in (f"{whole:,}.{part:02d}", f"฿{whole}.{part:02d}", f"{whole:,}.{part:02d} บาท"):
        assert money.read(shown) == (satang, None)


@given(SUMS)
def test_words_say_one_sum_only(satang):
    assert spoken(money.words(satang)) == satang


@given(st.text())
def test_it_takes_anything(text):
    satang, problem = money.read(text)
    assert (satang is None) != (problem is None)
    assert satang is None or 0 < satang <= money.MOST


def spoken(words):
    """The words back as satang, read from left to right."""
    whole, _, part = (
        words.removesuffix("ถ้วน").removesuffix("สตางค์").rpartition("บาท") if "บาท" in words else ("", "", words)
    )
    return heard(whole) * 100 + heard(part.removesuffix("สตางค์"))


def heard(words):
    digits = dict(zip("หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า เอ็ด ยี่".split(), [*range(1, 10), 1, 2], strict=True))
    places = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000}
    total, group, digit = 0, 0, 0
    while words:
        word = next(one for one in [*digits, *places, "ล้าน"] if words.startswith(one))
        words = words.removeprefix(word)
        if word in digits:
            digit = digits[word]
        elif word in places:
            group, digit = group + (digit or 1) * places[word], 0
        else:
            total, group, digit = (total + group + digit) * 1_000_000, 0, 0
    return total + group + digit
