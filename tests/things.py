"""Something of zone 1 of the demo village for every name that an address calls it by; made where the village has none."""

import uuid
from datetime import timedelta

from db import models
from pwa import web
from pwa.domain.crypto import sealing
from pwa.domain.fund import founding, rule_drafts
from pwa.domain.network import report_files, reports
from pwa.domain.people import accounts, enrolments
from pwa.domain.review import sittings
from tests import reporting
from tests.claiming import granted

FIRST = ("act_id", "undoing_id", "change_id", "close_id", "balance_id", "line_id", "audit_id", "item_id")
"""What is named by a number, and is there once its story was told."""


def things():
    """{name in an address: value}; every call makes another access, link, import and request."""
    at, handle = web.system_clock(), accounts.named("volunteer")
    household = models.Household.select().join(models.Unit).where(models.Unit.code == "C01").first()
    entry = models.Entry.select().join(models.Opening).where(models.Opening.subject == household.id).first()
    return {
        "household_id": household.id,
        "entry_id": entry.entry_id,
        "person_id": models.Person.get(models.Person.household == household).id,
        "account_id": handle.id,
        "device_id": entry.device,
        "session_id": models.Session.select(models.Session.id).limit(1).scalar() or 1,
        "grant_id": models.RoleGrant.get(models.RoleGrant.account == handle).id,
        "membership_id": models.Membership.select(models.Membership.id).limit(1).scalar(),
        **dict.fromkeys(FIRST, 1),
        "claim_id": granted().claim.id,
        "payee": 0,
        "sitting_id": sittings.id_of(granted().last("grant").resolution),
        "payment_id": uuid.uuid4(),
        "application_id": models.Application.select(models.Application.id).limit(1).scalar() or 1,
        "assignment_id": models.Assignment.get(models.Assignment.account == handle).id,
        "draw_id": models.Draw.get().id,
        "fund_code": "F1",
        "book": "M1",
        "no": 1,
        "hand": "1000-volunteer",
        "code": "2000",
        "n": 1,
        "day": at.date().isoformat(),
        "sha256": models.StoredBlob.select(models.StoredBlob.sha256).limit(1).scalar() or "0" * 64,
        "form": "household@1",
        "version": "x",
        "name": "app.css",
        **made(handle, entry.device, at),
    }


def batch(by, at):
    """A list with nobody on it."""
    known = uuid.uuid4()
    about = dict(fund=models.Fund.get(models.Fund.code == "F1"), first=at.date().replace(month=1, day=1))
    return models.Batch.create(
        id=known, **about, said=sealing.seal_value("elderly", f"batch|{known}"), account=by, at=at
    )


def made(handle, device, at):
    issued = enrolments.issue(accounts.named("member"), by=None, at=at, reason="ทดสอบ")
    rule_drafts.begin(models.Fund.get(models.Fund.code == "F1"), "", by=accounts.named("committee"), at=at)
    credential = {"credential_id": str(uuid.uuid4()), "public_key": b"x"}
    asked = {"asked_by": accounts.named("admin"), "asked_at": at, "expires_at": at + timedelta(days=1)}
    return {
        "batch_id": batch(handle, at).id,
        "category": 2,
        "founding_id": founding.begin("songkhla", by=accounts.named("admin"), at=at).id,
        "step": "basics",
        "place": "C01",
        "network": "NET",
        "unit": "F1",
        "state": "not",
        "report_hash": report(at).sha256,
        "period": drafted(at).draft.period,
        "part": "general",
        "run_id": 1,
        "enrolment_id": issued.enrolment.id,
        "passkey_id": models.Passkey.create(account=handle, created_at=at, device=device, **credential).id,
        "import_id": models.QueueImport.create(account=accounts.named("registrar").id, at=at, report="[]").id,
        "reissue_id": models.Reissue.create(id=uuid.uuid4(), account=handle, reason="ทดสอบ", **asked).id,
    }


def drafted(at):
    """A month of the fund, drafted for its network."""
    fund = models.Fund.get(models.Fund.code == "F1")
    return reports.make(fund, "2026-10", at=at, today=at.date())


def report(at):
    """A report that waits for the network."""
    data = reporting.made()
    about = {name: reporting.header()[name] for name in ("unit", "period", "seq", "parent")}
    sha256 = report_files.read(data).sha256
    known = models.ReceivedReport.get_or_none(models.ReceivedReport.sha256 == sha256)
    return known or models.ReceivedReport.create(sha256=sha256, file=data, at=at, **about)
