"""The report file: read back as it was written, and every other way to write it is a fault."""

import json

import pytest

from pwa.domain.network import report_files, report_shapes
from pwa.domain.network.report_files import NotAReport, read
from tests import report_reader, reporting

DATA = reporting.made()


def faults(data):
    return [one.msgid for one in read(data).faults]


def test_a_report_reads_back_and_another_reader_agrees():
    found = read(DATA)
    assert found.faults == [] and found.number("members") == 42 and found.number("members", "sex", "unknown") == 0
    header, cells, body, lines = report_reader.opened(DATA)
    assert (header, body, lines) == (found.header, found.body, []) and len(cells) == len(found.cells)
    assert report_reader.adds_up(header, cells)


def line_of(figure, data=DATA):
    return next(line for line in data.split(b"\n") if f'"by":{{}},"figure":"{figure}"'.encode() in line)


def changed(before, after, data=DATA):
    assert before in data
    return data.replace(before, after, 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xef\xbb\xbf" + DATA, report_files.MARKED),
        (DATA.replace(b"\n", b"\r\n"), report_files.RETURNS),
        (DATA[:-1], report_files.NO_END),
        (DATA + b"x", report_files.NO_END),
        (DATA + b"hello\n", report_files.SIGNATURE),
        (changed(b'"n":42', b'"n": 42'), report_files.LINE),
        (changed(b'"n":42', b'"n":42.0'), report_files.NUMBER),
        (changed(b'"n":42', b'"n":NaN'), report_files.NUMBER),
        (changed(b'"n":42', b'"n":9007199254740992'), report_files.NUMBER),
        (changed(b'"n":42', b'"n":-9007199254740992'), report_files.NUMBER),
        (changed(b'"n":42,', b'"n":42,"n":43,'), report_files.LINE),
        (changed(b'"n":42', b'"n":0'), report_files.CELL),
        (changed(b'"n":42', b'"n":"42"'), report_files.CELL),
        (changed(b'"n":42', b'"n":true'), report_files.CELL),
        (changed(b'"n":42,"s"', b'"n":42,"o":1,"s"'), report_files.CELL),
        (changed(line_of("members"), line_of("members") + b"\n" + line_of("members")), report_files.ORDER),
        (changed(line_of("left") + b"\n", b""), report_files.ABSENT),
        (changed(line_of("left"), line_of("left").replace(b"left", b"lefu")), report_files.EXTRA),
        (changed("กองทุน".encode(), "กอง‮ทุน".encode()), report_files.LETTERS),
        (changed("กองทุน".encode(), b"\\u0000"), report_files.LETTERS),
        (changed(b'"seq":1', b'"seq":"1"'), report_shapes.HEADER_KEYS),
        (changed(b'"seq":1', b'"seq":-1'), report_shapes.HEADER_KEYS),
        (changed(b'"level":"fund"', b'"level":"king"'), report_shapes.HEADER_KEYS),
        (changed(b'"keys":[]', b'"keyz":[]'), report_shapes.HEADER_KEYS),
        (changed(b'"sex":["f","m","unknown"]', b'"sex":["f","f","m"]'), report_shapes.HEADER_KEYS),
        (changed(b'"members":["sex"]', b'"members":[]'), report_shapes.HEADER_KEYS),
    ],
)  # fmt: skip
def test_every_other_way_to_write_it_is_a_fault(data, message):
    assert message in faults(data)


def test_one_byte_changed_anywhere_is_never_the_same_report():
    whole = read(DATA)
    for at in range(0, len(whole.body), 7):
        data = bytearray(DATA)
        data[at] ^= 1
        try:
            assert read(bytes(data)).sha256 != whole.sha256
        except NotAReport:
            continue


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00" * 50, b"PK\x03\x04 xlsx", b"{}", b"[]", b"null\n", b'{"format":"ombun-report@2"}\n', DATA[10:], b"[" * 100_000],
)  # fmt: skip
def test_what_is_nothing_of_a_report_is_refused(data):
    with pytest.raises(NotAReport):
        read(data)


def test_what_is_too_large_is_not_read_to_its_end():
    assert report_files.LARGE in faults(DATA[:-1] + b" " * 3 * 1024 * 1024)


STATES = [
    ({"n": 3, "d": 7, "s": "value"}, True), ({"n": 0, "d": 7, "s": "value"}, True), ({"n": 3, "d": 0, "s": "value"}, False),
    ({"s": "zero"}, True), ({"n": 0, "s": "zero"}, False), ({"s": "hidden"}, True), ({"n": 4, "s": "hidden"}, False),
    ({"s": "missing", "w": "not_closed"}, True), ({"s": "missing", "w": "forgotten"}, False), ({"s": "missing"}, False),
    ({"n": 37412, "k": 131, "of": 140, "s": "part"}, True), ({"n": 5, "k": 140, "of": 140, "s": "part"}, False), ({"s": "guessed"}, False),
    ({"s": []}, False),
]  # fmt: skip


@pytest.mark.parametrize(("state", "holds"), STATES)
def test_a_cell_has_one_of_five_states(state, holds):
    cell = json.dumps({"by": {}, "figure": "members"} | state, sort_keys=True, separators=(",", ":")).encode()
    found = faults(changed(line_of("members"), cell))
    assert (report_files.CELL not in found) == holds
