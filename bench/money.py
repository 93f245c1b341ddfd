"""Money: what custody of receipts and booking them cost, and pages of a fund with ten years of monthly receipts and claims, in CPU."""

import tempfile
import time
import uuid
from pathlib import Path

import db
from bench import grow_claims, grow_money
from bench.growth import timed
from bench.inside import Inside
from bench.world import grown, session
from db.models import Fund, Membership
from pwa import web
from pwa.domain.custody import entries
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import arrears, bookings, receipt_books
from pwa.domain.kinds import forms
from pwa.domain.people import accounts
from pwa.domain.review import collection_sheets, sheet_approvals, waiting_sheets
from pwa.domain.text.dates import BANGKOK

HOUSEHOLDS, MEMBERS, LINES, BATCH = 200, (1_000, 10_000), 600, 100
SHEET, OPENED = 60, 300
CLAIMS = "/claims", "/claims?state=granted", "/payments"


def measure(_):
    """(what, figure, budget) for each size of the fund."""
    for members in MEMBERS:
        with tempfile.TemporaryDirectory() as folder:
            data, tokens = grown(Path(folder), HOUSEHOLDS)
            start, at = time.perf_counter(), web.system_clock()
            with db.database.connection_context():
                grow_money.grow(members, at=at)
                grow_claims.grow(members)
                tokens["treasurer"] = session("treasurer", at)
            yield (
                f"{members:,} members, {members * grow_money.MONTHS:,} payments",
                f"{time.perf_counter() - start:.0f} s",
                "",
            )
            with db.database.connection_context():
                yield from custody(at)
                yield from everybody(at)
                yield from sheets(at)
            inside = Inside(data, tokens)
            for handle, path, budget in addresses():
                yield timed(inside, handle, path, budget)


def custody(at):
    """Lines of the same phone, in batches as an outbox sends them; booked afterwards, at once."""
    phone = Phone(accounts.named("treasurer"), at=at)
    book = receipt_books.issue(phone.device.id, phone.account, at=at, on=at.astimezone(BANGKOK).date())[0].book
    visitor = Phone(accounts.named("volunteer"), at=at)
    house = forms.schema("household@1")["examples"][0]
    visits = [visitor.line("household", house, at=at) for _ in range(LINES)]
    money = [
        phone.line("contribution", receipt(book, no + 1, at), at=at) for no in range(min(LINES, receipt_books.LAST))
    ]
    by_visit, by_receipt = received(visits, visitor, at), received(money, phone, at)
    yield "   custody of a household line", f"{by_visit * 1e6:.0f} µs", ""
    yield "   custody of a receipt", f"{by_receipt * 1e6:.0f} µs", "≤ 1.15 of it"
    start = time.process_time()
    booked = bookings.catch_up(at=at)
    assert booked == len(money), booked
    yield "   booked a second of CPU", f"{booked / (time.process_time() - start):.0f}", "≥ 300"


def received(lines, phone, at):
    """Seconds of CPU a line."""
    start = time.process_time()
    for place in range(0, len(lines), BATCH):
        entries.receive(lines[place : place + BATCH], sender=phone.device.id, at=at)
    return (time.process_time() - start) / len(lines)


def receipt(book, no, at):
    """Of a donation, as a phone writes it."""
    lines, payer = [{"kind": "donation", "amount_satang": 3_000}], {"type": "donor", "name": "ใจดี"}
    about = {"fund": "F1", "book": book, "no": no, "paid_on": at.astimezone(BANGKOK).date().isoformat()}
    return about | {"channel": "cash", "payer": payer, "lines": lines, "total_satang": 3_000}


def everybody(at):
    start = time.process_time()
    rows = arrears.of(Fund.get(Fund.code == "F1"), accounts.named("treasurer"), on=at.astimezone(BANGKOK).date())
    yield f"   standing of all, {len(rows):,} of them behind", f"{time.process_time() - start:.1f} s", "linear"


def sheet(checker, at):
    """A sheet of so many receipts that waits for somebody, made just now."""
    phone = Phone(accounts.named("volunteer"), at=at)
    money = [phone.line("contribution", receipt(f"สมุด{uuid.uuid4().hex[:6]}", 1, at), at=at) for _ in range(OPENED)]
    entries.receive(money, sender=phone.device.id, at=at)
    bookings.catch_up(at=at)
    return max(waiting_sheets.of(checker, at=at), key=lambda one: one.receipts * (not one.own))


def sheets(at):
    """It opens, and so many of it are approved."""
    checker, on = accounts.named("zone-leader"), at.astimezone(BANGKOK).date()
    key = sheet(checker, at).key
    start = time.process_time()
    read = collection_sheets.of(key, checker, at=at, on=on)
    yield f"   a sheet of {len(read.lines)} receipts is read", f"{(time.process_time() - start) * 1000:.0f} ms", ""
    chosen = [line.told[0].row.entry_id for line in read.clean][:SHEET]
    start = time.process_time()
    approved, _ = sheet_approvals.approve_clean(key, chosen, by=checker, at=at, on=on)
    yield f"   {len(approved)} of them are approved", f"{(time.process_time() - start) * 1000:.0f} ms", ""


def addresses():
    """(who, where, budget): each page is one member's, one account's or one day's."""
    with db.database.connection_context():
        member = Membership.select(Membership.person).where(Membership.number == "9000001").get().person
    flat = "p95 ≤ 40 ms"
    yield "member", "/me", flat
    yield "registrar", f"/members/{member}", flat
    yield "treasurer", f"/members/{member}", flat
    for path in ("/", "/cash", "/collections", "/ledger", "/ledger/4010", "/ledger/contributions", *CLAIMS):
        yield "treasurer", path, flat
