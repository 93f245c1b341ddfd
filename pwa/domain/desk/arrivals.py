"""The ครบ/ขาด board: for every phone of an officer's people whether all that it recorded has come, what is missing, and what is odd."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from peewee import JOIN, fn

from db.models import (
    Account,
    ChainBreak,
    Device,
    DeviceRevocation,
    DeviceUse,
    Entry,
    Opening,
    RoleGrant,
    Seat,
)
from db.statements import Prepared
from pwa.domain import NotFound
from pwa.domain.custody import chains, clocks, entries, seats, tallies
from pwa.domain.desk import cases, gaps
from pwa.domain.people import devices
from pwa.domain.places import grants, units

SILENT = timedelta(days=2)
FRESH = timedelta(days=14)  # so long a break of the chain is news
STATES = ("missing", "ask", "coming", "quiet", "unused", "complete")
A_PAGE = 20


@dataclass
class Standing:
    """A phone on the board, as at `at`. `forks` are the cases of lines that came for a taken number; the officer may open those in `seen`."""

    device: Device
    at: datetime
    users: list = field(default_factory=list)
    highest: int = 0
    arrived: int = 0
    gaps: list = field(default_factory=list)
    closed: list = field(default_factory=list)
    breaks: list = field(default_factory=list)
    forks: list = field(default_factory=list)
    revoked_at: datetime | None = None
    seen: set = field(default_factory=set)

    @property
    def state(self):
        """missing: unexplained for two days or more. ask: something to ask about. coming: it still holds lines. quiet: no word for two
        days. unused: it never sent anything, so nothing can be said of it. Or complete."""
        if self.old:
            return "missing"
        if self.open or self.open_forks or self.fresh_breaks or (self.holds and self.is_silent):
            return "ask"
        if self.holds:
            return "coming"
        if not self.highest:
            return "unused"
        return "quiet" if self.is_silent else "complete"

    @property
    def rank(self):
        return STATES.index(self.state)

    @property
    def open(self):
        """Gaps that nobody explained."""
        return [gap for gap in self.gaps if gap.closing is None]

    @property
    def old(self):
        return [gap for gap in self.gaps if gap.is_old(self.at)]

    @property
    def lacks(self):
        return sum(gap.size for gap in self.open)

    @property
    def explained(self):
        return sum(gap.size for gap in self.gaps if gap.closing is not None)

    @property
    def open_forks(self):
        return [case for case in self.forks if case.state == "quarantined"]

    @property
    def fresh_breaks(self):
        return [row for row in self.breaks if self.at - row.found_at < FRESH]

    @property
    def holds(self):
        """How many lines the phone said that it still holds; 0 when it said nothing."""
        return self.device.waiting or 0

    @property
    def is_silent(self):
        return self.revoked_at is None and (
            self.device.contact_at is None or self.at - self.device.contact_at >= SILENT
        )

    @property
    def silent_days(self):
        return (self.at - (self.device.contact_at or self.device.created_at)).days

    @property
    def since(self):
        """When the oldest unexplained gap was found out."""
        return min((gap.known_at for gap in self.open), default=None)


@dataclass
class Board:
    """One page of the board, what needs somebody first, and how many phones there are of each state."""

    phones: list
    counts: dict
    page: int
    is_last: bool


def of(account, *, at, page=1):
    standings = sorted(_standings(_reached(account), at), key=_rank)
    counts = {state: sum(one.state == state for one in standings) for state in STATES}
    start = (max(page, 1) - 1) * A_PAGE
    shown = standings[start : start + A_PAGE]
    names = devices.users([one.device.id for one in shown])
    for one in shown:
        one.users = names.get(one.device.id, [])
    return Board(shown, counts, max(page, 1), start + A_PAGE >= len(standings))


def get(device_id, *, seen_by, at):
    """The Standing of one phone of the officer's people."""
    found = _standings(_reached(seen_by, device_id), at)
    if not found:
        raise NotFound
    phone, ids = found[0], [case.entry.id for case in found[0].forks]
    phone.users = devices.users([device_id]).get(device_id, [])
    phone.seen = {row.id for row in Entry.select(Entry.id).where(Entry.id.in_(ids), cases.visible(seen_by))}
    return phone


def has(device_id, *, seen_by):
    """Whether a phone is on this officer's board."""
    return bool(_reached(seen_by, device_id))


def attention(account, *, at):
    """(how many phones lack something for two days or more, since when the oldest)."""
    ids = [device.id for device in _reached(account)]
    found = gaps.of(tallies.arrived(ids))[0]
    old = {device: [gap.known_at for gap in some if gap.is_old(at)] for device, some in found.items()}
    since = [instant for instants in old.values() for instant in instants]
    return sum(bool(instants) for instants in old.values()), min(since, default=None)


def verify(device_id):
    """Numbers whose line does not name the line before it, read off the lines themselves; [] when the chain holds."""
    return [seq for _, seq in chains.breaks(device_id)]


def recorded_at(device_id, numbers):
    """{number: when that line was recorded, else when it came}."""
    about = (Seat.seq, Opening.recorded_at, Opening.clock_ms, Entry.received_at)
    query = Seat.select(*about).join(Entry).join(Opening, JOIN.LEFT_OUTER)
    rows = query.where(Seat.device == device_id, Seat.seq.in_(list(numbers))).tuples()
    return {n: clocks.happened(text, ahead_ms=ahead, received_at=came) for n, text, ahead, came in rows}


def _reached(account, device_id=None):
    """Phones of the officer's people that recorded something, say that they hold something, or are a volunteer's."""
    near, is_all = list(units.within(account, *cases.ROLES)), cases.sees_all(account)
    if device_id is None:
        return _all[is_all].rows(near, "volunteer")
    return list(_phones(near, "volunteer", is_all).where(Device.id == device_id).objects())


def _phones(near, recorders, is_all):
    held = grants.living(RoleGrant.account)
    people = Account.select(Account.id).where(
        Account.unit.in_(near) | Account.id.in_(held.where(RoleGrant.unit.in_(near)))
    )
    uses = DeviceUse.select(DeviceUse.id).where(DeviceUse.device == Device.id)
    seated = Seat.select(Seat.id).where(Seat.device == Device.id)
    volunteers = uses.where(DeviceUse.account.in_(held.where(RoleGrant.role == recorders)))
    theirs = fn.EXISTS(uses.where(DeviceUse.account.in_(people)))
    theirs = theirs | ~fn.EXISTS(uses) if is_all else theirs
    query = Device.select(Device, DeviceRevocation.at.alias("revoked_at")).join(DeviceRevocation, JOIN.LEFT_OUTER)
    return query.where(theirs, fn.EXISTS(seated) | (Device.waiting > 0) | fn.EXISTS(volunteers))


def _of_all(is_all):
    return Prepared(lambda near, recorders: _phones(near, recorders, is_all).objects())


_all = {is_all: _of_all(is_all) for is_all in (True, False)}


def _standings(reached, at):
    ids = [device.id for device in reached]
    arrived = tallies.arrived(ids)
    missing, closed = gaps.of(arrived)
    breaks, forks = _breaks(ids), _forks(arrived)
    found = []
    for device in reached:
        highest, count = arrived.get(device.id, (0, 0))
        odd = {"gaps": missing, "closed": closed, "breaks": breaks, "forks": forks}
        odd = {name: known.get(device.id, []) for name, known in odd.items()}
        found.append(Standing(device, at, highest=highest, arrived=count, revoked_at=device.revoked_at, **odd))
    return found


def _breaks(ids):
    found = {}
    for row in ChainBreak.select().where(ChainBreak.device.in_(ids)).order_by(ChainBreak.device, ChainBreak.seq):
        found.setdefault(row.device, []).append(row)
    return found


def _forks(arrived):
    """{device: [Case]} of lines without a seat; looked for only on phones that sent more lines than they have seats."""
    more = [device for device, count in tallies.sent(list(arrived)).items() if count > arrived[device][1]]
    if not more:
        return {}
    seatless = Entry.select(*entries.FACTS).where(Entry.device.in_(more), seats.is_seatless())
    found = {}
    for case in cases.of(list(seatless.order_by(Entry.id))):
        found.setdefault(case.entry.device, []).append(case)
    return found


def _rank(one):
    """What needs somebody first: the oldest gap, then what to ask about, then who was silent longest, then the latest heard."""
    heard = (one.device.contact_at or one.device.created_at).timestamp()
    since = one.since.timestamp() if one.since else 0
    return one.rank, since, heard if one.state == "quiet" else -heard, str(one.device.id)
