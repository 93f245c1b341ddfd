"""Who may decide on an entry: the zone leaders over its place, never one whose own work or house it is.

An entry that none of them may decide goes to the next unit up after two days (protocol, "Roles").
"""

from datetime import timedelta

from peewee import JOIN

from db.models import Account, CounterDecision, DeviceUse, Household, Person, RoleEnd, RoleGrant, Unit
from pwa.domain import N_

CHECKERS = "zone_leader"
NEXT_UP = ("registrar", "network")
GOES_UP = timedelta(days=2)

OWN_WORK = N_("You cannot decide on what you recorded yourself.")
OWN_IMPORT = N_("You cannot decide on what you brought in from a file.")
OWN_PHONE = N_("You cannot decide on what came from a phone that you have used.")
OWN_HOUSE = N_("You cannot decide about your own household.")
OWN_COUNTER = N_("You undid the last decision about this. Somebody else decides now.")
NOT_YOURS_YET = N_("The zone leader decides first. After two days it comes to you.")


class Deciders:
    """Reach and interests around a set of entries (submissions.Opened), fetched at once.

    Also for lists: `names` of places by code, `versions` of the households that are in the register, `undoers` of decisions.
    """

    def __init__(self, opened, *, at):
        self.at = at
        places = list(Unit.select(Unit.id, Unit.code, Unit.admin_parent, Unit.network_parent, Unit.name).tuples())
        self._above = _ancestors({unit: {a, n} - {None} for unit, _, a, n, _ in places})
        self._codes = {code: unit for unit, code, *_ in places}
        self.names = {code: name for _, code, _, _, name in places}
        subjects = {one.opening.subject for one in opened}
        homes = Household.select(Household.id, Household.place, Household.version).where(Household.id.in_(subjects))
        homes = list(homes.tuples())
        self._homes = {home: place for home, place, _ in homes}
        self.versions = {home: version for home, _, version in homes}
        self._grants = _grants()
        self._uses = _uses(opened)
        self._residents = _residents(subjects)
        self.undoers = _undoers(opened)

    def sees(self, one, account):
        """Whether the entry is in this account's queue or history."""
        return account.id in self._over(one, CHECKERS) or (
            self.is_escalated(one) and any(account.id in self._over(one, role) for role in NEXT_UP)
        )

    def objection(self, one, account):
        """The sentence why this account may not decide on the entry; None when it may."""
        interest = self.interest(one, account)
        if interest is None and account.id in self.undoers.get(one.row.id, ()):
            interest = OWN_COUNTER
        return interest or (None if self.sees(one, account) else NOT_YOURS_YET)

    def interest(self, one, account):
        """The sentence why the entry is this account's own in some way; None when it is not."""
        return next((sentence for sentence, accounts in self._interests(one) if account.id in accounts), None)

    def oversees(self, one, account):
        """Whether the account checks every place of the entry, itself or from above."""
        return any(account.id in self._over(one, role) for role in (CHECKERS, *NEXT_UP))

    def is_escalated(self, one):
        """Two days old, and nobody in its zone may decide."""
        if self.at - one.row.received_at < GOES_UP:
            return False
        interested = {account for _, accounts in self._interests(one) for account in accounts}
        interested |= self.undoers.get(one.row.id, set())
        return not self._over(one, CHECKERS) - interested

    def place_ids(self, one):
        """The entry's place and, when the household is in the register already, where it stands there."""
        named = None if one.opening.kind == "correction" else self._codes.get(one.opening.place)
        return {self._homes.get(one.opening.subject), named} - {None} or {None}

    def _over(self, one, role):
        """Accounts that hold the role over every place of the entry."""
        reaching = [
            {account for account, unit in self._grants.get(role, ()) if unit in self._above.get(place, ())}
            for place in self.place_ids(one)
        ]
        return set.intersection(*reaching)

    def _interests(self, one):
        row = one.row
        yield OWN_WORK, {row.author}
        yield OWN_IMPORT, {row.imported_by}
        yield OWN_PHONE, self._uses.get(row.device, set()) | self._uses.get(row.sender, set())
        yield OWN_HOUSE, self._residents.get(one.opening.subject, set())


def _ancestors(parents):
    """{unit id: itself and every unit above it in both trees}."""
    found = {}
    for unit in parents:
        seen, todo = set(), [unit]
        while todo:
            current = todo.pop()
            if current not in seen:
                seen.add(current)
                todo += parents.get(current, ())
        found[unit] = seen
    return found


def _grants():
    """{role: {(account id, unit id)}} of the living grants that can decide."""
    query = (
        RoleGrant.select(RoleGrant.role, RoleGrant.account, RoleGrant.unit)
        .join(RoleEnd, JOIN.LEFT_OUTER)
        .where(RoleGrant.role.in_((CHECKERS, *NEXT_UP)), RoleEnd.id.is_null())
    )
    found = {}
    for role, account, unit in query.tuples():
        found.setdefault(role, set()).add((account, unit))
    return found


def _uses(opened):
    """{device: accounts that have had a session on it}."""
    devices = {device for one in opened for device in (one.row.device, one.row.sender)} - {None}
    query = DeviceUse.select(DeviceUse.device, DeviceUse.account).where(DeviceUse.device.in_(devices))
    return _grouped(query.tuples())


def _undoers(opened):
    """{entry row id: who undid the last decision about it}: the next one is somebody else's, but after a slip anybody's."""
    query = CounterDecision.select(CounterDecision.entry, CounterDecision.account, CounterDecision.slip)
    query = query.where(CounterDecision.entry.in_([one.row.id for one in opened])).order_by(CounterDecision.turn)
    found = {}
    for entry, account, slip in query.tuples():
        found[entry] = found.get(entry, set()) if slip else {account}
    return found


def _residents(subjects):
    """{household: accounts of people who live there}."""
    query = Person.select(Person.household, Account.id).join(Account, on=(Account.person == Person.id))
    return _grouped(query.where(Person.household.in_(subjects)).tuples())


def _grouped(pairs):
    found = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return found
