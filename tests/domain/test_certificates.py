"""A certificate is what its signature covers, and from its number on one key takes the place of another."""

import hashlib
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pwa.domain.network import certificates, notes, verifying
from pwa.domain.network.report_files import body, read, whole
from tests import reporting


def pair(unit, n):
    """(Key, its private half), the same each time."""
    private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"{unit}{n}".encode()).digest())
    return notes.Key(unit, private.public_key().public_bytes_raw()), private


NET, OLD, NEW = pair("NET", 1), pair("F1", 1), pair("F1", 2)


def made(key=NEW[0], from_seq=1001, above=NET, **more):
    return certificates.made(key._replace(from_seq=from_seq), *above, **more)


def signed(by, **more):
    key, private = by
    report = read(reporting.made(unit=key.unit, **more))
    return read(whole(report.body, [notes.line(key, private, report.body)]))


def fault(report, keys):
    return [one.msgid for one in verifying.faults(report, keys)]


def test_a_certificate_reads_back_as_a_note_and_out_of_a_header():
    one = made(replaces=OLD[0].text)
    assert certificates.read(one.note) == one == certificates.from_header(json.loads(json.dumps(one.in_header)))
    said, signature = one.note.decode().split("\n\n")
    assert json.loads(said) == {
        "format": "ombun-key@1", "from_seq": 1001, "key": NEW[0].text, "replaces": OLD[0].text, "revoked": False, "unit": "F1",
    }  # fmt: skip
    assert one.by == "NET" and NET[0].holds(notes.read_line(signature.strip()), said.encode() + b"\n")


@pytest.mark.parametrize(
    "change",
    [
        {"unit": "F2"}, {"from_seq": 0}, {"from_seq": 1.5}, {"from_seq": True}, {"revoked": 0}, {"key": ""}, {"replaces": "x"},
        {"format": "ombun-key@2"}, {"signed": "x"}, {"more": 1}, {"unit": []}, {"replaces": NET[0].text},
    ],
)  # fmt: skip
def test_what_is_no_certificate_stands_in_no_header(change):
    value = made().in_header | change
    assert not certificates.fits(value) and certificates.fits(made().in_header) and certificates.fits(NEW[0].text)
    assert any(one.values == {"name": "keys"} for one in read(reporting.made(keys=[value])).faults)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]\n\nx\n", made().note[:-1], made().note + b"\n", b"\xff\n\n"])
def test_what_is_no_note_is_refused(data):
    with pytest.raises(ValueError):
        certificates.read(data)


def test_from_its_number_on_the_new_key_takes_the_place_of_the_old_one():
    keys = certificates.joined([NET[0], OLD[0]], [made(replaces=OLD[0].text)])
    assert fault(signed(OLD, seq=1000), keys) == [] == fault(signed(NEW, seq=1001), keys)
    assert fault(signed(OLD, seq=1001), keys) == [verifying.ENDED]
    assert fault(signed(NEW, seq=1000), keys) == [verifying.BEFORE]
    assert fault(signed(NEW, seq=1001, parent="NET-2"), keys) == [verifying.STRANGE]


@pytest.mark.parametrize("first", [1, 7])
def test_a_key_that_is_replaced_from_its_own_beginning_on_counts_never(first):
    keys = certificates.joined([NET[0], OLD[0]._replace(from_seq=first)], [made(from_seq=first, replaces=OLD[0].text)])
    assert fault(signed(OLD, seq=9), keys) == [verifying.ENDED] and fault(signed(NEW, seq=9), keys) == []


def test_it_counts_only_by_a_key_in_use_of_the_unit_above():
    stranger, later = pair("NET", 2), pair("NET", 3)
    assert [key.unit for key in certificates.joined([NET[0]], [made(above=stranger)])] == ["NET"]
    kept = certificates.joined([NET[0], later[0]._replace(from_seq=50)], [made(above=NET)])
    assert [key.text for key in kept] == [NET[0].text, later[0].text]
    twice = certificates.joined([pair("52", 1)[0]], [made(), made(NET[0], 1, above=pair("52", 1))])
    assert [(key.unit, key.by) for key in twice] == [("52", ""), ("NET", "52"), ("F1", "NET")]


def test_a_revoked_key_counts_for_nothing():
    keys = certificates.joined([NET[0], OLD[0]], [made(OLD[0], revoked=True)])
    assert fault(signed(OLD, seq=1), keys) == [verifying.STRANGE]
    assert certificates.joined([NET[0]], [made()], revoked=[NEW[0].text]) == [NET[0]]


def test_the_report_of_a_parent_brings_the_keys_of_its_children():
    parent = signed(NET, level="network", parent="52", keys=[made(from_seq=1).in_header])
    child = signed(NEW)
    keys = verifying.keys_told([parent, child], [NET[0]])
    assert fault(child, [NET[0]]) == [verifying.STRANGE] and fault(child, keys) == [] == fault(parent, keys)
    forged = signed(NET, parent="52", keys=[made(from_seq=1, above=pair("NET", 2)).in_header])
    assert fault(forged, [NET[0]]) == [verifying.CERTIFICATE]
    assert verifying.keys_told([forged, child], [NET[0]]) == [NET[0]]
    changed = whole(body(parent.header | {"keys": []}, parent.cells.values()), [])
    assert verifying.keys_told([read(changed), child], [NET[0]]) == [NET[0]]
