"""What the machine checks look up around entries, fetched once for many: pictures, funds, names, and who may be the same person."""

from functools import cached_property

from db import database, is_postgres
from db.models import Account, DeviceUse, Household, Likeness, Person, StoredBlob
from pwa.domain import national_ids
from pwa.domain.field import sealing
from pwa.domain.registry import duplicates, tables

TRAITS = ("title", "first_name", "last_name", "nickname", "sex", "birth_date")
COLUMNS = ("id", "household", "id_index", *TRAITS, "number", "place")


class Surroundings:
    """Around a set of entries (submissions.Opened); `reach` are the units whose households the checker may see by name."""

    def __init__(self, opened, *, reach=frozenset()):
        self.opened, self.reach = opened, reach
        self.lookups = tables.Lookups()

    @cached_property
    def pictures(self):
        """The hashes of the named pictures that have come."""
        named = {blob["sha256"] for one in self.opened for blob in one.blobs}
        return {sha for (sha,) in StoredBlob.select(StoredBlob.sha256).where(StoredBlob.sha256.in_(named)).tuples()}

    @cached_property
    def accounts(self):
        """{account id: name} of everybody who recorded or brought in."""
        ids = {one.row.author for one in self.opened} | {one.row.imported_by for one in self.opened}
        return dict(Account.select(Account.id, Account.name).where(Account.id.in_(ids - {None})).tuples())

    def carriers(self, device):
        """The names of the people known on the phone that brought a line."""
        query = Account.select(Account.name).join(DeviceUse, on=(DeviceUse.account == Account.id))
        return [name for (name,) in query.where(DeviceUse.device == device).order_by(Account.name).tuples()]

    def alike(self, one, local_id):
        """Candidates of the register who may be this person of an entry, the likeliest first."""
        keys = self._likenesses[one.row.id, local_id]
        near = {other["id"]: other for key in keys for other in self._pool.get(key, ())}
        if not near:
            return []
        subject, values = one.opening.subject, one.says.values
        own = one.says.people[local_id]
        number = national_ids.clean(own.get("id_number") or "")
        person = {trait: own.get(trait) or "" for trait in TRAITS} | {
            "id": tables.person_id(subject, local_id).hex,
            "id_index": sealing.blind_index(number) if number else "",
            "house": f"{subject.hex} {values.get('house.number') or ''}",
        }
        return duplicates.candidates(person, near.values())

    @cached_property
    def _likenesses(self):
        """{(entry row id, person): keys} of everybody in the entries."""
        return {
            (one.row.id, local_id): tables.likenesses(one.opening.subject, own)
            for one in self.opened
            if one.opening.kind == "household" and one.says.payload is not None
            for local_id, own in one.says.people.items()
        }

    @cached_property
    def _pool(self):
        """{key: people of the register who share it}, fetched with one query for all entries."""
        wanted = set().union(*self._likenesses.values())
        pool, people = {}, {}
        for key, *row in _registered(wanted) if wanted else ():
            other = people.setdefault(row[0], dict(zip(COLUMNS, row, strict=True)))
            other["house"] = f"{other['household']} {other['number']}"
            pool.setdefault(key, []).append(other)
        return pool


def _registered(wanted):
    """(key, columns…) of people of the register who share a key; ids as 32 hex digits, however the database keeps them."""
    named = [Person.id, Person.household, Person.id_index, *(getattr(Person, trait) for trait in TRAITS)]
    query = Person.select(Likeness.key, *named, Household.number, Household.place).join(Household).switch(Person)
    found = database.execute(query.join(Likeness).where(Likeness.key.in_(wanted), Person.gone != "mistake"))
    return found if not is_postgres() else ((key, who.hex, home.hex, *more) for key, who, home, *more in found)
