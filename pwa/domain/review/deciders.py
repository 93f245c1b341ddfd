"""Who may decide on an entry: the zone leaders over its place, never one whose own work or house it is, nor one who may hold
the account that brought it (hands).

An entry that none of them may decide goes to the registrar after two days, then to the registrar of the next unit up.
"""

from datetime import timedelta
from functools import cached_property

from db.models import Account, CounterDecision, Household, Person, RoleGrant, Unit
from db.statements import Prepared
from pwa.domain import N_, kinds
from pwa.domain.people import devices, hands, roles
from pwa.domain.places import grants

(CHECKERS,) = roles.may("check")
MONEY_CHECKERS = tuple(dict.fromkeys(role for kind in kinds.KINDS.values() if kind.on_sheets for role in kind.checkers))
(NEXT_UP,) = roles.may("decide-next")
OVERSEERS = roles.may("oversee")
"""They may undo decisions of those below them."""
GOES_UP = timedelta(days=2)

OWN_WORK = N_("You cannot decide on what you recorded yourself.")
OWN_IMPORT = N_("You cannot decide on what you brought in from a file.")
OWN_PHONE = N_("You cannot decide on what came from a phone that you have used.")
OWN_HOUSE = N_("You cannot decide about your own household.")
OWN_ACCESS = N_(
    "You opened the access of who brought this, or they opened yours, and no second officer has confirmed it. "
    "Somebody else decides."
)
OWN_COUNTER = N_("You undid the last decision about this. Somebody else decides now.")
NOT_YOURS_YET = N_("The zone leader decides first. After two days it comes to you.")


_places = Prepared(lambda: Unit.select(Unit.id, Unit.code, Unit.admin_parent, Unit.network_parent, Unit.name))
_homes = Prepared(
    lambda ids: Household.select(Household.id, Household.place, Household.version).where(Household.id.in_(ids)).tuples()
)
_deciding = Prepared(
    lambda roles: (
        grants.living(RoleGrant.role, RoleGrant.account, RoleGrant.unit).where(RoleGrant.role.in_(roles)).tuples()
    )
)
_undone = Prepared(
    lambda entries: (
        CounterDecision.select(CounterDecision.entry, CounterDecision.account, CounterDecision.slip)
        .where(CounterDecision.entry.in_(entries))
        .order_by(CounterDecision.turn)
        .tuples()
    )
)
_living = Prepared(
    lambda homes: (
        Account.select(Person.household, Account.id)
        .join(Person, on=(Account.person == Person.id))
        .where(Person.household.in_(homes))
        .tuples()
    )
)


class Deciders:
    """Reach and interests around a set of entries (submissions.Opened); each kind of fact fetched at once, when first asked for.

    Also for lists: `names` of places by code, `versions` of the households that are in the register, `undoers` of decisions.
    """

    def __init__(self, opened, *, at):
        self.at = at
        self._opened, places = list(opened), _places()
        self._parents = {unit: {a, n} - {None} for unit, _, a, n, _ in places}
        self._codes = {code: unit for unit, code, *_ in places}
        self.names = {code: name for _, code, _, _, name in places}
        self._subjects = list({one.opening.subject for one in self._opened})
        homes = _homes.rows(self._subjects)
        self._homes = {home: place for home, place, _ in homes}
        self.versions = {home: version for home, _, version in homes}
        self._grants = _grants()
        self._above, self._overs, self._own, self._distant = {}, {}, {}, {}

    @cached_property
    def undoers(self):
        """{entry row id: who undid the last decision about it}: the next one is somebody else's, but after a slip anybody's."""
        found = {}
        for entry, account, slip in _undone.rows([one.row.id for one in self._opened]):
            found[entry] = found.get(entry, set()) if slip else {account}
        return found

    @cached_property
    def _uses(self):
        """{number: accounts that have had a session on that phone}."""
        return devices.known_on(
            {number for one in self._opened for number in (one.row.device, one.row.sender)} - {None}
        )

    @cached_property
    def _residents(self):
        """{household: accounts of people who live there}."""
        found = {}
        for home, account in _living.rows(self._subjects):
            found.setdefault(home, set()).add(account)
        return found

    @cached_property
    def _held(self):
        """In whose hands everybody is who brought, undid or decides (hands)."""
        brought = {account for one in self._opened for account in self._brought(one)}
        undid = {account for accounts in self.undoers.values() for account in accounts}
        return hands.of(brought | undid | {account for held in self._grants.values() for account, _ in held})

    def sees(self, one, account):
        """Whether the entry is in this account's queue or history."""
        return self.is_over(one, account) or (self._goes_up(one) and account.id in self._next_up(one))

    def is_over(self, one, account):
        """Whether the account checks every place of the entry itself."""
        return account.id in self._checking(one)

    def covers(self, account, kind, place, home):
        """The same of every entry of a kind about a place (its code), whose house stands there in the register (an id, or None)."""
        return all(account.id in self._reaches(one, CHECKERS) for one in self._of_kind(kind, place, home))

    def objection(self, one, account):
        """The sentence why this account may not decide on the entry; None when it may."""
        interest = self.interest(one, account)
        if interest is None and self.is_same(account, self.undoers.get(one.row.id, ())):
            interest = OWN_COUNTER
        return interest or (None if self.sees(one, account) else NOT_YOURS_YET)

    def interest(self, one, account):
        """The sentence why the entry is this account's own in some way; None when it is not."""
        if account.id not in self._held:
            self._held |= hands.of([account.id])
        row = one.row
        house = one.opening.subject if one.opening.subject in self._residents else None
        name = account.id, row.author, row.imported_by, row.device, row.sender, row.transport, house
        if name not in self._own:
            own = (sentence for sentence, accounts in self._interests(one) if account.id in accounts)
            self._own[name] = next(own, None)
        return self._own[name]

    def is_same(self, account, others):
        """Whether the account is one of these (ids), or may act in the name of one, or one of them in its name."""
        if not others:
            return False
        missing = {account.id, *others} - self._held.keys()
        if missing:
            self._held |= hands.of(missing)
        return account.id in {*others, *hands.tied(self._held, others)}

    def oversees(self, one, account):
        """Whether the account checks every place of the entry, itself or from above."""
        return account.id in self._checking(one) or any(account.id in self._over(one, role) for role in OVERSEERS)

    def is_escalated(self, one):
        """Two days old, and nobody in its zone may decide."""
        return self._goes_up(one) and not self._checking(one) - self._interested(one)

    def place_ids(self, one):
        """The entry's place and, when the household is in the register already, where it stands there."""
        return self._of_kind(one.opening.kind, one.opening.place, self._homes.get(one.opening.subject))

    def _of_kind(self, kind, place, home):
        named = None if kinds.of(kind).stays_with_house else self._codes.get(place)
        return {home, named} - {None} or {None}

    def _checking(self, one):
        """Accounts that check entries of this kind over every place of this one."""
        return set().union(*(self._over(one, role) for role in kinds.of(one.opening.kind).checkers or (CHECKERS,)))

    def _goes_up(self, one):
        """Money never does: the fund has two officers for it, and then its meeting."""
        return self.at - one.row.received_at >= GOES_UP and not kinds.of(one.opening.kind).on_sheets

    def _interested(self, one):
        undid = self.undoers.get(one.row.id, set())
        interested = {account for _, accounts in self._interests(one) for account in accounts}
        return interested | undid | hands.tied(self._held, undid)

    def _next_up(self, one):
        """Registrars to whom it has gone up by now: the nearest who may decide, every two days those of one unit further up."""
        interested = self._interested(one)
        if self._checking(one) - interested:
            return set()
        reached, steps = set(), (self.at - one.row.received_at) // GOES_UP
        for near in self._by_distance(one):
            if steps <= 0:
                break
            reached |= near
            steps -= bool(near - interested)
        return reached

    def _by_distance(self, one):
        """Sets of the registrars over the entry's places, those of the nearest units first; many entries are about one place."""
        places = frozenset(self.place_ids(one))
        if places not in self._distant:
            over, held = self._over(one, NEXT_UP), self._grants.get(NEXT_UP, ())
            steps = [(above[unit], a) for above in map(self._over_place, places) for a, unit in held if unit in above]
            near = {account: far for far, account in sorted(steps, reverse=True) if account in over}
            self._distant[places] = [{a for a in near if near[a] == far} for far in sorted(set(near.values()))]
        return self._distant[places]

    def _over(self, one, role):
        """Accounts that hold the role over every place of the entry; many entries are about one place."""
        name = role, one.opening.kind, one.opening.place, self._homes.get(one.opening.subject)
        if name not in self._overs:
            self._overs[name] = set.intersection(*[self._reaches(place, role) for place in self._of_kind(*name[1:])])
        return self._overs[name]

    def _reaches(self, place, role):
        """Accounts that hold the role there or above."""
        above = self._over_place(place)
        return {account for account, unit in self._grants.get(role, ()) if unit in above}

    def _over_place(self, place):
        """{the unit itself and every unit above it in both trees: how many steps up}."""
        if place not in self._above:
            self._above[place] = _distances(place, self._parents)
        return self._above[place]

    def _brought(self, one):
        """Accounts that brought it: the author, who imported it, and of a carried line whoever is known on the phone that sent it."""
        carried = self._uses.get(one.row.sender, ()) if one.row.transport == "carried" else ()
        return {one.row.author, one.row.imported_by, *carried} - {None}

    def _interests(self, one):
        row = one.row
        yield OWN_WORK, {row.author}
        yield OWN_IMPORT, {row.imported_by}
        yield OWN_PHONE, self._uses.get(row.device, set()) | self._uses.get(row.sender, set())
        yield OWN_HOUSE, self._residents.get(one.opening.subject, set())
        yield OWN_ACCESS, hands.tied(self._held, self._brought(one))


def _distances(unit, parents):
    steps, level, above = 0, {unit} & parents.keys(), {}
    while level:
        above |= dict.fromkeys(level, steps)
        steps += 1
        level = {parent for one in level for parent in parents.get(one, ())} - above.keys()
    return above


def _grants():
    """{role: {(account id, unit id)}} of the grants that can decide or undo, and count now."""
    found = {}
    for role, account, unit in _deciding.rows(list({CHECKERS, *OVERSEERS, *MONEY_CHECKERS})):
        found.setdefault(role, set()).add((account, unit))
    return found
