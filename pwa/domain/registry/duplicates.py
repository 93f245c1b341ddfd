"""Who may be the same person: suggestions with their reasons for a checker, never a decision and never a block.

Points for what agrees, fewer for what contradicts; without a link between first names, nicknames or ID numbers there is
no suggestion, however well houses, last names and years agree: that is a family.
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from pwa.domain import N_, thai

ENOUGH = 60
FOR = {
    "id": (100, N_("The same ID number")),
    "first": (40, N_("The same first name: %(value)s")),
    "first_sound": (34, N_("First names that sound alike: %(value)s, %(other)s")),
    "first_near": (30, N_("First names one letter apart: %(value)s, %(other)s")),
    "first_close": (22, N_("Short first names one letter apart: %(value)s, %(other)s")),
    "nickname_as_name": (40, N_("The nickname of one is the first name of the other: %(value)s")),
    "nickname": (20, N_("The same nickname: %(value)s")),
    "only_nickname": (40, N_("The same nickname, and one has no other name: %(value)s")),
    "last": (30, N_("The same last name: %(value)s")),
    "last_sound": (26, N_("Last names that sound alike: %(value)s, %(other)s")),
    "last_near": (22, N_("Last names one letter apart: %(value)s, %(other)s")),
    "last_close": (18, N_("Short last names one letter apart: %(value)s, %(other)s")),
    "old_last": (28, N_("The last name of one is an old last name of the other: %(value)s")),
    "house": (20, N_("The same house")),
    "birth_date": (36, N_("The same date of birth")),
    "birth_year": (18, N_("The same year of birth")),
    "birth_slip": (14, N_("The same day and month of birth, another year")),
    "birth_near": (8, N_("Years of birth at most two apart")),
}
"""Points and sentence of everything that speaks for one person; values are the names as written."""
SENTENCES = {name: sentence for name, (_, sentence) in FOR.items() if name != "id"}
"""What a phone can say of somebody while they are typed; it holds no ID numbers to compare."""
AGAINST = {"id": 35, "sex": 30, "birth": 30, "first": 15, "last": 15, "nickname": 8, "house": 5}
YEARS_APART = 2
SHORTEST, LONG = 5, 6
SEX_OF_TITLE = {
    **dict.fromkeys(("นาย", "เด็กชาย", "พระ", "พระมหา", "สามเณร", "Mr."), "male"),
    **dict.fromkeys(("นาง", "นางสาว", "เด็กหญิง", "แม่ชี", "Mrs.", "Miss", "Ms."), "female"),
}


class Candidate(NamedTuple):
    """Somebody who may be the same: the dict given, reasons as (msgid, values) with the strongest first, and the points."""

    other: dict
    reasons: list
    score: int


class _Name(NamedTuple):
    shown: str
    key: str
    sound: str


class _Traits(NamedTuple):
    first: _Name
    nickname: _Name
    last: str
    old_lasts: list
    sex: str | None
    birth: tuple
    house: object
    id_index: object


def candidates(person, others, enough=ENOUGH):
    """The people of `others` who may be `person`, the likeliest first. → list of Candidate.

    Shape of a person, every key optional: id, title, first_name (may carry a title), last_name, nickname, old_last_names
    (list), sex, birth_date (partial ISO), house (anything that is equal for one house), id_index (blind index of the ID
    number). Rule: at least `enough` points and a link, that is the same, like-sounding or nearly the same first name, a
    shared nickname, a nickname used as a name, or the same ID number. Titles are no names. 1 January counts as the year
    alone: it is written where nobody knows the birthday. Somebody with the same `id` is skipped.
    """
    mine, found = _traits(person), []
    for other in others:
        if person.get("id") is not None and person["id"] == other.get("id"):
            continue
        theirs = _traits(other)
        link = _link(mine, theirs)
        if not link:
            continue
        reasons = link | _last(mine, theirs) | _around(mine, theirs)
        score = sum(FOR[name][0] for name in reasons) - _against(mine, theirs, reasons)
        if score >= enough:
            strongest = sorted(reasons, key=lambda name: -FOR[name][0])
            found.append(Candidate(other, [(FOR[name][1], reasons[name]) for name in strongest], score))
    return sorted(found, key=lambda candidate: -candidate.score)


def _traits(person):
    title, first = _parts(person.get("title") or "", person.get("first_name") or "")
    sex = person.get("sex") if person.get("sex") in ("male", "female") else SEX_OF_TITLE.get(title)
    year, month, day = (*map(int, (person.get("birth_date") or "0").split("-")), None, None)[:3]
    return _Traits(
        first=_name(first if first not in SEX_OF_TITLE else ""),
        nickname=_name(person.get("nickname") or ""),
        last=person.get("last_name") or "",
        old_lasts=person.get("old_last_names") or [],
        sex=sex,
        birth=(year, None, None) if (month, day) == (1, 1) else (year, month, day),
        house=person.get("house"),
        id_index=person.get("id_index"),
    )


@lru_cache(maxsize=4096)
def _parts(title, first_name):
    return thai.strip_title(f"{title} {first_name}")


@lru_cache(maxsize=4096)
def _name(text):
    key = thai.search_key(text)
    return _Name(text, key, thai.sound_key(key))


def _link(mine, theirs):
    """What ties the two by ID number, first name or nickname: {name of a reason: values}; empty = not the same."""
    reasons = {}
    if mine.id_index and mine.id_index == theirs.id_index:
        reasons["id"] = {}
    same_nickname = mine.nickname.key and mine.nickname.key == theirs.nickname.key
    if mine.first.key and theirs.first.key:
        reasons |= _alike("first", mine.first, theirs.first)
        if same_nickname:
            reasons["nickname"] = {"value": mine.nickname.shown}
    elif same_nickname:
        reasons["only_nickname"] = {"value": mine.nickname.shown}
    called = {mine.nickname.key: theirs.first.key, theirs.nickname.key: mine.first.key}
    if not reasons.keys() - {"id"} and any(key and key == called[key] for key in called):
        reasons["nickname_as_name"] = {"value": next(name.shown for name in (mine.first, theirs.first) if name.key)}
    return reasons


def _last(mine, theirs):
    my_name, their_name = _name(mine.last), _name(theirs.last)
    if reasons := _alike("last", my_name, their_name):
        return reasons
    for name, olds in ((my_name, theirs.old_lasts), (their_name, mine.old_lasts)):
        if name.key and name.sound in {_name(old).sound for old in olds}:
            return {"old_last": {"value": name.shown}}
    return {}


def _around(mine, theirs):
    """House and birth."""
    reasons = {"house": {}} if mine.house and mine.house == theirs.house else {}
    (year, *day), (their_year, *their_day) = mine.birth, theirs.birth
    if not year or not their_year:
        return reasons
    is_same_day = None not in day and day == their_day
    is_other_day = None not in (*day, *their_day) and day != their_day
    if is_same_day:
        reasons["birth_date" if year == their_year else "birth_slip"] = {}
    elif year == their_year and not is_other_day:
        reasons["birth_year"] = {}
    elif abs(year - their_year) <= YEARS_APART:
        reasons["birth_near"] = {}
    return reasons


def _against(mine, theirs, reasons):
    differ = {
        "id": mine.id_index != theirs.id_index and mine.id_index and theirs.id_index,
        "sex": mine.sex != theirs.sex and mine.sex and theirs.sex,
        "birth": mine.birth[0] and theirs.birth[0] and not any(name.startswith("birth") for name in reasons),
        "first": mine.first.key and theirs.first.key and not any("first" in name or "_as_" in name for name in reasons),
        "last": mine.last and theirs.last and not any("last" in name for name in reasons),
        "nickname": mine.nickname.key and theirs.nickname.key and mine.nickname.key != theirs.nickname.key,
        "house": mine.house and theirs.house and mine.house != theirs.house,
    }
    return sum(AGAINST[name] for name, is_so in differ.items() if is_so)


def _alike(kind, mine, theirs):
    if not mine.key or not theirs.key:
        return {}
    values = {"value": mine.shown, "other": theirs.shown}
    if mine.key == theirs.key:
        return {kind: values}
    if mine.sound == theirs.sound:
        return {f"{kind}_sound": values}
    for one, other in ((mine.key, theirs.key), (mine.sound, theirs.sound)):
        if _one_apart(one, other):
            return {f"{kind}_near" if max(len(one), len(other)) >= LONG else f"{kind}_close": values}
    return {}


def _one_apart(one, other):
    """One letter more, less, changed or swapped; in words of less than five letters only a vowel or tone mark."""
    one, other = sorted((one, other), key=len)
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    rest, longer = one[start:], other[start:]
    if longer and (rest[1:] == longer[1:] or rest == longer[1:]):
        changed = longer[0] + rest[: 1 if len(one) == len(other) else 0]
    elif rest[:2] == longer[1::-1] and rest[2:] == longer[2:]:
        changed = rest[:2]
    else:
        return False
    return len(one) >= SHORTEST or all(unicodedata.category(sign) == "Mn" for sign in changed)
