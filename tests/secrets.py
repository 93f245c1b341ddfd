"""Looking for what must not be readable: words in every file of a folder, however they may have been written down."""

import base64
import re
import zlib
from pathlib import Path
from urllib.parse import quote

PACKED = re.compile(rb"\x1f\x8b\x08")


def found(folder, words):
    """Where a word lies readable: (file, word, how it is written), for every file below the folder."""
    marks = [(word, way, mark) for word in words for way, mark in written(word)]
    hits = []
    for path in Path(folder).rglob("*"):
        if path.is_file():
            data = unpacked(path.read_bytes())
            hits += [(str(path.relative_to(folder)), word, way) for word, way, mark in marks if mark in data]
    return hits


def unpacked(data):
    """The bytes of a file, and behind them what lies gzipped in it, as a cache keeps an answer."""
    parts = [data]
    for start in PACKED.finditer(data):
        stream = zlib.decompressobj(wbits=31)
        try:
            parts.append(stream.decompress(data[start.start() :]))
        except zlib.error:
            continue
    return b"\0".join(parts)


def written(word):
    """The ways in which programs write a word down: (name, bytes)."""
    yield "plain", word.encode()
    yield "percent", quote(word).encode()
    yield "escaped", word.encode("unicode_escape") if not word.isascii() else word.encode()
    for way in ("utf-16-le", "utf-16-be"):
        yield way, word.encode(way)
    for way in ("utf-8", "utf-16-le"):
        yield from ((f"base64 of {way} at {offset}", mark) for offset, mark in enumerate(_base64(word.encode(way))))


def _base64(data):
    """Those letters of its base64 that do not depend on what stands before and behind, for each of three offsets, in both alphabets."""
    for offset in range(3):
        text = base64.b64encode(b"\0" * offset + data)
        whole = text[(4 * offset + 2) // 3 : len(text) - 4]
        yield whole
        yield whole.replace(b"+", b"-").replace(b"/", b"_")
