"""The home page counts what its rooms hold, for those who act in them."""

import pytest

from pwa.domain.desk import arrivals, quarantine, tasks
from pwa.domain.people import accounts, role_starts
from pwa.domain.register import notices
from pwa.domain.review import admissions, queues, second_looks
from pwa.web import system_clock

ROOMS = {
    "volunteer": ["notices"],
    "zone-leader": ["review", "board", "quarantine", "notices", "second_looks"],
    "registrar": ["role_starts", "review", "admissions", "board", "quarantine", "notices", "second_looks"],
    "network": ["review", "second_looks"],
    "admin": ["board", "quarantine"],
    "treasurer": ["role_starts"],
    "member": [],
}


@pytest.mark.parametrize(("handle", "rooms"), ROOMS.items())
def test_it_names_the_rooms_of_an_account(app, handle, rooms):
    assert [task.room for task in tasks.waiting(accounts.named(handle), at=system_clock())] == rooms


def test_it_counts_as_the_rooms_do(app):
    registrar, at = accounts.named("registrar"), system_clock()
    counted = {task.room: task.count for task in tasks.waiting(registrar, at=at)}
    assert counted == {
        "role_starts": role_starts.count(registrar, at=at),
        "review": queues.counts(registrar, at=at),
        "admissions": sum(len(admissions.waiting(fund)) for fund in admissions.funds(registrar)),
        "board": arrivals.of(registrar, at=at).counts["missing"],
        "quarantine": quarantine.count(registrar),
        "notices": len(notices.due(seen_by=registrar)),
        "second_looks": second_looks.count(registrar, at=at),
    }
