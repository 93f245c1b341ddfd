"""What a benefit gives, said without anybody's case: from its own document, and never a number that this does not give."""

import json
from pathlib import Path

import pytest

from pwa import spoken
from pwa.domain.fund import prices, regulation

RULES = Path(__file__).parents[2] / "pwa/rules"
THAI = spoken.speaker("th")


def version(name):
    return regulation.load((RULES / f"{name}.json").read_bytes()).versions[-1]


def told(benefit):
    return [THAI(one) for one in prices.of(benefit)]


@pytest.mark.parametrize(
    ("template", "code", "said"),
    [
        ("chamuang-2556", "birth", ["1,000 บาท ต่อครั้ง"]),
        ("chamuang-2556", "illness", ["200 บาท ต่อคืน"]),
        ("chamuang-2556", "elderly", ["200 บาท ต่อปี"]),
        ("chamuang-2556", "death", ["ระเบียบไม่ได้บอกจำนวนเงิน"]),
        ("sadao-2568", "death", ["1,500 บาท – 20,000 บาท ตามปีที่เป็นสมาชิก"]),
        ("sadao-2568", "illness", ["ระเบียบไม่ได้บอกจำนวนเงิน"]),
    ],
)
def test_what_is_published_is_said_as_it_is(template, code, said):
    assert told(version(template).benefits[code]) == said


def test_every_shape_has_words():
    for benefit in version("example-all-shapes").benefits.values():
        assert all(words and "%(" not in words for words in told(benefit)), benefit.code


def test_birth_old_age_illness_and_death_come_first():
    found = sorted(version("chamuang-2556").benefits.values(), key=prices.place)
    assert [one.code for one in found] == ["birth", "elderly", "illness", "death", "scholarship"]


def test_the_same_sum_of_two_clauses_is_said_once():
    document = json.loads((RULES / "chamuang-2556.json").read_text())
    birth = document["benefits"][0]
    birth["clauses"] = [
        {**birth["clauses"][0], "when": [{"fact": "sex", "is": "is", "value": sex, "clause": "ก"}]}
        for sex in ("f", "m")
    ]
    assert told(regulation.load(document).versions[0].benefits["birth"]) == ["1,000 บาท ต่อครั้ง"]
