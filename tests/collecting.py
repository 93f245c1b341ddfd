"""Money in a small fund: somebody who is sent to collect, receipts as a phone writes them, and what the books then say."""

import uuid
from datetime import date, timedelta

from db.models import LedgerAccount, Posting
from pwa.domain.custody.phones import Phone
from pwa.domain.fieldwork import assignments
from pwa.domain.fund import bookings
from tests.small_fund import NOW

TODAY = date(2026, 11, 22)
SOMCHAI = "22222222-2222-4222-8222-222222222222"


def collector(fund, handle="volunteer"):
    """The phone of a volunteer with an assignment to collect for the fund."""
    about = dict(starts_on=TODAY - timedelta(days=3), ends_on=TODAY + timedelta(days=20), at=NOW, on=TODAY)
    giver = fund.people["zone-leader"]
    assignments.give(fund.people[handle], [fund.units["canal"]], by=giver, collects_for=[fund.fund], **about)
    return Phone(fund.people[handle], at=NOW)


def receipt(no=1, baht=30, book="M1", **more):
    """The payload of a receipt of one line for Somchai, who is no member yet."""
    said = {
        "fund": "fund",
        "book": book,
        "no": no,
        "paid_on": "2026-11-22",
        "channel": "cash",
        "payer": {"type": "self", "person": SOMCHAI},
        "lines": [{"person": SOMCHAI, "kind": "contribution", "amount_satang": baht * 100}],
        "total_satang": baht * 100,
    }
    return said | more


def gift(no=1, baht=100, **more):
    """A donation."""
    lines = [{"kind": "donation", "amount_satang": baht * 100}]
    return receipt(no, baht, payer={"type": "donor", "name": "ใจดี"}, lines=lines, **more)


def told(phone, payload, at=NOW, kind="contribution", **about):
    """Record an entry of money, send it, and let it be booked; its row."""
    entry = phone.record(kind, payload, at=at, subject=uuid.uuid4(), **about)
    bookings.catch_up(at=at)
    return entry


def balances():
    """{"code" or "code pot": satang} of every account that does not come to nothing, summed by hand."""
    found = {}
    for posting in Posting.select(Posting, LedgerAccount).join(LedgerAccount):
        key = posting.account.code + (f" {posting.pot}" if posting.pot else "")
        found[key] = found.get(key, 0) + posting.amount_satang
    return {key: satang for key, satang in found.items() if satang}


def offer(names=((1, 1),), baht=100, **more):
    """The payload of a hand-over of these numbers of book M1, counted as it should be."""
    receipts = [{"book": "M1", "ranges": [list(pair) for pair in names]}] if names else []
    said = {"fund": "fund", "receipts": receipts, "expected_satang": baht * 100, "counted": coins(baht)}
    return said | more


def taking(handover, baht=100, **more):
    """The payload by which somebody takes a hand-over (its entry, or that one's id)."""
    return {"handover": str(getattr(handover, "entry_id", handover)), "counted": coins(baht)} | more


def void(no=1, book="M1", **more):
    """The payload of a void of this receipt."""
    signed = {"signature": {"kind": "thumbprint", "blob": "0" * 64}} if more.get("given_back") else {}
    return {"fund": "fund", "book": book, "no": no, "reason": "จดผิดคน"} | signed | more


def coins(baht):
    """This sum in coins of one baht."""
    return [{"satang": 100, "count": baht}]
