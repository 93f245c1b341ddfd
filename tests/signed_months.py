"""The village's fund with 1,000 baht from the municipality in October and a key of its own: what tests of its reports begin with."""

import uuid
from datetime import date

from pwa.domain.fund import banks, closes, holders, vouchers
from pwa.domain.fund.statement_balances import Said
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.network import keys, reports, signing
from pwa.domain.people import accounts
from tests.claiming import AT, TODAY

OCTOBER, LAST = "2026-10", date(2026, 10, 31)
BANK = ("ออมสิน", "001")


def tell():
    """The Fund, to which the municipality paid, and its key."""
    one, by = holders.fund("F1"), accounts.named("treasurer")
    banks.write(one, *BANK, since=LAST, by=by, at=AT)
    income(one, 1000, LAST)
    keys.new("F1", last=None, at=AT)
    return one


def income(fund, baht, on, at=AT):
    about = dict(payee="เทศบาล", ground="เงินสมทบ", code="4040", source="bank", bank=" ".join(BANK))
    asked = Asked("income", on, baht * 100, **about)
    return vouchers.write(
        fund, asked, command_id=uuid.uuid4(), by=accounts.named("treasurer"), at=at, on=max(on, TODAY)
    )


def close(fund, through=LAST, baht=1000, at=AT, on=TODAY):
    said = {holders.in_bank(fund, " ".join(BANK)).code: Said(baht * 100)}
    made = closes.begin(fund, through, said, by=accounts.named("treasurer"), device=None, at=at, on=on)
    closes.sign(made, by=accounts.named("auditor"), device=None, at=at)


def make(fund, period=OCTOBER, **more):
    return reports.make(fund, period, **({"at": AT, "today": TODAY} | more))


def sign(state, by="treasurer", agreed="auditor", at=AT):
    return signing.sign(state.file, by=accounts.named(by), agreed=accounts.named(agreed), at=at, how="terminal")
