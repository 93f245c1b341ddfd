"""What the machine checks look up around entries, fetched once for many: pictures, funds, names, and who may be the same person."""

from functools import cached_property

from db.models import Account, DeviceUse, StoredBlob
from pwa.domain.register import resemblances, tables


class Surroundings:
    """Around a set of entries (submissions.Opened). `reach` are the units whose households the checker may see by name,
    `waiting` the people of other entries that wait for this checker (resemblances.person)."""

    def __init__(self, opened, *, reach=frozenset(), waiting=()):
        self.opened, self.reach, self.waiting = opened, reach, waiting
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
        """Candidates of the register and of other waiting entries who may be this person, the likeliest first."""
        return resemblances.alike(self._people[one.row.id, local_id], self._registered, self._waiting)

    @cached_property
    def _people(self):
        """{(entry row id, person): person as they are compared} of everybody in the entries."""
        return {
            (one.row.id, local_id): resemblances.person(one, local_id)
            for one in self.opened
            if one.says.payload is not None
            for local_id in one.says.people
        }

    @cached_property
    def _registered(self):
        return resemblances.registered(set().union(*(person["keys"] for person in self._people.values())))

    @cached_property
    def _waiting(self):
        return resemblances.waiting(self.waiting)
