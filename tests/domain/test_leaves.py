"""Single values: days that no calendar has or that are to come, and letters that nobody sees."""

import json
from datetime import date

import pytest

from pwa.domain.kinds import forms, leaves

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("letter", ["\u202e", "\u200b", "\x07", "\x00", "\n", "\t", "\x85", "\ufeff", "\ud800"])
def test_no_form_keeps_letters_that_nobody_sees(letter):
    payload = {"house": {"number": "1", "lane": f"วัด{letter}ใหม่"}, "visit": {"outcome": "absent"}}
    assert forms.problems("household@1", payload) == [("house.lane", forms.SENTENCES["letters"])]


def test_no_hidden_letter_is_written_with_usual_bytes_alone():
    hidden = [chr(code) for code in range(0x110000) if leaves.hidden(chr(code))]
    assert len(hidden) > 2000
    assert all(letter.encode(errors="surrogatepass").translate(None, leaves.USUAL) for letter in hidden)


@pytest.mark.parametrize("text", ['{"share": NaN}', '{"share": -Infinity}', r'{"lane": "\u202e"}'])
def test_what_is_written_with_usual_letters_is_found_too(text):
    assert leaves.faults(json.loads(text), TODAY, leaves.hidden, text) != []


def test_what_only_looks_like_it_is_kept():
    payload = {"lane": 'ซอย "วัด\\n" \\u202e ใหม่', "number": "45/2"}
    assert leaves.faults(payload, TODAY, leaves.hidden) == []


def test_a_correction_may_hold_what_a_phone_types():
    payload = {"path": "house.number", "statement": "บรรทัดหนึ่ง\nบรรทัด\u200bสอง"}
    assert forms.problems("correction@1", payload) == []
    assert forms.problems("correction@1", payload | {"statement": "a\x00"})


def test_nobody_is_born_later():
    assert leaves.faults({"birth_date": "2026-11-22"}, TODAY, leaves.hidden) == []
    assert leaves.faults({"birth_date": "2026-11-23"}, TODAY, leaves.hidden) == [("birth_date", "ahead")]
    assert leaves.faults({"birth_date": "2027"}, TODAY, leaves.hidden) == [("birth_date", "ahead")]
    assert leaves.faults({"birth_date": "2027"}, None, leaves.hidden) == []


def test_the_phone_may_have_been_ahead():
    assert forms.day_of("2026-11-25T09:00:00+07:00", TODAY) == date(2026, 11, 25)
    assert forms.day_of("2026-11-20T09:00:00+07:00", TODAY) == TODAY
    assert forms.day_of("2569-11-20T09:00:00+07:00", TODAY) == date(2569, 11, 20)
    assert forms.day_of("once", TODAY) == TODAY
