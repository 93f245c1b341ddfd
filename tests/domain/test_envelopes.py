"""Reading lines from phones: whatever the bytes, it is an envelope or it is not, and nothing else ever happens."""

import json
import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.domain.custody import envelopes

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def good(**changes):
    ids = {name: str(uuid.UUID(int=number, version=4)) for number, name in enumerate(("id", "author", "device"))}
    return {"v": 1, **ids, "seq": 1, "prev": "", "kid": "seal-0", "enc": "AAAA", "ct": "AAAA", **changes}


def read(outer):
    return envelopes.read(json.dumps(outer).encode())


def outcome(line):
    try:
        return envelopes.read(line).fault
    except envelopes.NotAnEnvelope:
        return "none"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_a_fault(line):
    assert outcome(line) in ("none", "", "bad_envelope", "unknown_author")


@given(ANYTHING)
def test_any_json_is_read_without_a_fault(value):
    assert outcome(json.dumps(value).encode()) in ("none", "bad_envelope")


@given(st.sampled_from(sorted(good())), ANYTHING)
def test_any_value_in_any_place_is_read_without_a_fault(name, value):
    assert outcome(json.dumps(good(**{name: value})).encode()) in ("none", "", "bad_envelope", "unknown_author")


@given(st.integers())
def test_a_seat_is_a_number_from_one(seq):
    assert (outcome(json.dumps(good(seq=seq)).encode()) == "none") == (not 1 <= seq <= 2**31 - 1)


def test_a_good_one_has_no_fault():
    assert read(good()).fault == ""


@pytest.mark.parametrize("name", ["v", "id", "device", "seq"])
def test_without_its_name_and_seat_it_is_none(name):
    outer = good()
    del outer[name]
    with pytest.raises(envelopes.NotAnEnvelope):
        read(outer)


@pytest.mark.parametrize("version", ["1", True, None, 0, 99])
def test_a_version_that_is_none_of_ours_makes_no_line(version):
    with pytest.raises(envelopes.NotAnEnvelope):
        read(good(v=version))


@pytest.mark.parametrize("changes", [{"prev": "A" * 64}, {"prev": None}, {"kid": None}, {"ct": None}])
def test_lesser_faults_are_only_noted(changes):
    assert read(good(**changes)).fault == "bad_envelope"


def test_upper_case_ids_are_kept_but_not_received():
    assert read(good(id=str(uuid.uuid4()).upper())).fault in ("bad_envelope", "")


@given(ANYTHING)
def test_any_plaintext_is_judged_without_a_fault(content):
    envelope = read(good())
    envelope.plaintext = json.dumps(content).encode()
    assert envelopes._read_plaintext(envelope, NOW) in ("bad_payload", "unknown_form")
