"""What waits for an account, counted for its home page: one row for each room in which it decides or acts."""

from dataclasses import dataclass
from datetime import datetime

from pwa.domain.desk import arrivals, cases, quarantine
from pwa.domain.people import accesses, reissues, role_starts
from pwa.domain.places import units
from pwa.domain.register import notices
from pwa.domain.review import admissions, queues, samples, second_looks


@dataclass(frozen=True)
class Task:
    """`since` is when the oldest of them began to wait, where the room can say so cheaply."""

    room: str
    count: int
    since: datetime | None = None


def waiting(account, *, at):
    """The rooms of this account in the order of a working day, also those where nothing waits."""
    roles = {grant.role for grant in units.grants(account)}
    rooms = (
        ({"zone_leader", "registrar", "network"}, _review),
        ({"registrar"}, _admissions),
        (set(cases.ROLES), _board),
        (set(cases.ROLES), _quarantine),
        (set(notices.ROLES), _notices),
        (set(samples.LOOKERS), _second_looks),
    )
    found = [count(account, at) for may, count in rooms if roles & may]
    second = [
        Task("role_starts", role_starts.count(account, at=at)),
        Task("reissues", reissues.count(account, at=at)),
        Task("accesses", accesses.count(account, at=at)),
    ]
    return [*(task for task in second if task.count), *found]


def _review(account, at):
    return Task("review", queues.counts(account, at=at))


def _admissions(account, at):
    return Task("admissions", sum(admissions.count(fund) for fund in admissions.funds(account)))


def _board(account, at):
    return Task("board", *arrivals.attention(account, at=at))


def _quarantine(account, at):
    return Task("quarantine", quarantine.count(account))


def _notices(account, at):
    return Task("notices", notices.count(seen_by=account), notices.since(seen_by=account))


def _second_looks(account, at):
    return Task("second_looks", second_looks.count(account, at=at))
