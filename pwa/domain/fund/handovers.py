"""Cash from hand to hand in the books (fund.md §5): an offer moves nothing, the taker's entry alone does.

What was counted comes into the taker's hand. Out of the giver's goes what the named receipts and earlier hand-overs put there;
receipts that are not booked yet stand on 2400 until they come; what both differ from the count is the giver's, short or over.
Whatever comes later, in whatever order, the books end the same: each change is one more step that posts what is different.
"""

import itertools
import uuid
from typing import NamedTuple

from db.models import (
    Booking,
    Handover,
    HandoverAgreement,
    HandoverClosing,
    HandoverPart,
    HandoverRange,
    LedgerAccount,
    PassedOn,
    Taking,
    TakingStep,
)
from db.statements import insert
from pwa.domain.custody import identities
from pwa.domain.fund import chart, handed, holders, ledger, settling
from pwa.domain.kinds import money


class Sums(NamedTuple):
    """What a taking comes to, in satang."""

    from_hand: int
    awaited: int
    counted: int

    @property
    def difference(self):
        """Short above nothing, over below."""
        return self.from_hand + self.awaited - self.counted


NOTHING = Sums(0, 0, 0)


def offer(told):
    """Keep what an entry offers; the reason why it cannot be, "" when it is. Nothing is posted."""
    fund = holders.fund(told.payload["fund"])
    if fund is None:
        return "unknown_fund"
    giver = holders.hand_named(fund, told.payload.get("giver") or told.author)
    if giver is None:
        return "unknown_holder"
    said = told.payload
    made = Handover.create(
        fund=fund,
        entry=told.entry,
        giver=giver,
        on=told.told_on,
        told_at=told.told_at,
        expected_satang=said["expected_satang"],
        counted_satang=money.summed(said["counted"]),
        paid_out_satang=sum(one["amount_satang"] for one in said.get("paid_out") or ()),
        at=told.at,
    )
    about = {"handover": made.id, "fund": fund.id}
    insert(HandoverRange, [about | one for one in ranges(said.get("receipts") or ())])
    named = dict.fromkeys(uuid.UUID(one) for one in said.get("handovers") or ())
    insert(HandoverPart, [{"handover": made.id, "named": one} for one in named])
    Booking.create(entry=told.entry, receipt=None, at=told.at)
    return ""


def take(told):
    """Move what a taker counted; the reason why it cannot be, "" when it is."""
    handover = named(told.payload["handover"])
    if handover is None:
        return "unknown_handover"
    taker = holders.hand_named(handover.fund, told.payload.get("taker") or told.author)
    if taker is None:
        return "unknown_holder"
    standing = Taking.get_or_none(Taking.handover == handover)
    counted = money.summed(told.payload["counted"])
    if standing is not None:
        return _again(standing, taker, counted, told)
    parts = [taking_named(one.named) for one in handover.parts]
    reason = _objection(handover, taker, told) or ("unknown_handover" if None in parts else "")
    if reason:
        return reason
    _move(handover, taker, counted, parts, told)
    return ""


def ranges(receipts):
    """[{book, first, last}] of what an entry names, in order; what overlaps is one."""
    found = []
    for book, rows in itertools.groupby(sorted(_pairs(receipts)), key=lambda one: one[0]):
        for _, first, last in rows:
            if found and found[-1]["book"] == book and first <= found[-1]["last"] + 1:
                found[-1]["last"] = max(found[-1]["last"], last)
            else:
                found.append({"book": book, "first": first, "last": last})
    return found


def named(entry_id):
    """The hand-over whose entry has this id, with its fund and its giver, or None."""
    entry = identities.named(uuid.UUID(str(entry_id)))
    query = Handover.select(Handover, LedgerAccount).join(LedgerAccount, on=Handover.giver)
    return query.where(Handover.entry == entry.id).first() if entry is not None else None


def taking_named(entry_id):
    """The taking of the hand-over whose entry has this id, or None."""
    handover = named(entry_id)
    return Taking.get_or_none(Taking.handover == handover) if handover else None


def sums(taking):
    """What a taking comes to, by its last step."""
    step = TakingStep.select().where(TakingStep.taking == taking).order_by(TakingStep.n.desc()).first()
    return Sums(step.from_hand_satang, step.awaited_satang, taking.counted_satang) if step else NOTHING


def awaited_on(taking):
    """The account out of which receipts come that a taking named before they were booked."""
    closed = HandoverClosing.select().where(HandoverClosing.taking == taking).exists()
    return ledger.account(taking.handover.fund, chart.TO_GIVE_BACK if closed else chart.HANDED_ON)


def receive_late(receipt, taking, satang, *, on, at):
    """A receipt was booked out of what this taking had handed on; None for one that was not. Whoever waited for it counts anew."""
    if taking is not None:
        handed.keep(taking, {receipt: satang}, at=at, is_late=True)
    for one in handed.claims(receipt):
        settle(one, on=on, at=at)


def keep_with_collector(receipt, *, on, at):
    """Its cash did not go on after all: the collector had given it back before."""
    row = handed.last(receipt)
    if row is None or row.taking_id is None:
        return
    handed.give_back(row, at=at)
    if row.is_late:
        waited = ledger.Line(awaited_on(row.taking), -row.amount_satang)
        lines = [ledger.Line(receipt.hand, row.amount_satang), waited]
        about = dict(kind="handover", source=f"kept/{settling.name(receipt)}/{row.n}", occurred_on=row.taking.on)
        ledger.post(receipt.fund, lines=lines, on=on, at=at, **about)
    settle(row.taking, on=on, at=at)


def settle(taking, *, on, at, actor=None):
    """Post by what a taking now comes to something else than its last step says."""
    handover = taking.handover
    before, after = sums(taking), _come_to(taking)
    if before == after:
        return
    n = TakingStep.select().where(TakingStep.taking == taking).count()
    about = dict(kind="handover", source=f"handover/{handover.entry.entry_id}/{n}", occurred_on=taking.on)
    lines = [*_lines(taking, after, 1), *_lines(taking, before, -1)]
    posted = ledger.post(handover.fund, lines=lines, on=on, at=at, actor=actor, **about)
    TakingStep.create(
        taking=taking, n=n, from_hand_satang=after.from_hand, awaited_satang=after.awaited, transaction=posted, at=at
    )


def holders_of(hand):
    """The ids of the accounts that answer for a hand: its holder, or the two of a branch."""
    branch = hand.branch
    return {branch.first_id, branch.second_id} if branch else {hand.holder_id}


def _pairs(receipts):
    return [(one["book"], min(pair), max(pair)) for one in receipts for pair in one["ranges"]]


def _again(standing, taker, counted, told):
    """The same taker and count told again join it; anything else is somebody's to explain."""
    if (standing.taker_id, standing.counted_satang) != (taker.id, counted):
        return "taken_already"
    Booking.create(entry=told.entry, receipt=None, at=told.at)
    return ""


def _objection(handover, taker, told):
    """Why nobody believes yet that this cash changed hands: both sides speak for themselves, or one signs and a third agrees."""
    if taker.id == handover.giver_id:
        return "own_hand"
    giving, taking = holders_of(handover.giver), holders_of(taker)
    if handover.entry.author in giving and told.author in taking:
        return ""
    if not told.payload.get("signature") or told.author not in giving | taking:
        return "unsigned"
    return "" if HandoverAgreement.select().where(HandoverAgreement.entry == told.entry).exists() else "to_agree"


def _move(handover, taker, counted, parts, told):
    about = dict(taker=taker, on=told.told_on, counted_satang=counted, at=told.at)
    taking = Taking.create(handover=handover, entry=told.entry, **about)
    Booking.create(entry=told.entry, receipt=None, at=told.at)
    handed.keep(taking, going(handover), at=told.at)
    for part in parts:
        if part.taker_id == handover.giver_id and not PassedOn.select().where(PassedOn.part == part).exists():
            PassedOn.create(part=part, taking=taking, at=told.at)
    settle(taking, on=told.on, at=told.at, actor=told.author)


def going(handover):
    """{receipt: satang} of those named receipts whose cash is in the giver's own hand now and goes with it."""
    here = [one for one in handed.named_in(handover) if one.hand_id == handover.giver_id]
    away = handed.gone([one.id for one in here])
    kept = handed.given_back_before(here, handover) | handed.out_of_hand(here)
    cash = settling.cash_of(handover.giver, here)
    return {one: cash[one.id] for one in here if one.id not in away | kept}


def _come_to(taking):
    handover = taking.handover
    rows = handed.with_taking(taking)
    late = sum(row.amount_satang for row in rows if row.is_late)
    parts = sum(row.part.counted_satang for row in PassedOn.select().where(PassedOn.taking == taking))
    from_hand = sum(row.amount_satang for row in rows if not row.is_late) + parts - handover.paid_out_satang
    awaited = late
    if HandoverClosing.select().where(HandoverClosing.taking == taking).exists():
        awaited = max(late, sums(taking).awaited)
    elif handed.missing(handover):
        awaited = max(late, handover.expected_satang - from_hand)
    return Sums(from_hand, awaited, taking.counted_satang)


def _lines(taking, come_to, sign):
    """The postings of a taking that comes to this; `sign` -1 takes them back."""
    giver, difference = taking.handover.giver, come_to.difference
    differs = ledger.of_same_holder(chart.SHORT if difference > 0 else chart.OVER, giver)
    lines = [
        ledger.Line(giver, -come_to.from_hand),
        ledger.Line(awaited_on(taking), -come_to.awaited),
        ledger.Line(taking.taker, come_to.counted),
        ledger.Line(differs, difference),
    ]
    return [ledger.Line(line.account, sign * line.satang) for line in lines]
