"""The home page counts what its rooms hold, for those who act in them."""

import pytest

from pwa import menu
from pwa.domain.desk import arrivals, quarantine
from pwa.domain.fund import claim_lists, unclaimed
from pwa.domain.people import accounts, role_starts
from pwa.domain.places import units
from pwa.domain.register import notices
from pwa.domain.review import admissions, agendas, queues, second_looks
from pwa.domain.text.dates import BANGKOK
from pwa.web import system_clock

ROOMS = {
    "volunteer": ["/notices"],
    "zone-leader": [
        "/collections",
        "/handovers",
        "/review",
        "/claims/unclaimed",
        "/board",
        "/quarantine",
        "/notices",
        "/second-looks",
    ],
    "registrar": [
        "/role-starts",
        "/review",
        "/admissions",
        "/meetings",
        "/claims/unclaimed",
        "/board",
        "/quarantine",
        "/notices",
        "/second-looks",
    ],
    "network": ["/network"],
    "province": ["/network"],
    "admin": ["/board", "/quarantine"],
    "treasurer": [
        "/role-starts",
        "/collections",
        "/handovers",
        "/cash",
        "/vouchers",
        "/unbooked",
        "/ledger/closes",
        "/payments",
    ],
    "member": [],
}


def waiting(account):
    return menu.waiting(account, {grant.role for grant in units.grants(account)}, at=system_clock())


@pytest.mark.parametrize(("handle", "rooms"), ROOMS.items())
def test_it_names_the_rooms_of_an_account(app, handle, rooms):
    assert [address for address, *_ in waiting(accounts.named(handle))] == rooms


def test_it_counts_as_the_rooms_do(app):
    registrar, at = accounts.named("registrar"), system_clock()
    counted = {address: count for address, _, _, count, _ in waiting(registrar)}
    assert counted == {
        "/role-starts": role_starts.count(registrar, at=at),
        "/review": queues.counts(registrar, at=at),
        "/admissions": sum(len(admissions.waiting(fund)) for fund in admissions.funds(registrar)),
        "/meetings": sum(claim_lists.waiting(fund) for fund in agendas.funds(registrar)),
        "/claims/unclaimed": len(unclaimed.near(registrar, on=at.astimezone(BANGKOK).date())),
        "/board": arrivals.of(registrar, at=at).counts["missing"],
        "/quarantine": quarantine.count(registrar),
        "/notices": len(notices.due(seen_by=registrar)),
        "/second-looks": second_looks.count(registrar, at=at),
    }
