"""Every subdistrict of Thailand by its six-digit code: found by part of a name, written out, and sent to the phone.

The list is geothai's copy of the codes of the Department of Provincial Administration: two digits name the province,
four the district, six the subdistrict.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import geothai

from pwa.domain.text.thai import clean, letters

VERSION = geothai.DATA_VERSION
BANGKOK = "10"
SIGN = re.compile("^(?:ตำบล|แขวง|อำเภอ|เขต|จังหวัด|[ตอจ]\\.)(?=.)")


class Place(NamedTuple):
    """A subdistrict: its six-digit code, how it is written, and its usual postal code."""

    code: str
    label: str
    postal_code: str


def find(text: str, limit: int = 8) -> list[Place]:
    """Subdistricts that fit every word typed, the best first. str → list of Place, empty for less than two letters.

    Rule: each word is part of the Thai or English name of the subdistrict, district or province, or begins the postal
    code; ต. อ. จ. and their full words do not count. Names equal to what was typed come before names that begin with
    it and names that contain it; subdistricts before districts before provinces; by code among equals.
    """
    words = [key for word in re.sub(r"\. ", ".", clean(text)).split(" ") if (key := letters(SIGN.sub("", word)))]
    whole = "".join(words)
    if len(whole) < 2:
        return []
    fitting = (entry for entry in _entries() if all(word in entry[2] for word in words))
    best = sorted(fitting, key=lambda entry: (_rank(entry[1], whole), _rank(entry[1], words[0]), entry[0]))
    return [place for code, _, _ in best[:limit] if (place := _place(code))]


def label(code: str) -> str:
    """A six-digit code written out: "ต.คอหงส์ อ.หาดใหญ่ จ.สงขลา 90110", "" for a code that is not in the list."""
    place = _place(code)
    return place.label if place else ""


def lineage(code: str) -> list[tuple[str, str, str]]:
    """(kind, code, Thai name) of province, district and subdistrict of a six-digit code; [] for no such code."""
    address = geothai.address(code)
    if not address:
        return []
    areas: dict[str, Any] = {
        "province": address.province,
        "district": address.district,
        "subdistrict": address.subdistrict,
    }
    return [(kind, area.code, area.name_th) for kind, area in areas.items()]


def provinces() -> list[tuple[str, str, str]]:
    """(code, Thai name, English name) of the 77 provinces in the order of their two-digit codes."""
    return [(province.code, province.name_th, province.name_en) for province in geothai.provinces()]


def compact() -> dict[str, Any]:
    """The whole list for the phone, which finds in it as `find` does but knows subdistricts by their Thai names only.

    Shape: {"version", "provinces": {code: "Thai|English"}, "districts": {code: "Thai|English"}, "subdistricts": lines
    of code (6), Thai name and postal code (5) without separators, joined by line feeds}.
    """
    return {
        "version": VERSION,
        "provinces": {area.code: f"{area.name_th}|{area.name_en}" for area in geothai.provinces()},
        "districts": {area.code: f"{area.name_th}|{area.name_en}" for area in _districts()},
        "subdistricts": "\n".join(f"{area.code}{area.name_th}{area.postal_codes[0]}" for area in _subdistricts()),
    }


def _place(code: str) -> Place | None:
    address = geothai.address(code)
    if not address:
        return None
    postal_code = address.subdistrict.postal_codes[0]
    signs = ("แขวง", "", "") if address.province.code == BANGKOK else ("ต.", "อ.", "จ.")
    areas: tuple[Any, ...] = (address.subdistrict, address.district, address.province)
    named = [sign + area.name_th for sign, area in zip(signs, areas, strict=True)]
    return Place(code, " ".join([*named, postal_code]), postal_code)


def _rank(names: Sequence[tuple[str, str]], word: str) -> int:
    """0 is the very name, 1 begins it, 2 is in it; 3 more in the district's name, 6 in the province's; 9 in none."""
    for level, pair in enumerate(names):
        ranks = [0 if name == word else 1 if name.startswith(word) else 2 for name in pair if word in name]
        if ranks:
            return 3 * level + min(ranks)
    return 9


@cache
def _entries() -> list[tuple[str, Sequence[tuple[str, str]], str]]:
    """(code, ((Thai, English) of subdistrict, district, province), all that may be typed), in the order of codes."""
    entries: list[tuple[str, Sequence[tuple[str, str]], str]] = []
    for area in _subdistricts():
        address: Any = geothai.address(area.code)
        names = (_names(area), _names(address.district), _names(address.province))
        typed = [name for pair in names for name in pair] + list(area.postal_codes)
        entries.append((area.code, names, "|".join(typed)))
    return entries


@cache
def _names(area: Any) -> tuple[str, str]:
    return letters(area.name_th.removeprefix("เขต")), letters(area.name_en)


def _districts() -> list[Any]:
    return [district for province in geothai.provinces() for district in geothai.districts(province.code)]


def _subdistricts() -> list[Any]:
    return [area for district in _districts() for area in geothai.subdistricts(district.code)]
