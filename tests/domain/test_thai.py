"""Thai text: one spelling stored, every spelling found, dictionary order, and sounds. The golden file is the phone's too."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pwa.domain.text import thai

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "thai.json").read_text(encoding="utf-8"))
LETTERS = "กขนมยสวรญาะัิีึืฺุูเแโใไ็่้๊๋์ํ๎ำๅฯๆ๑๒ .-'ก\u0301\u0323\u0338\u200b\ufeff\xa0\n\x00é1Aß😀\ud800"
PIECES = ["นาง", "สาว", "นาย", "น.ส.", "ด.ช.", "ร.ต.", "หญิง", "ดร.", "พระ", "ร้อยตรี", "Mr. ", *LETTERS]
anything = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


def ids(rows):
    return [f"{number}" for number in range(len(rows))]


@pytest.mark.parametrize(("text", "stored", "key", "strange"), GOLDEN["names"], ids=ids(GOLDEN["names"]))
def test_it_reads_a_name_like_the_phone(text, stored, key, strange):
    assert (thai.clean(text), thai.search_key(text), thai.too_strange(text)) == (stored, key, strange)


@given(anything)
def test_it_never_fails_and_never_changes_its_mind(text):
    stored = thai.clean(text)
    stored.encode()
    assert thai.clean(stored) == stored
    assert thai.search_key(stored) == thai.search_key(text)
    assert thai.sort_key(stored) == thai.sort_key(text)
    assert thai.sound_key(stored) == thai.sound_key(text)
    assert " " not in thai.search_key(text)
    assert thai.sort_key(text).isalnum() and thai.sort_key(text).isascii()
    title, rest = thai.strip_title(text)
    assert rest or not title
    thai.too_strange(text)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("นํ้าฝน", "น้ำฝน"),
        ("น้ําฝน", "น้ำฝน"),
        ("นำ้ฝน", "น้ำฝน"),
        ("เเสง", "แสง"),
        ("ท\u0e48\u0e35", "ท\u0e35\u0e48"),
        ("สิทธ\u0e4c\u0e34", "สิทธ\u0e34\u0e4c"),
        ("\u200bสม\u200dชาย\ufeff  ใจดี\n", "สมชาย ใจดี"),
        ("บ้าน ๑๒", "บ้าน ๑๒"),
    ],
)
def test_it_stores_one_spelling(typed, stored):
    assert thai.clean(typed) == stored


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("สมหญิง", "นางสาวสมหญิง ใจดี"),
        ("หญิง", "นางสาวสมหญิง ใจดี"),
        ("น.ส. สมหญิง", "สมหญิง ใจดี"),
        ("สมหญิงใจ", "นางสมหญิง  ใจดี"),
        ("นก", "ด.ญ. นก ใจดี"),
        ("เเก้ว", "แก้ว"),
        ("๔๕", "หมู่ 45"),
        ("น้ำ", "นํ้าฝน"),
        ("john", "Mr. John Smith"),
    ],
)
def test_it_is_found_by_what_people_type(query, name):
    assert thai.search_key(query) in thai.search_key(name)


@pytest.mark.parametrize(("name", "title", "rest"), GOLDEN["titles"])
def test_it_parts_title_and_name(name, title, rest):
    assert thai.strip_title(name) == (title, rest)


@pytest.mark.parametrize("title", thai.TITLES)
def test_it_strips_every_title_of_the_form(title):
    assert thai.strip_title(title + "บุญมา") == (title, "บุญมา")
    assert thai.search_key(title + " บุญมา") == "บุญมา"


def test_it_sorts_like_the_dictionary():
    words = GOLDEN["order"]
    assert len(words) == 57
    assert sorted(reversed(words), key=thai.sort_key) == words


def test_it_sorts_people_by_first_name_then_last():
    people = ["สม ใจดี", "สม หนูแก้ว", "สมใจ กล้า", "สมใจ เก่ง", "สมชาย ก้อง"]
    assert sorted(reversed(people), key=thai.sort_key) == people


def test_it_reads_thai_digits():
    assert thai.digits("๔๕/๒ หมู่ ๐๙") == "45/2 หมู่ 09"


@pytest.mark.parametrize(("one", "other"), GOLDEN["alike"])
def test_it_hears_two_spellings_as_one(one, other):
    assert thai.sound_key(one) == thai.sound_key(other)


@pytest.mark.parametrize(("one", "other"), GOLDEN["apart"])
def test_it_hears_two_names_apart(one, other):
    assert thai.sound_key(one) != thai.sound_key(other)
