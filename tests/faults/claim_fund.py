"""The small fund with what claims need: two members of a house, a regulation, a committee, two treasurers with money, and an auditor."""

import atexit
import json
import shutil
import tempfile
import uuid
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from db.models import Admission, Person
from pwa.domain.fund import banks, versions, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from pwa.domain.review import admissions, review
from tests import databases, small_fund
from tests.faults.world import World
from tests.hamlets import bunma, holds, mali

BEFORE = small_fund.NOW - timedelta(days=2)
BANK, DIGITS = "ออมสิน", "4821"
TREASURERS = ("treasurer", "treasurer-2")
OFFICERS = (*TREASURERS, "committee", "committee-2", "auditor")
BAHT = {"bank": 50_000, "1000-treasurer": 20_000, "1000-treasurer-2": 20_000}
"""What lies where before anything is paid."""
SITTING = {"board": "ประชุมใหญ่", "meeting": "1/2568", "resolved_on": date(2025, 9, 14)}


def settle(folder):
    """Open a fresh copy of it in a folder, as small_fund.settle does."""
    template, made = _template(databases.engine)
    databases.copy(template, folder)
    small_fund.recall(folder)
    return SimpleNamespace(folder=folder, **made)


@cache
def _template(engine):
    folder = Path(tempfile.mkdtemp(prefix="claim-fund-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    fund = small_fund.settle(folder / "data")
    _appoint(fund)
    _give_rules(fund)
    members = _admit(fund)
    _fill(fund)
    databases.close()
    made = {"units": fund.units, "fund": fund.fund, "people": fund.people, "members": members}
    return folder / "data", made


def _appoint(fund):
    fund.people = dict(fund.people)
    for handle in OFFICERS:
        about = dict(name=handle, unit=fund.units["town"], role=handle.removesuffix("-2"), at=BEFORE)
        fund.people[handle] = accounts.add(handle, **about)


def _give_rules(fund):
    """A birth is a fixed sum, a stay counts its nights, and a death may be paid before a meeting."""
    told = {
        "form": "regulation@1",
        "code": "fund",
        "name": "ระเบียบทดสอบ",
        "version": 1,
        "official": False,
        "example": True,
        "in_force_from": None,
        "source": {"title": "ระเบียบทดสอบ"},
        "settings": {"urgent": {"benefits": ["death"], "max_satang": 1_000_000, "clause": "ข้อ 19"}},
        "pots": [{"code": "benefit", "name": "กองสวัสดิการ"}],
        "benefits": [
            _benefit("birth", "คลอดบุตร", 1, "birth", {"type": "fixed", "satang": 100_000}),
            _benefit("illness", "นอนโรงพยาบาล", 2, "stay", {"type": "per_unit", "unit": "night", "satang": 20_000}),
            _benefit("death", "เสียชีวิต", 4, "death", {"type": "fixed", "satang": 1_000_000}, ends_membership=True),
        ],
    }
    people = fund.people
    versions.enforce(
        fund.fund,
        json.dumps(told, ensure_ascii=False).encode(),
        starts_on=date(2026, 1, 1),
        sitting=SITTING,
        replaces=None,
        drafted_by=people["registrar"],
        by=people["committee"],
        at=BEFORE,
    )


def _benefit(code, name, category, event, amount, **more):
    about = {"code": code, "name": name, "category": category, "clause": f"ข้อ {category}", "event": event}
    clause = {"clause": f"ข้อ {category}", "amounts": [{"code": "sum", **amount}]}
    return about | {"pot": "benefit", "clauses": [clause], "payees": ["member", "beneficiary", "other"]} | more


def _admit(fund):
    """(Person, Person): one to whom things happen, and one who dies."""
    said = small_fund.household() | {
        "people": [bunma(**holds("01-0001", "fund")), mali(**holds("01-0002", "fund"), birth_date="1960-01-01")]
    }
    phone = small_fund.phone(fund)
    entry = phone.record("household", said, at=BEFORE, place="canal", subject=uuid.UUID(int=45))
    review.approve(entry, by=fund.people["zone-leader"], at=BEFORE, choices={})
    for asked in admissions.waiting(fund.fund):
        admissions.confirm(asked, accepted=True, by=fund.people["registrar"], at=BEFORE)
    assert Admission.select().count() == 2
    return tuple(Person.select().order_by(Person.local_id))


def _fill(fund):
    by, on = fund.people["treasurer"], BEFORE.date()
    account = banks.write(fund.fund, BANK, DIGITS, since=on, by=by, at=BEFORE)
    for source, baht in BAHT.items():
        about = dict(payee="เทศบาล", ground="สมทบ", code="4040", source=source, bank=f"{account.name} {account.digits}")
        who = fund.people[source.removeprefix("1000-")] if source != "bank" else by
        asked = Asked("income", on, baht * 100, **about)
        vouchers.write(fund.fund, asked, command_id=uuid.uuid4(), by=who, at=BEFORE, on=on)


class ClaimWorld(World):
    SETTLE = staticmethod(settle)
