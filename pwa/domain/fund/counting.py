"""Cash that is counted at the desk: what should be in a hand, the offer of it, and its taking, each in the name of who counted.

Both are entries like those of a phone; the books follow them (handovers). The count is never filled in beforehand, and a
difference is taken only when the taker says so.
"""

import uuid
from dataclasses import dataclass

from peewee import JOIN

from db import database
from db.models import Fund, Handover, LedgerAccount, PassedOn, Receipt, ReceiptStanding, Taking
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import collectors, desk_lines
from pwa.domain.custody.phones import TIME
from pwa.domain.fund import bookings, cash, chart, handed, handovers, holders, ledger, settling
from pwa.domain.kinds import money
from pwa.domain.people import roles
from pwa.domain.places import units
from pwa.domain.text.dates import BANGKOK
from pwa.domain.text.money import figures

KINDS = (100_000, 50_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25)
NOTES = KINDS[:5]
"""Notes and coins, in satang."""
TAKERS = roles.may("collect-by-office")
MOST = 100_000
PAID = "ใบสำคัญ"
"""How an offer calls what was paid out of the hand by vouchers, in one sum."""


@dataclass(frozen=True)
class Inside:
    """What should be in a hand: receipts whose cash did not go on, and what was taken and not passed on.

    `kept` were given back on the spot, and nobody decided about that yet. `paid_satang` went out of it otherwise: paid by vouchers,
    or paid in to a bank.
    """

    hand: LedgerAccount
    receipts: list[Receipt]
    parts: list[Taking]
    kept: list[Receipt]
    paid_satang: int
    satang: int


def hands_of(account):
    """The hands that this account answers for, its own first; of each fund one, and of each branch that it keeps."""
    query = LedgerAccount.select().where(LedgerAccount.code.startswith(f"{chart.HAND}-")).order_by(LedgerAccount.id)
    found = [hand for hand in query if account.id in handovers.holders_of(hand)]
    return sorted(found, key=lambda hand: hand.branch_id is not None)


def hand(fund_code, code, *, of):
    """A hand of this account, by its fund and code. Raises NotFound."""
    fund = holders.fund(fund_code)
    found = [one for one in hands_of(of) if fund is not None and (one.fund_id, one.code) == (fund.id, code)]
    if not found:
        raise NotFound
    return found[0]


def inside(hand):
    """What should be in a hand now."""
    query = Receipt.select(Receipt, LedgerAccount).join(LedgerAccount).switch(Receipt).join(ReceiptStanding)
    query = query.where(Receipt.hand == hand, ReceiptStanding.money.not_in(("given_back", "never_paid")))
    here = list(query.where(~handed.has_gone()).order_by(Receipt.book, Receipt.no))
    back = handed.given_back_before(here, None)
    going = [one for one in here if one.id not in back]
    taken = Taking.select(Taking, Handover).join(Handover).where(Taking.taker == hand)
    parts = list(taken.where(Taking.id.not_in(PassedOn.select(PassedOn.part))).order_by(Taking.id))
    cash = settling.cash_of(hand, here)
    named = sum(cash[one.id] for one in going) + sum(one.counted_satang for one in parts)
    kept = [one for one in here if one.id in back]
    paid = max(named + sum(cash[one.id] for one in kept) - ledger.balance(hand), 0)
    return Inside(hand, going, parts, kept, paid, named - paid)


def counted(form):
    """[{satang, count}] and the sum of what a form {kind: text} says. Refuses what is no number of notes or coins."""
    rows = []
    for satang in KINDS:
        text = "".join(form.get(f"n{satang}", "").split())
        if not text:
            continue
        if not text.isdecimal() or int(text) > MOST:
            raise Refusal(N_("Write how many, as a whole number."), field=f"n{satang}")
        rows.append({"satang": satang, "count": int(text)})
    if not rows:
        raise Refusal(N_("Count the notes and coins first."))
    return rows, money.summed(rows)


def offer(hand, rows, reason, *, by, sender, at):
    """Offer all that is in a hand, as it was counted; returns the entry's id. Refuses a difference without a reason."""
    if not collectors.may(by.id, hand.fund.code, at.astimezone(BANGKOK).date()):
        raise Refusal(N_("Your assignment to collect is over. Ask your zone leader to record this hand-over with you."))
    with database.atomic():
        there = inside(hand)
        if not there.receipts and not there.parts:
            raise Refusal(N_("There is nothing in this hand to be handed over."))
        if money.summed(rows) != there.satang and not reason:
            raise Refusal(
                N_("It differs from what should be there. Count again, or write what may be the reason."),
                field="reason",
            )
        payload = {
            "fund": hand.fund.code,
            "giver": hand.code.partition("-")[2],
            "receipts": named(there.receipts),
            "handovers": [str(one.handover.entry.entry_id) for one in there.parts],
            "expected_satang": max(there.satang, 0),
            "counted": rows,
        } | paid_out(there)
        row = write("handover", payload | ({"reason": reason} if reason else {}), by=by, sender=sender, at=at)
    bookings.catch_up(at=at)
    return row.entry_id


def paid_out(there):
    """What an offer of it says to have gone out of the hand before; nothing where nothing did."""
    paid = [{"what": PAID, "amount_satang": there.paid_satang}] if there.paid_satang else []
    return {"paid_out": paid} if paid else {}


def take(handover, rows, reason, *, differs, by, sender, at):
    """Take what was offered, as it was counted. Refuses another sum than the giver's until `differs` says that it is meant."""
    satang = money.summed(rows)
    if Taking.select().where(Taking.handover == handover).exists():
        raise Refusal(N_("Somebody has taken this already."))
    if by.id in handovers.holders_of(handover.giver):
        raise Refusal(bookings.REASONS["own_hand"])
    if satang != handover.counted_satang and not differs:
        raise Refusal(
            N_(
                "%(name)s counted %(theirs)s baht, you counted %(yours)s. Count again together, or say that you take it so."
            ),
            field="differs",
            name=cash.name_of(handover.giver),
            theirs=figures(handover.counted_satang),
            yours=figures(satang),
        )
    payload = {"handover": str(handover.entry.entry_id), "counted": rows} | ({"reason": reason} if reason else {})
    row = write("handover_receipt", payload, by=by, sender=sender, at=at)
    bookings.catch_up(at=at)
    return row


def to_take(account):
    """The hand-overs that wait for somebody and that this account may take, the oldest first."""
    reach = units.within(account, *TAKERS)
    return [
        one
        for fund in Fund.select().order_by(Fund.name)
        for one in cash.waiting(fund)
        if _may_take(account, one, reach)
    ]


def find(entry_id, *, seen_by):
    """A hand-over that this account gave, took, may take or oversees. Raises NotFound."""
    found = handovers.named(entry_id)
    if found is None:
        raise NotFound
    taking = Taking.get_or_none(Taking.handover == found)
    sides = handovers.holders_of(found.giver) | (handovers.holders_of(taking.taker) if taking else set())
    if seen_by.id in sides or may_take(seen_by, found) or cash.sees(seen_by, found.giver):
        return found, taking
    raise NotFound


def ranges_of(handover):
    """[HandoverRange] that a hand-over names, by book and number."""
    return sorted(handover.ranges, key=lambda one: (one.book, one.first))


def may_take(account, handover):
    """Whether this account may count and take it: by office, above the giver or the fund, and not its own."""
    return _may_take(account, handover, units.within(account, *TAKERS))


def lately(account, most=20):
    """The last hand-overs that this account gave or took: [(Handover, Taking or None)]."""
    mine = [hand.id for hand in hands_of(account)]
    query = Handover.select(Handover, Taking).join(Taking, JOIN.LEFT_OUTER, attr="taken")
    query = query.where(Handover.giver.in_(mine) | Taking.taker.in_(mine)).order_by(Handover.id.desc()).limit(most)
    return [(one, getattr(one, "taken", None)) for one in query]


def _may_take(account, handover, reach):
    near = {cash.unit_of(handover.giver), handover.fund.unit_id}
    return bool(near & reach) and account.id not in handovers.holders_of(handover.giver)


def named(receipts):
    """[{book, ranges}] of receipts in the order of their numbers."""
    found = {}
    for one in handovers.ranges([{"book": one.book, "ranges": [[one.no, one.no]]} for one in receipts]):
        found.setdefault(one["book"], []).append([one["first"], one["last"]])
    return [{"book": book, "ranges": rows} for book, rows in found.items()]


def write(kind, payload, *, by, sender, at, pictures=()):
    """An entry in the name of who is here."""
    entry_id = uuid.uuid4()
    content = {
        "kind": kind,
        "form": f"{kind}@1",
        "subject": str(entry_id),
        "place": None,
        "recorded_at": at.astimezone(BANGKOK).strftime(TIME),
        "base": None,
        "replaces": None,
        "payload": payload,
        "blobs": list(pictures),
    }
    return desk_lines.write(content, author=by.id, sender=sender, at=at, entry_id=entry_id)
