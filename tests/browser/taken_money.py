"""Money that was taken in the village: something for every page that shows receipts, hand-overs, vouchers and claims."""

import uuid
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from pwa import demo, web
from pwa.domain.custody.phones import Phone
from pwa.domain.fund import (
    audit_words,
    audits,
    banks,
    closes,
    closing,
    founding,
    holders,
    office_changes,
    one_sided,
    rule_drafts,
    rule_runs,
    vouchers,
    year_closes,
)
from pwa.domain.fund.statement_balances import Said
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.network import keys, month_reports, receiving
from pwa.domain.people import accounts
from pwa.domain.text.dates import BANGKOK
from tests import listing, reporting
from tests.browser.stories import office
from tests.claiming import granted, member
from tests.collecting import coins, gift, taking, told
from tests.domain.test_notes import KEY, PRIVATE
from tests.things import report

BANK = ("ออมสิน", "001")
SIGNATURE = Path(demo.__file__).with_name("signature.jpg")


def take_money(village):
    """One volunteer handed over to the leader, offers more and keeps a receipt back; the other has no phone there; the treasurer
    closed a year, got an income, has a claim to pay, and begins to hand the office over.

    Returns the addresses of what the walk may pass by, by who opens them: a paper of what was taken, a receipt, a passbook, an office.
    """
    with office(village):
        at = web.system_clock()
        first, sender = collected(at)
        granted()
        on, by = at.astimezone(BANGKOK).date(), accounts.named("treasurer")
        fund = holders.fund("F1")
        banks.write(fund, *BANK, since=on, by=by, at=at)
        close_a_year(fund, sender, by=by, at=at, on=on)
        income(fund, on, by=by, at=at, today=on)
        run = counted_out(fund, at=at, on=on)
        batch, _ = listed(), report(at)
        change = handing_over(fund, by=by, at=at, on=on)
        founding_a_fund = founding.begin("songkhla", by=accounts.named("admin"), at=at)
        month_reports.make("F1", f"{on.replace(day=1) - timedelta(days=1):%Y-%m}", by=by, at=at, today=on)
        told_above(("2026-07", "2026-08", "2026-09"), at=at)
        return {
            "admin": [f"/funds/new/{founding_a_fund.id}/places"],
            "committee": [f"/rules/F1/drafts/{run.draft.number}/effects{page}" for page in ("", f"/{run.id}/people")],
            "zone-leader": [f"/handovers/{first.entry_id}/print", f"/receipts/F1/{quote('เล่ม r')}/1"],
            "treasurer": [
                "/reopenings",
                *(f"/batches/{batch.id}{page}" for page in ("", "/payments", "/sheet")),
                f"/members/{member().person}/passbook?fund=F1",
                f"/office-changes/{change.id}",
            ],
        }


def collected(at):
    """What was taken and handed over: (the entry of the first hand-over, the leader's device)."""
    phones = {handle: Phone(accounts.named(handle), at=at) for handle in ("volunteer", "volunteer-2", "zone-leader")}
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
    return first, sender


def told_above(periods, *, at):
    """The network has accepted these months of the fund; another report of it waits there."""
    keys.pin(KEY.unit, KEY.text, at=at)
    for seq, period in enumerate(periods, start=2):
        received, _ = receiving.take(reporting.signed(KEY, PRIVATE, period=period, seq=seq), at=at)
        receiving.accept(received, account=accounts.named("network"), how="page", at=at)


def handing_over(fund, *, by, at, on):
    """The treasurer begins to hand the office over."""
    coming = accounts.named("treasurer-2")
    accounts.grant(coming, "treasurer", fund.unit, at=at - timedelta(days=2))
    return office_changes.begin(fund, str(coming.id), by=by, at=at, on=on)


def listed():
    """A list of what falls due to one old member, granted by two."""
    listing.elder(1)
    return listing.granted(listing.written())


def counted_out(fund, *, at, on):
    """A draft by which a stay may come to more, counted out for everybody; beside it one from a template."""
    by = accounts.named("committee")
    rule_drafts.begin(fund, "example-all-shapes", by=by, at=at)
    draft = rule_drafts.begin(fund, "", by=by, at=at)
    ill = next(n for n, one in enumerate(draft.tree["benefits"]) if one["code"] == "illness")
    draft = rule_drafts.save(draft, [(("benefits", ill, "caps", 0, "satang"), "800")], seen=1, by=by, at=at)
    run = rule_runs.begin(draft, {"illness": 5}, on=on, by=by, at=at)
    while not rule_runs.step(run, at=at).is_over:
        pass
    return run


def close_a_year(fund, device, *, by, at, on):
    """The municipality paid at the end of the last fiscal year, and in the month before: treasurer and auditor signed all since then."""
    auditor = accounts.named("auditor")
    last = on.replace(day=1) - timedelta(days=1)
    september = date(last.year if last.month >= 9 else last.year - 1, 9, 30)
    for day in sorted({september, last}):
        income(fund, day, by=by, at=at, today=on)
    while through := closes.due(fund, at=at, on=on):
        balances = {one.code: Said(one.satang) for one in closing.of(fund, through).banks}
        made = closes.begin(fund, through, balances, by=by, device=device, at=at, on=on)
        closes.sign(made, by=auditor, device=None, at=at)
    year = year_closes.begin(fund, year_closes.due(fund, at=at).through, by=by, device=device, at=at)
    year_closes.sign(year, by=auditor, device=None, at=at)
    sizes = {"receipt": 3, "voucher": 2, "claim": 1}
    sample = audits.draw(fund, f"year-{year.id}", "4 1 6 2", sizes, by=auditor, at=at)
    for seen in audit_words.of(sample)[:1]:
        audit_words.write(seen.item, "finding", "ไม่มีลายเซ็นผู้รับเงิน", seen=0, by=auditor, at=at)


def income(fund, on, *, by, at, today):
    asked = Asked(
        "income", on, 100000, payee="เทศบาล", ground="เงินสมทบ", code="4040", source="bank", bank=" ".join(BANK)
    )
    vouchers.write(fund, asked, command_id=uuid.uuid4(), by=by, at=at, on=today)


def offered(no):
    """The payload of a hand-over of one receipt of a hundred baht."""
    receipts = [{"book": "เล่ม r", "ranges": [[no, no]]}]
    return {"fund": "F1", "receipts": receipts, "expected_satang": 10000, "counted": coins(100)}
