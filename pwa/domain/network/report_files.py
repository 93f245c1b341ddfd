"""The report file `ombun-report@1`, read and written: a header, a cell a line in the order of their bytes, an empty line, signatures.

Every line is its own canonical JSON, whole numbers only. `read` takes bytes apart and names every fault; what a parser elsewhere could
read in another way is a fault here. Pure: nothing of the database, no clock.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pwa.domain import N_
from pwa.domain.fund.sentences import Sentence
from pwa.domain.network import notes
from pwa.domain.network.report_shapes import FORMAT, UNSEEN, Cell, header_faults, is_cell, is_far

LARGEST = 2 * 1024 * 1024
"""Bytes."""
NOT_ONE = N_("This file is no report of Ombun.")
LARGE = N_("The file is larger than a report may be (%(most)s bytes).")
MARKED = N_("The file begins with a mark that an editor put there. Take the file as it was sent.")
RETURNS = N_("The ends of its lines were changed on the way. Take the file as it was sent.")
LETTERS = N_("Line %(n)s holds letters that may not stand there.")
NO_END = N_("The file does not end as a report ends: something is missing, or was added.")
LINE = N_("Line %(n)s is not written as it must be, so it was changed.")
ORDER = N_("Line %(n)s stands in the wrong place, or twice.")
NUMBER = N_("Line %(n)s: a number is not whole, or too large.")
CELL = N_("Line %(n)s: nobody knows a cell like this.")
ABSENT = N_("The cell %(cell)s is missing.")
EXTRA = N_("Line %(n)s: the first line does not name the cell %(cell)s.")
SIGNATURE = N_("Line %(n)s is no signature.")


class NotAReport(ValueError):
    """The bytes are nothing that could be a report."""


class _Odd(ValueError):
    """A number that is not whole, or a name that stands twice."""


Name = tuple[str, tuple[tuple[str, str], ...]]
"""Which cell: (figure, ((cut, value),))."""


@dataclass
class Report:
    """What a file says. `body` are the bytes that were signed, `faults` why it does not hold as a file."""

    header: dict[str, Any]
    cells: dict[Name, Cell]
    body: bytes
    signatures: list[notes.Signature]
    faults: list[Sentence] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @property
    def unit(self) -> str:
        return str(self.header.get("unit", ""))

    @property
    def period(self) -> str:
        return str(self.header.get("period", ""))

    def cell(self, figure: str, cut: str = "", value: str = "") -> Cell | None:
        return self.cells.get((figure, ((cut, value),) if cut else ()))

    def number(self, figure: str, cut: str = "", value: str = "") -> int | None:
        """What a cell says as one number; None where it is hidden, missing, a part or a share."""
        return number(self.cell(figure, cut, value))


def number(cell: Cell | None) -> int | None:
    """What a cell says as one number; None where it says none."""
    if cell is None or cell["s"] not in ("value", "zero") or "d" in cell:
        return None
    return int(cell.get("n", 0))


def body(header: Mapping[str, Any], cells: Iterable[Cell]) -> bytes:
    """The bytes that name a report and are signed."""
    lines = sorted(notes.canonical(cell).encode() for cell in cells)
    return b"".join(line + b"\n" for line in (notes.canonical(header).encode(), *lines))


def whole(made: bytes, signatures: Iterable[str]) -> bytes:
    """The file: body, empty line, a line for each signature."""
    return made + b"\n" + "".join(f"{line}\n" for line in signatures).encode()


def told(figure: str, n: int, cut: str = "", value: str = "") -> Cell:
    """The cell of a number that is known."""
    about: Cell = {"by": {cut: value} if cut else {}, "figure": figure}
    return about | ({"n": n, "s": "value"} if n else {"s": "zero"})


def untold(figure: str, why: str) -> Cell:
    """The cell of a number that nobody knows yet."""
    return {"by": {}, "figure": figure, "s": "missing", "w": why}


def name_of(cell: Cell) -> Name:
    return cell["figure"], tuple(sorted(cell["by"].items()))


def called(name: Name) -> str:
    """A cell in a sentence."""
    return " ".join([name[0], *(f"{cut}={value}" for cut, value in name[1])])


def expected(header: Mapping[str, Any]) -> list[Name]:
    """The cells that a header announces: each figure whole, and each value of each of its cuts."""
    found: list[Name] = []
    for figure, cuts in header["cuts"].items():
        found.append((figure, ()))
        found += [(figure, ((cut, value),)) for cut in cuts for value in header["groups"].get(cut, [])]
    return found


def read(data: bytes) -> Report:
    """What a file says, with each fault of its form. Raises NotAReport where nothing of a report is in it."""
    faults: list[Sentence] = []
    if len(data) > LARGEST:
        faults.append(Sentence(LARGE, {"most": LARGEST}))
        data = data[:LARGEST]
    if data.startswith(b"\xef\xbb\xbf"):
        faults.append(Sentence(MARKED))
        data = data[3:]
    if b"\r" in data:
        faults.append(Sentence(RETURNS))
        data = data.replace(b"\r\n", b"\n")
    head, _, _ = data.partition(b"\n")
    header = _header(head)
    made, gap, signed = data.partition(b"\n\n")
    made += b"\n" if gap else b""
    if not gap or not made.endswith(b"\n") or (signed and not signed.endswith(b"\n")):
        faults.append(Sentence(NO_END))
    cells, odd = _cells(made)
    known = header_faults(header)
    faults += [*known, *odd, *([] if known else _cell_faults(header, cells))]
    signatures, bad = _signatures(signed, made.count(b"\n") + 2)
    return Report(header, {name_of(cell): cell for _, cell in cells}, made, signatures, faults + bad)


def _header(line: bytes) -> dict[str, Any]:
    """The first line as it may be read. NotAReport where it names no report."""
    try:
        header = json.loads(line)
    except (ValueError, RecursionError):
        raise NotAReport from None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise NotAReport
    return header


def _cells(made: bytes) -> tuple[list[tuple[int, Cell]], list[Sentence]]:
    """[(line number, cell)] of what can be read, and what is odd about the lines, the first one too."""
    cells: list[tuple[int, Cell]] = []
    faults: list[Sentence] = []
    before = b""
    for n, raw in enumerate(made.split(b"\n")[:-1], 1):
        fault, value = _line(raw)
        if fault:
            faults.append(Sentence(fault, {"n": n}))
        elif n > 1 and value is not None:
            if raw <= before:
                faults.append(Sentence(ORDER, {"n": n}))
            if is_cell(value):
                cells.append((n, value))
            else:
                faults.append(Sentence(CELL, {"n": n}))
        before = raw if n > 1 else b""
    return cells, faults


def _line(raw: bytes) -> tuple[str, dict[str, Any] | None]:
    """(the sentence why a line cannot stand so, or ""; what it says)."""
    try:
        text = raw.decode()
        value = json.loads(text, parse_float=_refused, parse_constant=_refused, object_pairs_hook=_once)
    except _Odd:
        return NUMBER, None
    except (ValueError, RecursionError):
        return LINE, None
    if not isinstance(value, dict) or notes.canonical(value) != text:
        return LINE, None
    if any(unicodedata.category(letter) in UNSEEN for word in _words(value) for letter in word):
        return LETTERS, None
    return (NUMBER, None) if is_far(value) else ("", value)


def _words(value: Any) -> Iterator[str]:
    """Every text in it, names too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _words(one)


def _refused(text: str) -> Any:
    raise _Odd(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("twice")
    return found


def _cell_faults(header: dict[str, Any], cells: list[tuple[int, Cell]]) -> list[Sentence]:
    announced, faults, seen = set(expected(header)), [], set()
    for n, cell in cells:
        name = name_of(cell)
        if name not in announced:
            faults.append(Sentence(EXTRA, {"n": n, "cell": called(name)}))
        elif name in seen:
            faults.append(Sentence(ORDER, {"n": n}))
        seen.add(name)
    return faults + [Sentence(ABSENT, {"cell": called(name)}) for name in sorted(announced - seen)]


def _signatures(signed: bytes, first: int) -> tuple[list[notes.Signature], list[Sentence]]:
    found: list[notes.Signature] = []
    faults: list[Sentence] = []
    for n, raw in enumerate(signed.split(b"\n")[:-1], first):
        try:
            found.append(notes.read_line(raw.decode()))
        except ValueError:
            faults.append(Sentence(SIGNATURE, {"n": n}))
    return found, faults
