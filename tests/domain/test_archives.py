"""The backup's container: what goes in comes out, and no cut, swap or changed byte goes unnoticed."""

import io

import pytest

from pwa.domain import Refusal
from pwa.domain.operations import archives

PASSPHRASE = "ดอกไม้ริมคลอง 3 ดอก"
SIZES = [0, 1, 700, 1024, 1025, 2048, 2049]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(archives, "COST", 4)
    monkeypatch.setattr(archives, "CHUNK", 1024)


def packed(data, passphrase=PASSPHRASE):
    file = io.BytesIO()
    writer = archives.Writer(file, passphrase)
    for start in range(0, len(data), 300):
        writer.write(data[start : start + 300])
    writer.close()
    return file.getvalue()


def unpacked(data, passphrase=PASSPHRASE):
    return archives.Reader(io.BytesIO(data), passphrase).read()


@pytest.mark.parametrize("size", SIZES)
def test_it_gives_back_what_went_in(size):
    data = bytes(range(256)) * 10
    assert unpacked(packed(data[:size])) == data[:size]


def test_it_reads_in_any_steps():
    data = bytes(range(256)) * 20
    reader = archives.Reader(io.BytesIO(packed(data)), PASSPHRASE)
    assert b"".join(iter(lambda: reader.read(77), b"")) == data
    assert reader.read(10) == b""


def test_it_hides_what_is_inside():
    assert b"secret" not in packed(b"secret" * 500)
    assert packed(b"same") != packed(b"same")


def test_it_tells_a_wrong_passphrase_from_damage():
    with pytest.raises(Refusal, match="passphrase"):
        unpacked(packed(b"x"), "another")
    with pytest.raises(Refusal, match="not a backup"):
        unpacked(b"PK\x03\x04 something else altogether, but long enough")
    with pytest.raises(Refusal, match="not a backup"):
        unpacked(b"")


@pytest.mark.parametrize("size", SIZES)
def test_it_notices_every_cut(size):
    whole = packed(b"a" * size)
    for length in range(archives.HEADER.size, len(whole), 97):
        with pytest.raises(Refusal):
            unpacked(whole[:length])
    with pytest.raises(Refusal, match="damaged"):
        unpacked(whole[:-1])


def test_it_notices_a_cut_between_two_chunks_and_bytes_after_the_end():
    whole = packed(b"a" * 3000)
    start, step = archives.HEADER.size + archives.TAG, archives.CHUNK + archives.TAG
    for broken in (whole[: start + step], whole[: start + 2 * step], whole + b"x", whole + whole[start:]):
        with pytest.raises(Refusal, match="damaged"):
            unpacked(broken)


def test_it_notices_every_changed_byte():
    whole = packed(b"a" * 1500)
    for position in range(len(archives.MAGIC), len(whole), 13):
        broken = bytearray(whole)
        broken[position] ^= 1
        with pytest.raises(Refusal):
            unpacked(bytes(broken))


def test_it_notices_chunks_that_changed_places():
    whole = packed(b"a" * 1024 + b"b" * 1024 + b"c" * 10)
    start, step = archives.HEADER.size + archives.TAG, archives.CHUNK + archives.TAG
    swapped = (
        whole[:start] + whole[start + step : start + 2 * step] + whole[start : start + step] + whole[start + 2 * step :]
    )
    with pytest.raises(Refusal, match="damaged"):
        unpacked(swapped)
