"""A fund of one zone and two communities in a data folder of its own, for tests that break, copy or replace whole folders."""

import atexit
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from cryptography.hazmat.primitives.asymmetric import ec

import db
from db.models import Fund, Unit
from pwa.domain.crypto import keyring
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts
from tests import databases

NOW = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PERSON = "11111111-1111-4111-8111-111111111111"
PEOPLE = {
    "volunteer": ("volunteer", "zone"),
    "volunteer-2": ("volunteer", "zone"),
    "zone-leader": ("zone_leader", "zone"),
    "zone-leader-2": ("zone_leader", "zone"),
    "other-zone-leader": ("zone_leader", "other-zone"),
    "registrar": ("registrar", "town"),
    "admin": ("admin", "network"),
}


def settle(folder):
    """Open a fresh copy of the data folder with units and people; `recall` opens it again."""
    template, made = _template(databases.engine)
    databases.copy(template, folder)
    recall(folder)
    return SimpleNamespace(folder=folder, **made)


def recall(folder):
    """Open a data folder, as a server does when it starts."""
    databases.close()
    databases.open_in(folder).connect()
    keyring.open_ring(folder / "keys")


def phone(fund, handle="volunteer"):
    return Phone(fund.people[handle], at=NOW)


def signing_key():
    return ec.generate_private_key(ec.SECP256R1())


def household(number="45/2", outcome="interested", **more):
    """The payload of a first visit with one person."""
    person = {
        "id": PERSON,
        "first_name": "บุญมา",
        "last_name": "ใจงาม",
        "living_here": True,
    }
    return {"house": {"number": number}, "visit": {"outcome": outcome}, "people": [person], **more}


@cache
def _template(engine):
    """The folder as it is before anything is recorded, made once for all tests of a process on this database."""
    folder = Path(tempfile.mkdtemp(prefix="small-fund-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    recall(folder)
    made = _found()
    databases.close()
    return folder, made


def _found():
    db.migrate()
    keyring.prepare(at=NOW)
    network = Unit.create(code="network", kind="network", name="เครือข่ายจังหวัด")
    town = Unit.create(code="town", kind="municipality", name="เทศบาล", network_parent=network)
    units = {"network": network, "town": town}
    for code in ("zone", "other-zone"):
        units[code] = Unit.create(code=code, kind="zone", name=f"โซน {code}", admin_parent=town, network_parent=network)
    units["canal"] = _community("canal", "ชุมชนริมคลอง", town, units["zone"])
    units["hill"] = _community("hill", "ชุมชนบนดอย", town, units["other-zone"])
    fund = Fund.create(code="fund", unit=town, name="กองทุนตำบล")
    people = {
        handle: accounts.add(handle, name=handle, unit=units[unit], role=role, at=NOW)
        for handle, (role, unit) in PEOPLE.items()
    }
    return {"units": units, "fund": fund, "people": people}


def _community(code, name, town, zone):
    return Unit.create(code=code, kind="community", name=name, admin_parent=town, network_parent=zone)


APPLIES = {
    "birth_date": "1958-08-12",
    "id_kind": "thai_id",
    "id_number": "3900100123453",
    "id_seen": True,
    "membership": "apply",
    "application": {
        "fund": "fund",
        "applied_on": "2026-11-22",
        "plan": "yearly",
        "pledge": True,
        "signature": {"kind": "signature"},
    },
    "consent": {"health": True, "by": "self", "given_on": "2026-11-22"},
    "health": {"groups": ["chronic"]},
}
