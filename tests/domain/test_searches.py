"""What people type finds the house that they mean: the same on the server and, by the same golden file, on the phone."""

import json
import random
import uuid
from pathlib import Path

import pytest

from db.models import Household, Unit
from pwa.domain.custody import entries
from pwa.domain.places import units
from pwa.domain.register import households, name_searches, searches, traits
from pwa.domain.text import thai
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


def test_whoever_asks_the_whole_register_finds_whom_a_look_at_everybody_finds(hamlet, monkeypatch):
    """Pieces of names, also across first and last name, mistyped, heard, with a house or a place: looked for by spellings, and by
    reading every name."""
    monkeypatch.setattr(households, "MOST_WALKED", 1)  # then the walk never has all
    chance = random.Random(4)
    asked = [text for text, _ in GOLDEN["queries"] if text.strip()] + [typed(chance) for _ in range(150)]
    found = {text: {row.id for row in households.listed(seen_by=hamlet.leader, text=text)} for text in asked}
    reach = units.within(hamlet.leader, *households.ROLES)
    assert found == {text: by_reading(searches.words(text), reach) for text in asked}
    assert sum(map(bool, found.values())) > 100


def typed(chance):
    """A piece of somebody's whole name, sometimes with a letter of it changed, sometimes with a house or another name."""
    home = chance.choice(GOLDEN["homes"])
    _, first, last, nickname = chance.choice(home["people"])
    name = chance.choice([first + last, first + last, last or first, nickname or first])
    start = chance.randrange(len(name))
    piece = name[start : start + chance.randint(1, 12)]
    if chance.random() < 0.3:
        at = chance.randrange(len(piece))
        piece = piece[:at] + chance.choice("กนสร") + piece[at + 1 :]
    beside = ["", "", home["number"], "วัดใหม่", chance.choice(GOLDEN["homes"])["people"][0][1]]
    return f"{piece} {chance.choice(beside)}"


def by_reading(words, reach):
    """What the words find when everybody's names are read, one way after the other."""
    homes = Household.select(Household, Unit).join(Unit).where(Household.place.in_(reach)) if words else ()
    for way in searches.WAYS:
        found = {home.id for home in homes if answers(words, way, home)}
        if found:
            return found
    return set()


def answers(words, way, home):
    def around(word):
        return (word.number or word.key) in home.search or word.shown in home.place.name

    def called(word, person):
        names = [thai.strip_title(person.first_name)[1], person.last_name, thai.strip_title(person.nickname)[1]]
        keys = [key for key in map(thai.letters, names) if key]
        heard = way == "heard" and word.sound and any(word.sound in thai.sound(key) for key in keys)
        near = way == "mistyped" and len(word.key) >= 5 and any(is_near(word.key, key) for key in keys)
        return word.key in keys[0] + "".join(keys[1:2]) or word.key in keys[-1] or heard or near

    alone = way == "written" and all(map(around, words))
    return alone or any(all(called(word, person) or around(word) for word in words) for person in home.people)


def is_near(word, name):
    return traits.one_apart(word, name) or traits.one_apart(word, name[: len(word)])


def test_a_title_alone_is_a_word():
    assert [word.key for word in searches.words("พระ")] == ["พระ"]
    assert [word.key for word in searches.words("พระ บุญยิ้ม")] == ["บุญยิ้ม"]


def test_numbers_are_not_heard():
    [word] = searches.words("เลขที่ ๔๕/๒")
    assert (word.number, word.sound) == ("45/2", "")
    assert name_searches.Search([word]).ways == ["written", "mistyped"]
