"""What the machine checks look up around entries, fetched once for many: pictures, funds, names, and who may be the same person."""

from functools import cached_property

from peewee import fn

from db.models import Account, DeviceUse, Household, Person, StoredBlob, Unit
from pwa.domain import thai
from pwa.domain.field import sealing
from pwa.domain.registry import duplicates, payloads, tables

TRAITS = ("title", "first_name", "last_name", "nickname", "sex", "birth_date")


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

    @cached_property
    def unit_names(self):
        return {unit.code: unit.name for unit in Unit.select()}

    def carriers(self, device):
        """The names of the people known on the phone that brought a line."""
        query = Account.select(Account.name).join(DeviceUse, on=(DeviceUse.account == Account.id))
        return [name for (name,) in query.where(DeviceUse.device == device).order_by(Account.name).tuples()]

    def alike(self, subject, local_id, values):
        """Candidates of the register who may be this person of the entry, the likeliest first."""
        person = _traits(subject, local_id, values)
        others = {other["id"]: other for key in _keys(person) for other in self._pool.get(key, ())}
        return duplicates.candidates(person, others.values())

    @cached_property
    def _pool(self):
        """{key: people of the register who share it}, fetched with one query for all entries."""
        everybody = [
            _traits(one.opening.subject, local_id, one.says.values)
            for one in self.opened
            if one.opening.kind == "household" and one.says.payload is not None
            for local_id in payloads.people(one.says.values)
        ]
        pool = {}
        for other in _registered(everybody) if everybody else ():
            other["house"] = (other["household"], other["number"])
            for key in _keys(other):
                pool.setdefault(key, []).append(other)
        return pool


def _traits(subject, local_id, values):
    """A person of an entry in the shape that duplicates compares."""
    own = payloads.of_person(values, local_id)
    person = {trait: own.get(trait) or "" for trait in TRAITS}
    number = own.get("id_number") or ""
    return person | {
        "id": tables.person_id(subject, local_id),
        "sound": thai.sound_key(person["first_name"]),
        "id_index": sealing.blind_index(number) if number else "",
        "house": (subject, values.get("house.number") or ""),
    }


def _keys(person):
    """What two people must share before they are compared at all."""
    last, year = person["last_name"], person["birth_date"][:4]
    calls = {person["sound"], person["first_name"], person["nickname"]} - {""}
    keys = {(call, other) for call in calls for other in (last, year) if other}
    return keys | ({(last, year)} if last and year else set()) | ({person["id_index"]} - {""})


def _registered(everybody):
    """People of the register who share a name and a year or a last name, or an ID number, with any of these."""

    def shared(*traits):
        return {person[trait] for person in everybody for trait in traits} - {""}

    years = {person["birth_date"][:4] for person in everybody} - {""}
    called = shared("first_name", "nickname")
    is_called = Person.sound.in_(shared("sound")) | Person.first_name.in_(called) | Person.nickname.in_(called)
    same_last, same_year = Person.last_name.in_(shared("last_name")), fn.SUBSTR(Person.birth_date, 1, 4).in_(years)
    query = (
        Person.select(Person, Household.number, Household.place)
        .join(Household)
        .where(
            Person.gone != "mistake",
            Person.id_index.in_(shared("id_index")) | (is_called & (same_last | same_year)) | (same_last & same_year),
        )
    )
    return query.dicts()
