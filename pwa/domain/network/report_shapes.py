"""The shapes of a report's parts: what may stand in its header, and which five states a cell has. Pure."""

import re
from typing import Any

from pwa.domain import N_
from pwa.domain.fund.sentences import Sentence
from pwa.domain.network import certificates, notes

FORMAT = "ombun-report@1"
SAFE = 2**53 - 1
HEADER = (
    "agreed", "children", "class", "cuts", "dictionary", "format", "groups", "keys", "level", "made_at", "name", "parent",
    "period", "position", "prev", "restates", "seq", "software", "suppression", "unit",
)  # fmt: skip
LEVELS = ("fund", "network", "province")
SUPPRESSION = "small-1"
MISSING = ("not_asked", "not_counted", "not_closed", "no_denominator")
SHAPES = {
    "value": ({"n"}, {"n", "d"}),
    "zero": (set(),),
    "hidden": (set(),),
    "missing": ({"w"},),
    "part": ({"n", "k", "of"},),
}
"""{state of a cell: the keys that may stand beside `by`, `figure` and `s`}."""
PERIOD = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
CODE = re.compile(r"[A-Za-z0-9_.+@-]{1,64}")
HASH = re.compile(r"[0-9a-f]{64}")
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Kinds of letters that nobody sees, or that turn the line around."""
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")

HEADER_KEYS = N_("The first line lacks “%(name)s”, or has it in a way that nobody knows.")


Cell = dict[str, Any]


def is_far(value: Any) -> bool:
    """Whether a number in it lies outside what every reader keeps exactly."""
    if isinstance(value, dict):
        return any(map(is_far, value.values()))
    if isinstance(value, list):
        return any(map(is_far, value))
    return isinstance(value, int) and not isinstance(value, bool) and not -SAFE <= value <= SAFE


def is_cell(value: dict[str, Any]) -> bool:
    """Whether a line has the shape of a cell: one figure, one group at most, one of the five states."""
    by, figure, state = value.get("by"), value.get("figure"), value.get("s")
    if not isinstance(by, dict) or len(by) > 1 or not is_code(figure) or not isinstance(state, str):
        return False
    if not all(is_code(part) for pair in by.items() for part in pair) or state not in SHAPES:
        return False
    rest = value.keys() - {"by", "figure", "s"}
    if rest not in SHAPES[state] or (state == "missing" and value["w"] not in MISSING):
        return False
    numbers = [value[name] for name in rest - {"w"}]
    if not all(type(one) is int for one in numbers):
        return False
    if state == "value":
        return value["n"] != 0 or "d" in value if value.get("d", 1) > 0 else False
    return state != "part" or 0 < value["k"] < value["of"]


def is_code(value: Any) -> bool:
    return isinstance(value, str) and bool(CODE.fullmatch(value))


def header_faults(header: dict[str, Any]) -> list[Sentence]:
    names = sorted(header.keys() ^ set(HEADER)) or [name for name in HEADER if not _fits(name, header[name])]
    if not names and not _announces(header):
        names = ["cuts"]
    return [Sentence(HEADER_KEYS, {"name": name}) for name in names]


def _fits(name: str, value: Any) -> bool:
    """Whether a part of the header has the shape that it must have."""
    if name in ("class", "level", "suppression", "format"):
        known = {"class": ("s", "m", "l"), "level": LEVELS, "suppression": (SUPPRESSION,), "format": (FORMAT,)}
        return isinstance(value, str) and value in known[name]
    if name == "seq":
        return type(value) is int and 0 <= value < 2**31
    if name in ("prev", "restates"):
        return value == "" or (isinstance(value, str) and bool(HASH.fullmatch(value)))
    if name == "unit":
        return isinstance(value, str) and bool(notes.UNIT.fullmatch(value))
    shapes = {"dictionary": HASH, "period": PERIOD, "made_at": INSTANT}
    if name in shapes:
        return isinstance(value, str) and bool(shapes[name].fullmatch(value))
    if name in ("name", "software", "parent"):
        return isinstance(value, str)
    if name == "agreed":
        return isinstance(value, list) and len(value) in (0, 2) and all(isinstance(one, str) for one in value)
    if name == "keys":
        return isinstance(value, list) and all(map(certificates.fits, value))
    if name == "children":
        return isinstance(value, list) and all(map(_is_child, value))
    if name == "position":
        return isinstance(value, dict) and all(type(one) is int for one in value.values())
    return isinstance(value, dict) and all(
        isinstance(row, list) and len(set(map(str, row))) == len(row) and all(map(is_code, row))
        for row in value.values()
    )


def _is_child(value: Any) -> bool:
    if not isinstance(value, dict) or value.keys() != {"seq", "sha256", "unit"}:
        return False
    return type(value["seq"]) is int and is_code(value["unit"]) and bool(HASH.fullmatch(str(value["sha256"])))


def _announces(header: dict[str, Any]) -> bool:
    """Whether its groups are those of its cuts, no more and no less."""
    named = {cut for cuts in header["cuts"].values() for cut in cuts}
    return named == header["groups"].keys() and all(map(is_code, header["cuts"])) and all(header["groups"].values())
