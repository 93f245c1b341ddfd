"""What people type finds the house that they mean: the same on the server and, by the same golden file, on the phone."""

import json
import uuid
from pathlib import Path

import pytest

from db.models import Unit
from pwa.domain.custody import entries
from pwa.domain.places import units
from pwa.domain.register import households, searches
from tests.hamlets import Hamlet, form

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "searches.json").read_text(encoding="utf-8"))


@pytest.fixture
def hamlet(app):
    """The homes of the golden file, approved; `homes` names them by their ids."""
    made = Hamlet()
    for code, name in GOLDEN["places"].items():
        Unit.create(code=code, kind="community", name=name, network_parent=units.get("V1"))
    made.homes = {}
    for number, home in enumerate(GOLDEN["homes"]):
        people = [
            {
                part: text
                for part, text in zip(("title", "first_name", "last_name", "nickname"), one, strict=True)
                if text
            }
            | {"id": str(uuid.uuid4()), "living_here": True}
            for one in home["people"]
        ]
        house = {part: home[part] for part in ("number", "description", "lane") if home.get(part)}
        entry = made.approved(form(*people) | {"house": house}, place=home["place"], hours=number)
        made.homes[entries.opening(entry).subject] = home["id"]
    return made


def test_it_finds_what_the_phone_finds(hamlet):
    found = {
        text: sorted(
            hamlet.homes[row.id] for row in households.listed(seen_by=hamlet.leader, text=text) if text.strip()
        )
        for text, _ in GOLDEN["queries"]
    }
    assert found == dict(GOLDEN["queries"])


def test_a_title_alone_is_a_word():
    assert [word.key for word in searches.words("พระ")] == ["พระ"]
    assert [word.key for word in searches.words("พระ บุญยิ้ม")] == ["บุญยิ้ม"]


def test_numbers_are_not_heard():
    [word] = searches.words("เลขที่ ๔๕/๒")
    assert (word.number, word.sound) == ("45/2", "")
