"""A reader and verifier of report files that shares no code with the app: bytes, order, cells, sums, signatures, chains, parents."""

import base64
import hashlib
import json
import re

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MONEY_IN = ("cash_before", "contributed", "other_income", "held", "owed_before")
MONEY_OUT = ("paid_out", "expenses", "held_before", "owed", "cash_and_bank")
STATES = {"value": ("n",), "zero": (), "hidden": (), "missing": ("w",), "part": ("n", "k", "of")}


def is_strict(line):
    return json.dumps(json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == line


def opened(data):
    """(header, cells by (figure, cut, group), body, signature lines); every line checked."""
    body, signed = data.split(b"\n\n", 1)
    head, *lines = body.split(b"\n")
    assert all(is_strict(line) for line in (head, *lines)) and lines == sorted(set(lines))
    assert not re.search(rb"[:\[,]-?[0-9]+[.eE]", body) and len(data) <= 2 * 1024 * 1024
    header, cells = json.loads(head), {}
    for line in lines:
        cell = json.loads(line)
        (cut, group) = next(iter(cell["by"].items()), ("", ""))
        rest = sorted(cell.keys() - {"by", "figure", "s"})
        assert rest in (sorted(STATES[cell["s"]]), *([["d", "n"]] if cell["s"] == "value" else []))
        assert cell.get("n") != 0 and (cell["figure"], cut, group) not in cells
        cells[cell["figure"], cut, group] = cell
    wanted = set()
    for figure, cuts in header["cuts"].items():
        wanted |= {(figure, "", "")} | {(figure, cut, group) for cut in cuts for group in header["groups"][cut]}
    assert wanted == cells.keys()
    return header, cells, body + b"\n", signed.decode().splitlines()


def is_signed(header, body, lines, vkey):
    unit, mark, encoded = vkey.split("+", 2)
    public = base64.b64decode(encoded)
    assert hashlib.sha256(unit.encode() + b"\n" + public).hexdigest()[:8] == mark and public[0] == 1
    for line in lines:
        dash, name, text = line.split(" ")
        blob = base64.b64decode(text)
        if (dash, name, blob[:4].hex()) == ("—", unit, mark) and header["unit"] == unit:
            Ed25519PublicKey.from_public_bytes(public[1:]).verify(blob[4:], body)
            return True
    return False


def number(cells, figure, cut="", group=""):
    cell = cells[figure, cut, group]
    return {"value": cell.get("n"), "zero": 0}.get(cell["s"])


def adds_up(header, cells):
    """Every declared sum of one file."""
    people = [number(cells, name) for name in ("members_before", "joined", "restated", "left", "members")]
    assert people[0] + people[1] + people[2] - people[3] == people[4]
    money = [[number(cells, name) for name in side] for side in (MONEY_IN, MONEY_OUT)]
    assert None in money[0] or sum(money[0]) == sum(money[1])
    for figure, cuts in header["cuts"].items():
        for cut in cuts:
            told = [number(cells, figure, cut, group) for group in header["groups"][cut]]
            if figure != "paid_people" and None not in told:
                assert sum(told) == number(cells, figure), (figure, cut)
    return True


def chained(files):
    """Files of one unit by their numbers: each names the one before."""
    before = ""
    for data in files:
        header, _, body, _ = opened(data)
        assert header["prev"] == before
        before = hashlib.sha256(body).hexdigest()
    return True
