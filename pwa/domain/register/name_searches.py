"""A search through the register: whose names answer to every word that was typed, together with the house and its place.

Names are asked by their spellings (bearers), a few thousand however many people bear them; only a word that may run from a first
name into a last name is looked for in the names of those whose spelling holds the larger half of it.
"""

from functools import cached_property, reduce
from operator import and_

from peewee import fn

from db.models import Bearer, Household, NamePart, Person, Unit
from pwa.domain.register import searches, traits


class Search:
    """What words find (searches.Word). `ways` are those of searches.WAYS that can find anything."""

    def __init__(self, words):
        self._words = [Sought(word) for word in words]
        self.ways = [way for way in searches.WAYS if way != "heard" or any(word.sound for word in words)]

    def answers(self, way):
        """Condition on Household: one of the people, with the house and its place, answers to every word; or these alone do."""
        called = [word.is_called(way) | word.around for word in self._words]
        person = Person.select(Person.id).where(Person.household == Household.id, Person.gone != "mistake")
        answer = fn.EXISTS(person.where(*called))
        return answer | reduce(and_, [word.around for word in self._words]) if way == "written" else answer

    def everywhere(self, way):
        """The same for the whole register: of those who answer to the rarest word, whoever answers to the others."""
        if len(self._words) > 1:
            rarest = min(self._words, key=lambda word: word.bearing(way).count() + word.houses)
            return Household.id.in_(rarest.homes(way) | rarest.homes_around) & self.answers(way)
        [word] = self._words
        return Household.id.in_(word.homes(way) | word.homes_around if way == "written" else word.homes(way))


class Sought:
    """One word, asked of names, houses and places."""

    def __init__(self, word):
        self._word = word

    @cached_property
    def around(self):
        """Condition on Household: the word is part of its number, landmark or place."""
        places = [unit for (unit,) in Unit.select(Unit.id).where(Unit.name.contains(self._word.shown)).tuples()]
        by_house = Household.search.contains(self._word.number or self._word.key)
        return by_house | Household.place.in_(places) if places else by_house

    @property
    def homes_around(self):
        return Household.select(Household.id).where(self.around)

    @cached_property
    def houses(self):
        return self.homes_around.count()

    def is_called(self, way):
        """Condition on Person."""
        written = Person.search.contains(self._word.key)
        if way == "heard" and self._word.sound:
            return written | Person.sound.contains(self._word.sound)
        if way == "mistyped" and self._mistyped:
            return written | Person.id.in_(_bearers(self._mistyped))
        return written

    def bearing(self, way):
        """Query for who bears, once for each part of a name that answers to the word."""
        answers = NamePart.text.contains(self._word.key)
        if way == "heard" and self._word.sound:
            answers |= NamePart.sound.contains(self._word.sound)
        if way == "mistyped" and self._mistyped:
            answers |= NamePart.id.in_(self._mistyped)
        return _bearers(NamePart.select(NamePart.id).where(answers))

    def homes(self, way):
        """Query for where they live, and those whose first and last name answer to it together."""
        people = Person.id.in_(self.bearing(way))
        if self._begun:
            people |= Person.id.in_(_bearers(self._begun)) & Person.search.contains(self._word.key)
        return Person.select(Person.household).where(people)

    @cached_property
    def _begun(self):
        """Ids of the spellings that end with the first half of the word or more, or begin with more than the other half: what runs
        from a first name into a last name does one of them."""
        key, half = self._word.key, (len(self._word.key) + 1) // 2
        ends, starts = (
            tuple(key[:end] for end in range(half, len(key))),
            tuple(key[start:] for start in range(1, half)),
        )
        holds = NamePart.text.contains(key[:half])
        near = _spellings(holds | NamePart.text.contains(key[half:]) if starts else holds) if ends else ()
        return [part for part, text in near if text.endswith(ends) or text.startswith(starts)]

    @cached_property
    def _mistyped(self):
        """Ids of the spellings that are the word but for one letter. That leaves a half of it, or all but two letters in its middle."""
        key, holds = self._word.key, NamePart.text.contains
        if len(key) < traits.SHORTEST:
            return []
        half = len(key) // 2
        near = holds(key[:half]) | holds(key[half:]) | (holds(key[: half - 1]) & holds(key[half + 1 :]))
        return [part for part, text in _spellings(near) if searches.fits(self._word, text)]


def _bearers(parts):
    return Bearer.select(Bearer.person).where(Bearer.part.in_(parts))


def _spellings(condition):
    return NamePart.select(NamePart.id, NamePart.text).where(condition).tuples()
