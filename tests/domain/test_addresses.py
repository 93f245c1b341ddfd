"""Subdistricts: found by any part of a name in Thai or English, written out, and small enough for the phone."""

import gzip
import json
from pathlib import Path

import pytest

from pwa.domain.places import addresses

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "addresses.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("typed", "codes"), GOLDEN.items())
def test_it_finds_what_is_meant(typed, codes):
    assert [place.code for place in addresses.find(typed)] == codes


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("หาดใหญ่", "901101"),
        ("ต.คอหงส์", "901104"),
        ("อ. หาดใหญ่ ต. คอหงส์", "901104"),
        ("บ้านพรุ", "901116"),
        ("kho hong", "901104"),
        ("Hat Yai Songkhla", "901101"),
        ("จปร", "850406"),
    ],
)
def test_it_puts_the_best_first(typed, first):
    assert addresses.find(typed)[0].code == first


@pytest.mark.parametrize("typed", ["", " ", "น", "ต.", "😀", "ไม่มีตำบลนี้", "\u200b", "ต. อ. จ."])
def test_it_finds_nothing_in_nothing(typed):
    assert addresses.find(typed) == []


def test_it_keeps_to_the_limit():
    assert len(addresses.find("บาง")) == 8
    assert len(addresses.find("บาง", limit=3)) == 3


def test_it_writes_an_address_out():
    assert addresses.label("901104") == "ต.คอหงส์ อ.หาดใหญ่ จ.สงขลา 90110"
    assert addresses.label("100101") == "แขวงพระบรมมหาราชวัง เขตพระนคร กรุงเทพมหานคร 10200"
    assert addresses.label("999999") == addresses.label("") == ""


def test_it_knows_what_a_code_lies_in():
    assert addresses.lineage("901104") == [
        ("province", "90", "สงขลา"),
        ("district", "9011", "หาดใหญ่"),
        ("subdistrict", "901104", "คอหงส์"),
    ]
    assert addresses.lineage("999999") == []
    assert len(addresses.provinces()) == 77


def test_it_is_small_enough_for_the_phone():
    sent = json.dumps(addresses.compact(), ensure_ascii=False, separators=(",", ":")).encode()
    assert len(gzip.compress(sent)) <= 90_000
