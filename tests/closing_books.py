"""A small fund whose books can be closed: its treasurer, its auditor, a bank, and what came in."""

import uuid
from datetime import date, timedelta

from db.models import Device
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import banks, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from tests.small_fund import NOW

OCTOBER = date(2026, 10, 31)
BANK = "1100-ออมสิน-001"
AT = NOW + timedelta(days=10)
ON = date(2026, 12, 2)


def officed(kept_fund):
    """The fund with a treasurer, an auditor and their phones, a bank, and an income in October and in November."""
    for handle, role in (("treasurer", "treasurer"), ("auditor", "auditor")):
        kept_fund.people[handle] = accounts.add(handle, name=handle, unit=kept_fund.units["town"], role=role, at=NOW)
    kept_fund.phones = {
        who: Device.get_by_id(Phone(kept_fund.people[who], at=NOW).device.id) for who in ("treasurer", "auditor")
    }
    banks.write(kept_fund.fund, "ออมสิน", "001", since=OCTOBER, by=kept_fund.people["treasurer"], at=NOW)
    write(kept_fund, "income", 500, date(2026, 10, 20), code="4040", source="bank", bank="ออมสิน 001")
    write(kept_fund, "income", 80, date(2026, 11, 5), code="4120", source="1000-treasurer")
    return kept_fund


def write(fund, kind, baht, on, at=NOW, **about):
    asked = Asked(kind, on, baht * 100, payee="อบต.", ground="สมทบ", **about)
    by = fund.people["treasurer"]
    return vouchers.write(fund.fund, asked, command_id=uuid.uuid4(), by=by, at=at, on=max(on, ON if at == AT else on))
