"""Who may be the same person: suggestions with their reasons for a checker, never a decision and never a block.

Points for what agrees, fewer for what contradicts; without a link between first names, nicknames or ID numbers there is
no suggestion, however well houses, last names and years agree: that is a family.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from pwa.domain import N_
from pwa.domain.register import traits
from pwa.domain.register.traits import Traits
from pwa.domain.text import national_ids

ENOUGH = 60
FOR = {
    "id": (100, N_("The same ID number")),
    "id_near": (40, N_("ID numbers at most two digits apart")),
    "swapped": (60, N_("First and last name change places: %(value)s, %(other)s")),
    "first": (40, N_("The same first name: %(value)s")),
    "first_sound": (36, N_("First names that sound alike: %(value)s, %(other)s")),
    "first_near": (32, N_("First names one letter apart: %(value)s, %(other)s")),
    "first_close": (22, N_("Short first names one letter apart: %(value)s, %(other)s")),
    "first_far": (18, N_("First names two letters apart: %(value)s, %(other)s")),
    "nickname_as_name": (40, N_("The nickname of one is the first name of the other: %(value)s")),
    "nickname": (20, N_("The same nickname: %(value)s")),
    "only_nickname": (40, N_("The same nickname, and one has no other name: %(value)s")),
    "last": (30, N_("The same last name: %(value)s")),
    "last_sound": (28, N_("Last names that sound alike: %(value)s, %(other)s")),
    "last_near": (26, N_("Last names one letter apart: %(value)s, %(other)s")),
    "last_close": (18, N_("Short last names one letter apart: %(value)s, %(other)s")),
    "last_far": (16, N_("Last names two letters apart: %(value)s, %(other)s")),
    "old_last": (28, N_("The last name of one is an old last name of the other: %(value)s")),
    "house": (20, N_("The same house")),
    "birth_date": (38, N_("The same date of birth")),
    "birth_year": (18, N_("The same year of birth")),
    "birth_slip": (14, N_("The same day and month of birth, another year")),
    "birth_mixed": (14, N_("The same year of birth, and day or month")),
    "birth_near": (8, N_("Years of birth at most two apart")),
}
"""Points and sentence of everything that speaks for one person; values are the names as written."""
SENTENCES = {name: sentence for name, (_, sentence) in FOR.items() if not name.startswith("id")}
"""What a phone can say of somebody while they are typed; it holds no ID numbers to compare."""
AGAINST = {"id": 35, "sex": 30, "birth": 30, "first": 15, "last": 15, "nickname": 8, "house": 2}
AGREES = {name: tuple(part for part in ("first", "last", "birth") if part in name) for name in FOR}
AGREES |= {"swapped": ("first", "last"), "nickname_as_name": ("first",)}
"""Which of what could contradict each reason takes away."""
Person = Mapping[str, Any]
Reasons = dict[str, dict[str, str]]
"""{name of a reason: the words that its sentence takes}."""
YEARS_APART = 2
DIGITS_APART = 2


class Candidate(NamedTuple):
    """Somebody who may be the same: the dict given, reasons as (msgid, values) with the strongest first, and the points."""

    other: Person
    reasons: list[tuple[str, dict[str, str]]]
    score: int


def candidates(
    person: Person,
    others: Iterable[Person],
    enough: int = ENOUGH,
    open_cards: Callable[[list[Person]], None] | None = None,
) -> list[Candidate]:
    """The people of `others` who may be `person`, the likeliest first. → list of Candidate.

    Shape of a person, every key optional: id, title, first_name (may carry a title, or the whole name), last_name,
    nickname, old_last_names (list), sex, birth_date (partial ISO), house (its number) and place (anything that is equal
    for one place), id_index (blind index of the ID number), card (the number itself, where both were opened). Rule: at
    least `enough` points and a link, that is the same, like-sounding or nearly the same first name, names that changed
    places, a shared nickname, a nickname used as a name, or the same ID number. Titles are no names. 1 January counts as
    the year alone: it is written where nobody knows the birthday. Somebody with the same `id` is skipped.

    `open_cards` gives those whose ID numbers alone may stand against a likeness their `card`: one of the two may be mistyped.
    """
    mine, found = traits.of(person), []
    likely = [one for one in _but_for_cards(person, mine, others) if one[2] >= enough - FOR["id_near"][0]]
    if open_cards and mine.card:
        open_cards([other for other, *_ in likely if "card" not in other and _has_other_id(mine, other)])
    for other, reasons, score in likely:
        card = other.get("card") or ""
        reasons |= (cards := _cards(mine.card, card))
        score += sum(FOR[name][0] for name in cards)
        score -= AGAINST["id"] if _has_other_id(mine, other) and not _near(mine.card, card) else 0
        if score >= enough:
            strongest = sorted(reasons, key=lambda name: -FOR[name][0])
            found.append(Candidate(other, [(FOR[name][1], reasons[name]) for name in strongest], score))
    return sorted(found, key=lambda candidate: -candidate.score)


def _but_for_cards(person: Person, mine: Traits, others: Iterable[Person]) -> Iterable[tuple[Person, Reasons, int]]:
    """(other, reasons, points) of those with a link, as if nobody's ID number stood against it."""
    for other in others:
        if person.get("id") is not None and person["id"] == other.get("id"):
            continue
        theirs = traits.lived(other)
        if link := _link(mine, theirs):
            theirs = traits.at_home(theirs, other)
            reasons = link | _last(mine, theirs, link) | _around(mine, theirs)
            yield other, reasons, sum(FOR[name][0] for name in reasons) - _against(mine, theirs, reasons)


def _link(mine: Traits, theirs: Traits) -> Reasons:
    """What ties the two by ID number, first name or nickname: {name of a reason: values}; empty = not the same."""
    reasons: Reasons = {"id": {}} if mine.id_index and mine.id_index == theirs.id_index else {}
    same_nickname = mine.nickname.key and mine.nickname.key == theirs.nickname.key
    if mine.first.key and theirs.first.key:
        reasons |= traits.alike("first", mine.first, theirs.first) or _swapped(mine, theirs)
        if same_nickname:
            reasons["nickname"] = {"value": mine.nickname.shown}
    elif same_nickname:
        reasons["only_nickname"] = {"value": mine.nickname.shown}
    called = {mine.nickname.key: theirs.first.key, theirs.nickname.key: mine.first.key}
    if not reasons.keys() - {"id"} and any(key and key == called[key] for key in called):
        reasons["nickname_as_name"] = {"value": next(name.shown for name in (mine.first, theirs.first) if name.key)}
    return reasons


def _swapped(mine: Traits, theirs: Traits) -> Reasons:
    heard = (mine.first.sound, mine.last.sound, theirs.first.sound, theirs.last.sound)
    if not all(heard) or heard[:2] != heard[:1:-1]:
        return {}
    return {"swapped": {"value": mine.first.shown, "other": mine.last.shown}}


def _last(mine: Traits, theirs: Traits, link: Reasons) -> Reasons:
    if "swapped" in link:
        return {}
    if reasons := traits.alike("last", mine.last, theirs.last):
        return reasons
    for name, olds in ((mine.last, theirs.old_lasts), (theirs.last, mine.old_lasts)):
        if name.key and name.sound in {old.sound for old in olds}:
            return {"old_last": {"value": name.shown}}
    return {}


def _cards(one: str, other: str) -> Reasons:
    """ID numbers that somebody mistyped: two digits apart at most, and not both of them possible."""
    if not _near(one, other) or all(national_ids.valid(card) for card in (one, other)):
        return {}
    return {"id_near": {}}


def _near(one: str, other: str) -> bool:
    apart = sum(a != b for a, b in zip(one, other, strict=False))
    return bool(one) and len(one) == len(other) and 0 < apart <= DIGITS_APART


def _has_other_id(mine: Traits, other: Person) -> bool:
    return bool(mine.id_index and other.get("id_index") and mine.id_index != other["id_index"])


def _around(mine: Traits, theirs: Traits) -> Reasons:
    """House and birth. Where it is not sure in which of two years a birth fell, either is as good."""
    reasons: Reasons = {"house": {}} if mine.house and mine.house == theirs.house else {}
    (year, *day), (their_year, *their_day) = mine.birth, theirs.birth
    if not year or not their_year:
        return reasons
    same_year = (
        year == their_year or (year + 1 == their_year and mine.unsure) or (year == their_year + 1 and theirs.unsure)
    )
    whole = None not in (*day, *their_day)
    if whole and day == their_day:
        reasons["birth_date" if same_year else "birth_slip"] = {}
    elif same_year and not (whole and day != their_day):
        reasons["birth_year"] = {}
    elif same_year and (day == their_day[::-1] or any(a == b for a, b in zip(day, their_day, strict=True))):
        reasons["birth_mixed"] = {}
    elif abs(year - their_year) <= YEARS_APART:
        reasons["birth_near"] = {}
    return reasons


def _against(mine: Traits, theirs: Traits, reasons: Reasons) -> int:
    """Points of what contradicts, but for the ID numbers."""
    agreed = {part for name in reasons for part in AGREES[name]}
    differ = {
        "sex": mine.sex != theirs.sex and mine.sex and theirs.sex,
        "birth": mine.birth[0] and theirs.birth[0] and "birth" not in agreed,
        "first": mine.first.key and theirs.first.key and "first" not in agreed,
        "last": mine.last.key and theirs.last.key and "last" not in agreed and not (mine.ordained or theirs.ordained),
        "nickname": mine.nickname.key and theirs.nickname.key and mine.nickname.key != theirs.nickname.key,
        "house": mine.house and theirs.house and mine.house != theirs.house,
    }
    return sum(AGAINST[name] for name, is_so in differ.items() if is_so)
