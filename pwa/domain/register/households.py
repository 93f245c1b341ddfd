"""Households of the register as those see them who look after their place: found by name or number, shown with where each value is from."""

from dataclasses import dataclass, field
from functools import reduce
from itertools import groupby
from operator import and_, itemgetter

from peewee import JOIN, fn

from db.models import Account, Approval, Entry, Fact, Household, Person, Unit
from db.statements import Prepared
from pwa.domain import NotFound
from pwa.domain.custody import clocks, states
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.register import payloads, projection, searches, submissions, tables, traits

ROLES = roles.may("see-households")
MOST_SHOWN = 60
MOST_WALKED = 600
"""So many houses are looked at, in walking order, before the whole register is asked."""


@dataclass(frozen=True)
class Origin:
    """The three names behind a value: who said it, who recorded it, who checked it, and when."""

    entry_id: object
    kind: str
    respondent: str
    recorder: str
    recorded_at: object
    checker: str
    checked_at: object


@dataclass
class Home:
    """A household with its people, its values by path and the origin of each value by entry row id."""

    household: Household
    people: list
    values: dict
    origins: dict = field(default_factory=dict)

    @property
    def latest(self):
        """The origin of the last approved entry that something here still comes from."""
        return self.origins[max(self.origins)] if self.origins else None

    def origin(self, path):
        held = self.values.get(path)
        return self.origins.get(held.entry) if held else None

    def of_person(self, person):
        """{path below the person: Value} of one of the people."""
        return payloads.of_person(self.values, person.local_id)


def listed(*, seen_by, text=""):
    """Households of the account's places in walking order, at most 60; with `text` those that its words name (searches).

    Each row has `.place`, `.head` (Person or None) and `.people_count`.
    """
    reach = units.within(seen_by, *ROLES)
    wanted, rows = searches.words(text), []
    if text.strip() and not wanted:
        return rows
    first = _first(reach, MOST_WALKED) if wanted else _first(reach)
    for way in searches.WAYS if wanted else ():
        rows = rows or _named(wanted, way, reach, first)
    rows = rows if wanted else _ordered(Household.id.in_(first))
    living = _living(rows)
    for row in rows:
        people = living.get(row.id, [])
        row.people_count = len(people)
        row.head = next((person for person in people if person.relation == "head"), people[0] if people else None)
    return rows


def count(*, seen_by):
    return Household.select().where(Household.place.in_(units.within(seen_by, *ROLES))).count()


def get(household_id, *, seen_by):
    """A household of the account's places as a Home, without health. Raises NotFound."""
    household = Household.select(Household, Unit).join(Unit).where(Household.id == household_id).get_or_none()
    if household is None or household.place_id not in units.within(seen_by, *ROLES):
        raise NotFound
    return home(household)


def home(household):
    """The Home of a household row whose right to be seen was proved elsewhere."""
    facts = Fact.select().where(Fact.subject == household.id)
    values = {row.path: projection.Value(tables.unsealed(row), row.entry_id) for row in facts}
    head_first = (Person.gone, Person.relation != "head", Person.birth_date == "", Person.birth_date, Person.id)
    people = list(Person.select().where(Person.household == household.id).order_by(*head_first))
    return Home(household, people, values, origins({held.entry for held in values.values()}))


def standing(subject):
    """The household of an entry's subject as the register has it, with its place, or None."""
    return next(iter(_standing.rows(subject)), None)


_standing = Prepared(lambda subject: Household.select(Household, Unit).join(Unit).where(Household.id == subject))


def origins(rows):
    """{entry row id: Origin} of approved entries, with one query."""
    return {one.row.id: _origin(one) for one in submissions.opened(_approved.rows(list(rows)))}


def _with_names(rows):
    recorder, checker = Account.alias(), Account.alias()
    query = submissions.rows().select_extend(Approval, recorder, checker).switch(Entry).join(Approval)
    query = query.join(checker, on=(Approval.account == checker.id), attr="checker").switch(Entry)
    query = query.join(recorder, JOIN.LEFT_OUTER, on=(Entry.author == recorder.id), attr="recorder")
    return query.where(Entry.id.in_(rows), states.standing(Approval))


_approved = Prepared(_with_names)


def respondent(values):
    """Who gave the information, by name: the person it names, else the name it wrote. {path: value} → str."""
    person = values.get("respondent.person")
    return payloads.name_of(values, person) if person else values.get("respondent.name") or "—"


def _origin(one):
    recorder = getattr(one.row, "recorder", None)
    name = recorder.name if recorder else "—"
    is_visit = one.says.is_visit and one.says.payload is not None
    return Origin(
        entry_id=one.row.entry_id,
        kind=one.opening.kind,
        respondent=respondent(one.says.values) if is_visit else name,
        recorder=name,
        recorded_at=clocks.of(one.opening, received_at=one.row.received_at),
        checker=one.row.approval.checker.name,
        checked_at=one.row.approval.at,
    )


def _ordered(*conditions):
    rows = Household.select(Household, Unit).join(Unit).where(*conditions)
    return list(rows.order_by(Unit.name, Household.sort_key, Household.id).limit(MOST_SHOWN))


def _first(reach, most=MOST_SHOWN):
    """The first of all in walking order: place after place, each along its index, until there are enough; ids."""
    named, found = Unit.select(Unit.id, Unit.name).where(Unit.id.in_(reach)).order_by(Unit.name), []
    for _, places in groupby(named.tuples(), key=itemgetter(1)):
        query = Household.select(Household.id).where(Household.place.in_([unit for unit, _ in places]))
        query = query.order_by(Household.sort_key, Household.id).limit(most - len(found))
        found.extend(home for (home,) in query.tuples())
        if len(found) == most:
            break
    return found


def _named(words, way, reach, first):
    """Households where one of the people, with the house and its place, answers to every word; or house and place alone do.

    What many answer to is found among the first of the walking order already, so nobody reads and sorts all of them.
    """
    around = {word: _around(word) for word in words}
    is_all = len(first) < MOST_WALKED
    near = Household.id.in_(first) if is_all else Household.place.in_(reach)
    if way == "mistyped":
        return _ordered(near, Household.id.in_(_mistyped(words, _beside(words, around), near)))
    if way == "heard" and not any(word.sound for word in words):
        return []
    called = _called if way == "written" else _heard
    alone = reduce(and_, around.values()) if way == "written" else None
    person = Person.select(Person.id).where(Person.household == Household.id, Person.gone != "mistake")
    answers = fn.EXISTS(person.where(*(called(word) | around[word] for word in words)))
    rows = _ordered(Household.id.in_(first), answers if alone is None else answers | alone)
    if is_all or len(rows) == MOST_SHOWN:
        return rows
    beside, homes = _beside(words, around), Person.select(Person.household).where(Person.gone != "mistake")
    homes = homes.where(*(called(word) | beside[word] if word in beside else called(word) for word in words))
    return _ordered(near, Household.id.in_(homes if alone is None else homes.union(_homes(alone))))


def _around(word):
    """Condition on Household: the word is part of its number, landmark or place."""
    places = [unit for (unit,) in Unit.select(Unit.id).where(Unit.name.contains(word.shown)).tuples()]
    by_house = Household.search.contains(word.number or word.key)
    return by_house | Household.place.in_(places) if places else by_house


def _beside(words, around):
    """{word: Condition on Person} that it is part of where they live, of those words that are part of any house or place: nobody
    is asked in vain. A single word that is one needs no person, the house alone answers to it."""
    if len(words) == 1:
        return {}
    return {
        word: Person.household.in_(_homes(around[word])) for word in words if _homes(around[word]).limit(1).exists()
    }


def _homes(condition):
    """Ids of the households of which a word is part: each found once, not once a person."""
    return Household.select(Household.id).where(condition)


def _called(word):
    return Person.search.contains(word.key)


def _heard(word):
    return _called(word) | Person.sound.contains(word.sound) if word.sound else _called(word)


def _nearly(word):
    """What one wrong letter leaves of a word: one half, or all but the two letters in its middle."""
    if len(word.key) < traits.SHORTEST:
        return _called(word)
    half, found = len(word.key) // 2, Person.search.contains
    front, back = word.key[: half - 1], word.key[half + 1 :]
    return found(word.key[:half]) | found(word.key[half:]) | (found(front) & found(back))


def _mistyped(words, beside, near):
    """Ids of the households of those people for whom at most one letter of a word is wrong."""
    fits = [one.alias(f"w{words.index(word)}") for word, one in beside.items()]
    columns = (Person.household, Person.first_name, Person.last_name, Person.nickname, Person.search)
    query = Person.select(*columns, *fits).where(
        Person.gone != "mistake", *(_nearly(word) | beside[word] if word in beside else _nearly(word) for word in words)
    )
    within = Household.select(Household.id).where(Household.id == Person.household, near)
    return {
        row["household"]
        for row in query.where(fn.EXISTS(within)).dicts().iterator()
        if all(row.get(f"w{n}") or searches.fits(word, row) for n, word in enumerate(words))
    }


def _living(rows):
    people = Person.select().where(Person.household.in_([row.id for row in rows]), Person.gone == "")
    found = {}
    for person in people.order_by(fn.LENGTH(Person.birth_date) == 0, Person.birth_date):
        found.setdefault(person.household_id, []).append(person)
    return found
