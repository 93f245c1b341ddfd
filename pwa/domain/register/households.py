"""Households of the register as those see them who look after their place: found by name or number, shown with where each value is from."""

from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from peewee import JOIN, fn

from db.models import Account, Approval, Entry, Fact, Household, Person, Unit
from db.statements import Prepared
from pwa.domain import NotFound
from pwa.domain.custody import clocks, states
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.register import name_searches, payloads, projection, searches, submissions, tables

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
    if not wanted:
        rows = _ordered(_first(reach, MOST_SHOWN)[0])
    else:
        first, is_all = _first(reach, MOST_WALKED)
        near = first if is_all else Household.place.in_(reach)
        search = name_searches.Search(wanted)
        for way in search.ways:
            rows = rows or _named(search, way, first, near)
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


def _first(reach, most):
    """(condition on Household, whether it is all): the first of all in walking order, place after place, until there are enough."""
    named, whole = Unit.select(Unit.id, Unit.name).where(Unit.id.in_(reach)).order_by(Unit.name), []
    for _, places in groupby(named.tuples(), key=itemgetter(1)):
        units_there = [unit for unit, _ in places]
        query = Household.select(Household.id).where(Household.place.in_(units_there)).limit(most)
        most -= query.count()
        if most == 0:
            last = query.order_by(Household.sort_key, Household.id)
            return Household.place.in_(whole) | Household.id.in_(last), False
        whole += units_there
    return Household.place.in_(whole), True


def _named(search, way, first, near):
    """Those whom a search finds. What many answer to is found among the first of the walking order already, so nobody reads and
    sorts all of them."""
    if way != "mistyped":
        rows = _ordered(first, search.answers(way))
        if len(rows) == MOST_SHOWN or near is first:
            return rows
    return _ordered(near, search.everywhere(way))


def _living(rows):
    people = Person.select().where(Person.household.in_([row.id for row in rows]), Person.gone == "")
    found = {}
    for person in people.order_by(fn.LENGTH(Person.birth_date) == 0, Person.birth_date):
        found.setdefault(person.household_id, []).append(person)
    return found
