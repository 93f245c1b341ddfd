"""`ombun standing` from a terminal: the answer as the contract names it, in words, and one Thai sentence for who is no member."""

import json

import pytest

from tests import terminal


@pytest.fixture
def standing(app, data):
    return lambda *words: terminal.ombun(data, "standing", *words)


def test_it_tells_how_a_member_stands(standing):
    told = standing("F1", "เดิม-๘๘", "--on", "2026-11-22", "--json")
    assert (told.code, told.complained) == (0, "")
    assert json.loads(told.said) == {
        "number": "เดิม-88",
        "standing": "arrears",
        "paid_through": "2026-10-31",
        "lapse_due_on": "2027-01-30",
        "tenure_from": "2019-03-05",
        "joined_on": "2019-03-05",
        "periods": [{"joined": "2019-03-05", "left": None, "why": None}],
        "arrears_days": 22,
        "arrears_satang": 3000,
        "covered": [["2019-03-05", "2026-10-31"]],
    }
    words = standing("F1", "เดิม-88", "--on", "2026-11-22").said
    assert "ค้างส่ง 30 บาท" in words
    assert "สมุดประจำตัว ยืนยันโดย วิไล ทองแท้" in words


def test_who_is_no_member_is_one_sentence(standing):
    """An unknown number, an applicant with a passbook, a day before joining, a year of the other era."""
    for words, sentence in (
        (("F1", "99999"), "ไม่มีสมาชิกเลขที่ 99999"),
        (("F1", "เดิม-90"), "ไม่มีสมาชิกเลขที่ เดิม-90"),
        (("F1", "เดิม-88", "--on", "2019-03-04"), "ยังไม่ได้เป็นสมาชิก"),
        (("F9", "เดิม-88"), "ไม่มีกองทุนรหัส F9"),
        (("F1", "เดิม-88", "--on", "2569-03-04"), "หมายถึง 2026-03-04 ใช่หรือไม่"),
    ):
        told = standing(*words)
        assert (told.code, told.said) == (2, "")
        [line] = told.complained.splitlines()
        assert sentence in line
