"""A hamlet beside the demo village: two zones, a fund, people who record and people who check. Told with domain verbs."""

import uuid
from datetime import UTC, datetime, timedelta

from db.models import EnrolmentUse, Fund, Passkey, Unit
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts, enrolments
from pwa.domain.places import units
from pwa.domain.review import review

MORNING = datetime(2026, 11, 20, 2, tzinfo=UTC)
BUNMA, MALI = str(uuid.UUID(int=11)), str(uuid.UUID(int=12))


def form(*people, number="45/2", outcome="interested", **more):
    """A household@1 payload."""
    return {"house": {"number": number}, "visit": {"outcome": outcome}, "people": list(people), **more}


def bunma(**more):
    return {
        "id": BUNMA,
        "title": "นาง",
        "first_name": "บุญมา",
        "last_name": "ใจงาม",
        "relation": "head",
        "birth_date": "1958-08-12",
        "id_kind": "thai_id",
        "id_number": "3900100123453",
        "living_here": True,
        "present": True,
        "membership": "none",
    } | more


def mali(**more):
    return {"id": MALI, "first_name": "มาลี", "last_name": "ใจงาม", "living_here": True, "membership": "none"} | more


def applies(fund="VF", **more):
    """What makes a person an applicant."""
    signature = {"blob": "ab" * 32, "kind": "signature"}
    return {
        "membership": "apply",
        "application": {"fund": fund, "applied_on": "2026-11-20", "pledge": True, "signature": signature} | more,
    }


def holds(number="02-0147", fund="VF"):
    """What makes a person a member already, by the passbook."""
    passbook = {"fund": fund, "number": number, "joined_on": "2021-01-05", "paid_through": "2026-11-30"}
    return {"membership": "member", "passbook": passbook | {"photo": "cd" * 32}}


def open_access(account, *, by, at=MORNING):
    """An access of an account that `by` issued (None: the keeper of the server) and that was used: its passkey."""
    enrolment = enrolments.make(account, by=by, at=at, reason="First phone").enrolment
    passkey = Passkey.create(account=account, credential_id=str(uuid.uuid4()), public_key=b"x", created_at=at)
    EnrolmentUse.create(enrolment=enrolment, passkey=passkey, at=at)
    return passkey


class Hamlet:
    """Zone V1 with communities V1A and V1B, zone V2 with V2A; `volunteer`, `leader`, `second`, `other`, `registrar`, `network`."""

    def __init__(self):
        self.town = Unit.create(code="VT", kind="municipality", name="เทศบาลทดสอบ")
        self.net = Unit.create(code="VN", kind="network", name="เครือข่ายทดสอบ", admin_parent=self.town)
        self.zones = {code: self._zone(code) for code in ("V1", "V2")}
        self.fund = Fund.create(code="VF", unit=self.net, name="กองทุนทดสอบ", number_pattern="{fund}-{n:04d}")
        self.volunteer = self._account("v-volunteer", "volunteer", "V1")
        self.leader = self._account("v-leader", "zone_leader", "V1")
        self.second = self._account("v-second", "zone_leader", "V1")
        self.other = self._account("v-other", "zone_leader", "V2")
        self.registrar = self._account("v-registrar", "registrar", "VN")
        self.network = self._account("v-network", "network", "VN")
        self.phone = Phone(self.volunteer, at=MORNING)

    def visit(self, payload, *, subject=None, place="V1A", hours=0, **about):
        """Record and send one household entry."""
        at = MORNING + timedelta(hours=hours)
        return self.phone.record("household", payload, at=at, subject=subject or uuid.uuid4(), place=place, **about)

    def approved(self, payload, *, subject=None, choices=None, hours=0, **about):
        entry = self.visit(payload, subject=subject, hours=hours, **about)
        review.approve(entry, by=self.leader, at=MORNING + timedelta(hours=hours + 1), choices=choices or {})
        return entry

    def _zone(self, code):
        zone = Unit.create(code=code, kind="zone", name=f"โซน {code}", network_parent=self.net)
        for letter in "AB":
            Unit.create(
                code=code + letter,
                kind="community",
                name=f"ชุมชน {code}{letter}",
                network_parent=zone,
                admin_parent=self.town,
            )
        return zone

    def _account(self, handle, role, unit):
        return accounts.add(handle, name=handle, unit=units.get(unit), role=role, at=MORNING)
