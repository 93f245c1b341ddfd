"""Whatever JSON says, what is read of it can be kept and shown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.domain.text import characters

LETTERS = st.text(st.characters(codec=None) | st.sampled_from("\x00\ud83d\udc4d\\u0"), max_size=12)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | LETTERS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LETTERS, inner, max_size=4),
    max_leaves=12,
)


@given(ANYTHING, st.booleans())
def test_anything_can_be_shown_once_it_is_read(value, as_ascii):
    raw = json.dumps(value, ensure_ascii=as_ascii).encode("utf-8", "surrogatepass")
    shown = json.dumps(characters.read(raw), ensure_ascii=False)
    assert shown.encode() and not characters.UNKEPT.search(shown)


@given(LETTERS)
def test_nothing_but_what_cannot_be_kept_is_changed(text):
    assert characters.read(json.dumps([text]).encode()) == [characters.kept(json.loads(json.dumps(text)))]


def test_good_pairs_stay_whole():
    assert characters.read(b'"\\ud83d\\ude00"') == "😀"
    assert characters.read(json.dumps("\\u0000").encode()) == "\\u0000"
    assert characters.read('"บุญ\\ud83dมา\\u0000"'.encode()) == "บุญ�มา�"


@pytest.mark.parametrize("raw", [b"[" * 100_000, b"", b"{", b"9" * 5000])
def test_what_is_no_json_is_no_value(raw):
    with pytest.raises(ValueError):
        characters.read(raw)
