"""Who may be the same person: the right pairs, no families, and fast enough for a page."""

import json
from pathlib import Path

import pytest

from pwa.domain.register.duplicates import candidates

PAIRS = json.loads((Path(__file__).parents[1] / "golden" / "duplicates.json").read_text(encoding="utf-8"))
SOMCHAI = {"first_name": "สมชาย", "last_name": "ใจดี"}
SOMMAI = {"first_name": "สมหมาย", "last_name": "ใจดี"}


def sentences(person, other):
    return [message % values for found in candidates(person, [other]) for message, values in found.reasons]


def test_it_keeps_the_promise_of_the_benchmark():
    found = [bool(candidates(pair["one"], [pair["other"]])) for pair in PAIRS]
    right = sum(pair["same"] and hit for pair, hit in zip(PAIRS, found, strict=True))
    assert len(PAIRS) >= 120
    assert right / sum(pair["same"] for pair in PAIRS) >= 0.95
    assert right / sum(found) >= 0.9


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{number}" for number in range(len(PAIRS))])
def test_it_answers_the_same_both_ways(pair):
    there = candidates(pair["one"], [pair["other"]], enough=1)
    back = candidates(pair["other"], [pair["one"]], enough=1)
    assert [found.score for found in there] == [found.score for found in back]


@pytest.mark.parametrize(
    "evidence", [{}, {"house": "5"}, {"house": "5", "birth_date": "1980-02-03"}, {"birth_date": "1980", "sex": "male"}]
)
def test_it_takes_no_brother_for_the_same_man(evidence):
    assert not candidates(SOMCHAI | evidence, [SOMMAI | evidence])


def test_it_believes_other_evidence():
    shared = {"house": "5", "birth_date": "1980-02-03", "nickname": "ชาย"}
    assert candidates(SOMCHAI | shared, [SOMMAI | shared])
    assert sentences(SOMCHAI | {"id_index": b"1"}, SOMMAI | {"id_index": b"1"})[0] == "The same ID number"


def test_it_says_why():
    one = {"title": "นาย", "first_name": "ประสิทธิ์", "last_name": "ทองคำ", "house": "45/2"}
    other = {"first_name": "นายประสิทธ์", "last_name": "ทองคำ", "house": "45/2"}
    assert sentences(one, other) == [
        "First names that sound alike: ประสิทธิ์, ประสิทธ์",
        "The same last name: ทองคำ",
        "The same house",
    ]


def test_it_is_blind_to_titles():
    assert candidates({"first_name": "นางสาวสมหญิง", "last_name": "ใจดี"}, [{"first_name": "สมหญิง", "last_name": "ใจดี"}])
    assert not candidates({"title": "นาย"}, [{"title": "นาย"}])


def test_it_puts_the_likeliest_first_and_skips_itself():
    me = SOMCHAI | {"id": 1, "birth_date": "1958-08-12"}
    twice = SOMCHAI | {"id": 2, "birth_date": "1958-08-12"}
    perhaps = SOMCHAI | {"id": 3}
    assert [found.other["id"] for found in candidates(me, [perhaps, me, twice])] == [2, 3]


def test_it_makes_nothing_of_nothing():
    assert candidates({}, [{}, {"house": "5"}, {"first_name": None, "old_last_names": None}]) == []
