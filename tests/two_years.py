"""Money of two years in the demo village: every kind of voucher, receipts that stood and that did not, closed months, what came late."""

import uuid
from datetime import UTC, date, datetime

from pwa.domain.custody.phones import Phone
from pwa.domain.fund import banks, claim_payments, closes, closing, undoings, versions, vouchers
from pwa.domain.fund.statement_balances import Said
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from pwa.domain.review import review
from tests.claim_paying import pay, payment
from tests.claiming import AT, TODAY, birth, decided, member
from tests.collecting import gift, receipt, told, void

BANK = "ออมสิน 001"
CLOSED = date(2026, 9, 30)
BOOK = "เล่ม 7"


def tell():
    """The fund whose books hold it, as of 28 November 2026; everything through September 2026 is closed."""
    fund, treasurer = versions.fund_of("F1"), accounts.named("treasurer")
    banks.write(fund, *BANK.split(), since=date(2025, 3, 1), by=treasurer, at=AT)
    write("income", 10000, date(2025, 3, 5), code="4040", source="bank", bank=BANK, payee="=1+1 เทศบาล")
    write("expense", 500, date(2025, 4, 10), code="6030", pot="admin", source=f"1100-{BANK.replace(' ', '-')}")
    write("income", 300, date(2025, 8, 20), code="4120", source="1000-treasurer")
    write("income", 8000, date(2025, 11, 3), code="4040", source="bank", bank=BANK)
    wrong = write("expense", 700, date(2026, 2, 1), code="6040", pot="admin", source=f"1100-{BANK.replace(' ', '-')}")
    undo(wrong, date(2026, 3, 2))
    write("between_pots", 100, date(2026, 5, 5), pot="benefit", to_pot="reserve")
    write("withdrawal", 3000, date(2026, 6, 1), bank=BANK)
    close_through(fund, CLOSED)
    receipts()
    write("expense", 250, date(2026, 9, 15), at=AT, code="6010", pot="admin", source="1000-treasurer")
    write("refund", 40, TODAY, receipt=f"{BOOK}/4", source="1000-treasurer")
    benefits(treasurer)
    return fund


def fund():
    """The fund, where it was told already."""
    return versions.fund_of("F1")


def write(kind, baht, on, at=None, payee="ร้านหน้าตลาด", **about):
    fund, by = versions.fund_of("F1"), accounts.named("treasurer")
    at = at or datetime(on.year, on.month, on.day, 5, tzinfo=UTC)
    asked = Asked(kind, on, baht * 100, payee=payee, ground="ทดสอบ", **about)
    return vouchers.write(fund, asked, command_id=uuid.uuid4(), by=by, at=at, on=max(on, at.date()))


def undo(paper, on):
    at = datetime(on.year, on.month, on.day, 5, tzinfo=UTC)
    asked = undoings.ask(paper.transaction, "พิมพ์ผิด", by=accounts.named("treasurer"), at=at)
    undoings.answer(asked, agrees=True, by=accounts.named("auditor"), at=at, on=on)


def close_through(fund, last):
    by, auditor = accounts.named("treasurer"), accounts.named("auditor")
    device = Phone(by, at=AT).device.id
    while (through := closes.due(fund, at=AT, on=TODAY)) and through <= last:
        said = {place.code: Said(place.satang) for place in closing.of(fund, through).banks}
        made = closes.begin(fund, through, said, by=by, device=device, at=AT, on=TODAY)
        closes.sign(made, by=auditor, device=None, at=AT)


def receipts():
    """Approved, void, waiting and rejected ones, and numbers 5 and 6 that never came."""
    phone, leader = Phone(accounts.named("volunteer"), at=AT), accounts.named("zone-leader")
    who = str(member().person)
    line = [{"person": who, "kind": "contribution", "amount_satang": 9000}]
    about = dict(fund="F1", book=BOOK)
    paid = receipt(1, 90, lines=line, payer={"type": "self", "person": who}, paid_on="2026-10-05", **about)
    review.approve(told(phone, paid, AT), by=leader, at=AT)
    review.approve(told(phone, gift(2, 50, paid_on="2026-10-06", **about), AT), by=leader, at=AT)
    review.approve(told(phone, gift(3, 70, paid_on="2026-11-02", **about), AT), by=leader, at=AT)
    review.reject(told(phone, gift(4, 40, paid_on="2026-11-03", **about), AT), by=leader, at=AT, reason="จดซ้ำ")
    told(phone, gift(7, 30, paid_on="2026-11-20", **about), AT)
    asked = told(phone, void(3, never_paid=True, **about), AT, kind="receipt_void")
    review.approve(asked, by=accounts.named("treasurer"), at=AT)


def benefits(treasurer):
    """Three nights of a member were paid; the money for a birth came back."""
    for payload in (None, birth()):
        one = decided(payload)
        claim_payments.hold(payment(one), by=treasurer, at=AT)
        pay(payment(one), treasurer)
    claim_payments.bring_back(payment(one), reason="ไม่อยู่บ้าน", by=treasurer, at=AT, today=TODAY)
