"""Money that was taken in the village: something for every page that shows receipts, hand-overs, vouchers and claims."""

import uuid
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from pwa import demo, web
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import banks, closes, holders, office_changes, one_sided, vouchers
from pwa.domain.fund.statement_balances import Said
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from pwa.domain.text.dates import BANGKOK
from tests.browser.stories import office
from tests.claiming import granted, member
from tests.collecting import coins, gift, taking, told

BANK = ("ออมสิน", "001")
SIGNATURE = Path(demo.__file__).with_name("signature.jpg")


def take_money(village):
    """One volunteer handed over to the leader, offers more and keeps a receipt back; the other has no phone there; the treasurer
    closed a month, got an income, has a claim to pay, and begins to hand the office over.

    Returns the addresses of what the walk may pass by, by who opens them: a paper of what was taken, a receipt, a passbook, an office.
    """
    with office(village):
        at = web.system_clock()
        phones = {
            handle: Phone(accounts.named(handle), at=at) for handle in ("volunteer", "volunteer-2", "zone-leader")
        }
        for handle in ("volunteer", "volunteer-2"):
            for no in (1, 2, 3):
                day = at.astimezone(BANGKOK).date().isoformat()
                told(phones[handle], gift(no, fund="F1", book=f"เล่ม {handle[-1]}", paid_on=day), at)
        first, _ = [told(phones["volunteer"], offered(no), at, kind="handover") for no in (1, 2)]
        told(phones["zone-leader"], taking(first), at, kind="handover_receipt")
        leader = accounts.named("zone-leader")
        hand = one_sided.hand_near("F1", "1000-volunteer-2", by=leader)
        sender = phones["zone-leader"].device.id
        one_sided.take(hand, coins(300), "", SIGNATURE.read_bytes(), by=leader, sender=sender, at=at)
        granted()
        on, by = at.astimezone(BANGKOK).date(), accounts.named("treasurer")
        fund = holders.fund("F1")
        banks.write(fund, *BANK, since=on, by=by, at=at)
        close_a_month(fund, phones["zone-leader"].device.id, by=by, at=at, on=on)
        income(fund, on, by=by, at=at, today=on)
        coming = accounts.named("treasurer-2")
        accounts.grant(coming, "treasurer", fund.unit, at=at - timedelta(days=2))
        change = office_changes.begin(fund, str(coming.id), by=by, at=at, on=on)
        return {
            "zone-leader": [f"/handovers/{first.entry_id}/print", f"/receipts/F1/{quote('เล่ม r')}/1"],
            "treasurer": [
                "/reopenings",
                f"/members/{member().person}/passbook?fund=F1",
                f"/office-changes/{change.id}",
            ],
        }


def close_a_month(fund, device, *, by, at, on):
    """The municipality paid in the month before, and treasurer and auditor signed it."""
    through = on.replace(day=1) - timedelta(days=1)
    income(fund, through, by=by, at=at, today=on)
    balances = {holders.in_bank(fund, " ".join(BANK)).code: Said(100000)}
    made = closes.begin(fund, through, balances, by=by, device=device, at=at, on=on)
    closes.sign(made, by=accounts.named("auditor"), device=None, at=at)


def income(fund, on, *, by, at, today):
    asked = Asked(
        "income", on, 100000, payee="เทศบาล", ground="เงินสมทบ", code="4040", source="bank", bank=" ".join(BANK)
    )
    vouchers.write(fund, asked, command_id=uuid.uuid4(), by=by, at=at, on=today)


def offered(no):
    """The payload of a hand-over of one receipt of a hundred baht."""
    receipts = [{"book": "เล่ม r", "ranges": [[no, no]]}]
    return {"fund": "F1", "receipts": receipts, "expected_satang": 10000, "counted": coins(100)}
