"""Households of the register as those see them who look after their place: found by name or number, shown with where each value is from."""

from dataclasses import dataclass, field

from peewee import JOIN, fn

from db.models import Account, Approval, Entry, Fact, Household, Person, Unit
from pwa.domain import NotFound, thai
from pwa.domain.field import states
from pwa.domain.places import units
from pwa.domain.registry import payloads, projection, submissions, tables

ROLES = ("volunteer", "zone_leader", "registrar")
MOST_SHOWN = 60


@dataclass(frozen=True)
class Origin:
    """The three names behind a value: who said it, who recorded it, who checked it, and when."""

    entry_id: object
    kind: str
    respondent: str
    recorder: str
    recorded_at: str
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
    """Households of the account's places in walking order, at most 60; with `text` those it names by person, number or landmark.

    Each row has `.place`, `.head` (Person or None) and `.people_count`.
    """
    rows = (
        Household.select(Household, Unit)
        .join(Unit)
        .where(Household.place.in_(units.within(seen_by, *ROLES)))
        .order_by(Unit.name, Household.sort_key, Household.id)
        .limit(MOST_SHOWN)
    )
    if text.strip():
        rows = rows.where(_named(text))
    rows = list(rows)
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
    return Household.select(Household, Unit).join(Unit).where(Household.id == subject).get_or_none()


def origins(rows):
    """{entry row id: Origin} of approved entries, with one query."""
    recorder, checker = Account.alias(), Account.alias()
    query = (
        submissions.rows()
        .select_extend(Approval, recorder, checker)
        .switch(Entry)
        .join(Approval)
        .join(checker, on=(Approval.account == checker.id), attr="checker")
        .switch(Entry)
        .join(recorder, JOIN.LEFT_OUTER, on=(Entry.author == recorder.id), attr="recorder")
        .where(Entry.id.in_(rows), states.standing(Approval))
    )
    return {one.row.id: _origin(one) for one in submissions.opened(query)}


def respondent(values):
    """Who gave the information, by name: the person it names, else the name it wrote. {path: value} → str."""
    person = values.get("respondent.person")
    return payloads.name_of(values, person) if person else values.get("respondent.name") or "—"


def _origin(one):
    recorder = getattr(one.row, "recorder", None)
    name = recorder.name if recorder else "—"
    is_visit = one.opening.kind == "household" and one.says.payload is not None
    return Origin(
        entry_id=one.row.entry_id,
        kind=one.opening.kind,
        respondent=respondent(one.says.values) if is_visit else name,
        recorder=name,
        recorded_at=one.opening.recorded_at,
        checker=one.row.approval.checker.name,
        checked_at=one.row.approval.at,
    )


def _named(text):
    wanted = thai.search_key(text)
    number = thai.digits(thai.clean(text))
    people = Person.select(Person.household).where(Person.search.contains(wanted), Person.gone != "mistake")
    described = Household.number.contains(number) | Household.description.contains(number)
    return (Household.id.in_(people) | described) if wanted else described


def _living(rows):
    people = Person.select().where(Person.household.in_([row.id for row in rows]), Person.gone == "")
    found = {}
    for person in people.order_by(fn.LENGTH(Person.birth_date) == 0, Person.birth_date):
        found.setdefault(person.household_id, []).append(person)
    return found
