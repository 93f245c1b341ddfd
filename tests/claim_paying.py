"""What tests of paying for claims share: where the money lies, one payment of a claim, and paying it."""

import uuid
from pathlib import Path

from pwa import demo
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import banks, bookings, claim_lists, claim_payments, claims, versions, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from tests.claiming import AT, TODAY, decided

BANK = "1100-ธ.ก.ส.-4471"
HAND = "1000-treasurer"
JPEG = Path(demo.__file__).with_name("signature.jpg").read_bytes()


def payment(standing, payee=0):
    return claim_payments.of(claim_lists.row_of(claims.of(standing.claim)))[payee]


def pay(one, by, source=HAND, command_id=None):
    about = dict(source=source, on=TODAY, ground="ค่าสวัสดิการ", command_id=command_id or uuid.uuid4())
    return claim_payments.pay(one, by=by, at=AT, today=TODAY, **about)


def paid(treasurer, source=HAND):
    granted = decided()
    claim_payments.hold(payment(granted), by=treasurer, at=AT)
    return granted, pay(payment(granted), treasurer, source)


def rich():
    """The treasurer of the village, with 5,000 baht in the bank and 1,000 in hand."""
    account, fund = accounts.named("treasurer"), versions.fund_of("F1")
    banks.write(fund, "ธ.ก.ส.", "4471", since=TODAY, by=account, at=AT)
    for source, baht in (("bank", 5000), (HAND, 1000)):
        asked = Asked(
            "income", TODAY, baht * 100, payee="อบต.", ground="สมทบ", code="4040", source=source, bank="ธ.ก.ส. 4471"
        )
        vouchers.write(fund, asked, command_id=uuid.uuid4(), by=account, at=AT, on=TODAY)
    return account


def signed(paper, by="volunteer", **more):
    """The payee's signature for the money of a voucher, told from a phone: its Entry."""
    phone = Phone(accounts.named(by), at=AT)
    picture = phone.picture(JPEG, "signature", at=AT)
    payload = {
        "payment": str(getattr(paper, "command_id", paper)),
        "signature": {"blob": picture["sha256"], "kind": "signature"},
    }
    said = {name: value for name, value in (payload | more).items() if value is not None}
    entry = phone.record("payout_receipt", said, at=AT, pictures=[picture] if "signature" in said else [])
    bookings.catch_up(at=AT)
    return entry
