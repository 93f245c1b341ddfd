"""A regulation as a page: what it says comes from the document and the engine, its examples add up, and changes are told."""

from dataclasses import replace
from pathlib import Path

import pytest

from pwa import spoken
from pwa.domain.fund import plainly, regulation
from tests.rights_world import VERSIONS

ROOT = Path(__file__).parents[2]
THAI = spoken.speaker("th")


def told(version, before=None):
    return {one.benefit.code: one for one in plainly.told(version, before)}


def test_an_example_shows_what_the_limit_does():
    words = " · ".join(map(THAI, told(VERSIONS[1])["illness"].example))
    assert words == "เป็นสมาชิกมา 5 ปี · นอนโรงพยาบาล 4 คืน · คิดได้ 800 บาท แต่มีเพดาน · ได้ 600 บาท"


def test_a_tier_is_shown_by_a_member_who_reached_it():
    assert "ได้ 10,000 บาท" in map(THAI, told(VERSIONS[1])["death"].example)


def test_what_changed_is_told_before_and_now():
    page = told(VERSIONS[1], VERSIONS[0])
    assert [tuple(map(THAI, pair)) for pair in page["illness"].changes] == [
        ("ครั้งละไม่เกิน 500 บาท", "ครั้งละไม่เกิน 600 บาท")
    ]
    assert page["birth"].changes == [] and not page["birth"].is_new
    assert plainly.dropped(VERSIONS[1], VERSIONS[0]) == []


def test_a_new_and_a_dropped_benefit_are_told():
    few = replace(VERSIONS[0], benefits={"birth": VERSIONS[0].benefits["birth"]})
    assert told(VERSIONS[1], few)["death"].is_new
    assert {one.code for one in plainly.dropped(few, VERSIONS[1])} == set(VERSIONS[1].benefits) - {"birth"}


@pytest.mark.parametrize("template", ["sadao-2568", "chamuang-2556", "example-all-shapes"])
def test_every_benefit_of_a_template_can_be_read(template):
    for version in regulation.load((ROOT / f"pwa/rules/{template}.json").read_bytes()).versions:
        for one in plainly.told(version):
            assert one.conditions and one.prices, one.benefit.code
            for sentence in [*(one.example or []), *(condition.says for condition in one.conditions)]:
                assert THAI(sentence) and "%(" not in THAI(sentence)
