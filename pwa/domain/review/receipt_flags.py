"""What is to be looked at about a receipt before it is approved: everything that one act for a whole sheet must not carry along.

Each flag says what was found, and names the receipt that it is found beside where there is one. Many receipts cost as many
queries as one. A receipt without a flag is clean.
"""

import itertools
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peewee import fn

from db.models import Entry, Membership, Receipt, ReceiptLine, ReceiptStanding, Unbooked, Whereabouts
from db.statements import Prepared
from pwa.domain import N_
from pwa.domain.custody import states
from pwa.domain.fund import books, cash, chart, rulings
from pwa.domain.fund.coverage import plan_on
from pwa.domain.fund.sentences import Satang, Sentence
from pwa.domain.register import submissions

MUCH = 3
"""So many times what somebody paid last is more than usual; before their first receipt, what the plan asks for a month."""

OVERLAP = N_("For the same days as receipt %(receipt)s")
SAME_DAY = N_("The same sum on the same day as receipt %(receipt)s")
MUCH_MORE = N_("Paid %(satang)s, usually %(usual)s")
NO_PERIOD = N_("Paid %(satang)s; one period is %(plan)s")
BACKWARD = N_("Its day is before that of receipt %(receipt)s, which has a lower number")
AHEAD = N_("Its day, %(day)s, is after the one on which it was written")
GAP = N_("Receipt %(missing)s before it has not come")
STARTS_AGAIN = N_("Rights ended on %(day)s; this begins them again")
NO_MEMBER_NOW = N_("No member any more on the day of the payment")
OTHER_LINES = N_("Another record has this number, with other lines")
HELD_TOO_MUCH = N_("%(name)s had held %(satang)s since %(day)s before this, and should have handed it over first")


@dataclass(frozen=True)
class Flag:
    """`kind` is overlap, amount, backward, ahead, gap, rights, holder or conflict.

    `beside`: the other receipt; `told`: the other record of this one.
    """

    kind: str
    says: Sentence
    beside: Receipt | None = None
    told: Any = None


_lines = Prepared(
    lambda fund, people: (
        ReceiptLine.select(ReceiptLine, Receipt)
        .join(Receipt)
        .join(ReceiptStanding, on=(ReceiptStanding.receipt == Receipt.id))
        .where(
            Receipt.fund == fund,
            ReceiptLine.person.in_(people),
            ReceiptLine.kind == "contribution",
            ReceiptStanding.state.in_(("waiting", "approved")),
        )
        .order_by(Receipt.paid_on, Receipt.id)
    )
)
_numbers = Prepared(
    lambda fund, books: (
        Receipt.select(Receipt.book, Receipt.no, Receipt.paid_on)
        .where(Receipt.fund == fund, Receipt.book.in_(books))
        .order_by(Receipt.book, Receipt.no)
        .tuples()
    )
)
_first_of = Prepared(
    lambda hand, day: Receipt.select(fn.MIN(Receipt.id)).where(Receipt.hand == hand, Receipt.paid_on == day)
).value
_memberships = Prepared(
    lambda fund, people: Membership.select(Membership.id).where(
        Membership.fund == fund, Membership.person.in_(people), states.standing(Membership)
    )
)
_conflicts = Prepared(
    lambda: (
        submissions.rows()
        .join(Unbooked, on=(Unbooked.entry == Entry.id))
        .join(Whereabouts, on=(Whereabouts.entry == Entry.id))
        .where(Unbooked.reason == "conflict", Unbooked.kind == "contribution", Whereabouts.waits_for != "")
    )
)


def of(fund, receipts, *, on):
    """{receipt id: [Flag]} of receipts of one fund, each given with its lines: {receipt: [ReceiptLine]}. `on`: the day of looking."""
    people = {line.person for lines in receipts.values() for line in lines if line.kind == "contribution"} - {None}
    found = {receipt.id: [] for receipt in receipts}
    others = {}
    for line in _lines.rows(fund.id, list(people)):
        others.setdefault(line.person, []).append(line)
    held, ruling = _books(fund, people), rulings.of(fund, on)
    for receipt, lines in receipts.items():
        if receipt.paid_on > receipt.told_on:
            found[receipt.id].append(Flag("ahead", Sentence(AHEAD, {"day": receipt.paid_on})))
        for line in (one for one in lines if one.kind == "contribution"):
            found[receipt.id] += _doubles(receipt, line, others.get(line.person, ()))
            plans = ruling.plans_of(held[line.person].choices if line.person in held else ())
            found[receipt.id] += _amount(receipt, line, others.get(line.person, ()), plans)
    seen = (_numbering(fund, receipts), _conflicting(fund, receipts), _rights(fund, receipts, held), _holders(receipts))
    for receipt, flag in itertools.chain(*seen):
        found[receipt.id].append(flag)
    return found


def _doubles(receipt, line, others):
    """Another receipt for the same days, or where days are not said for the same sum on the same day."""
    for other in others:
        if _is_same_money(receipt, other.receipt):
            continue
        about = {"receipt": f"{other.receipt.book}/{other.receipt.no}"}
        if all((line.covers_from, line.covers_to, other.covers_from, other.covers_to)):
            if line.covers_from <= other.covers_to and other.covers_from <= line.covers_to:
                yield Flag("overlap", Sentence(OVERLAP, about), other.receipt)
        elif (receipt.paid_on, line.amount_satang) == (other.receipt.paid_on, other.amount_satang):
            yield Flag("overlap", Sentence(SAME_DAY, about), other.receipt)


def _is_same_money(one, other):
    """The receipt itself, or one of them takes over the other's money."""
    names = {(one.book, one.no), (other.book, other.no)}
    return len(names) == 1 or bool(names & {(one.old_book, one.old_no), (other.old_book, other.old_no)})


def _amount(receipt, line, others, plans):
    """More than usual, or no whole period."""
    if not plans:
        return
    plan = plan_on(plans, receipt.paid_on)
    earlier = [one.amount_satang for one in others if one.receipt.id < receipt.id]
    usual = earlier[-1] if earlier else _a_month(plan)
    about = {"satang": Satang(line.amount_satang)}
    if line.amount_satang > MUCH * usual:
        yield Flag("amount", Sentence(MUCH_MORE, about | {"usual": Satang(usual)}))
    elif line.amount_satang % plan.amount_satang:
        yield Flag("amount", Sentence(NO_PERIOD, about | {"plan": Satang(plan.amount_satang)}))


def _a_month(plan):
    """What a period costs; of a plan by the day, a month of them."""
    return max(plan.amount_satang, plan.amount_satang * 31 // plan.n) if plan.unit == "day" else plan.amount_satang


def _numbering(fund, receipts):
    """In one book no number is left out, and days do not fall as numbers rise."""
    known = {}
    for book, no, paid_on in _numbers.rows(fund.id, list({receipt.book for receipt in receipts})):
        known.setdefault(book, []).append((no, paid_on))
    asked = {(receipt.book, receipt.no): receipt for receipt in receipts}
    for book, numbers in known.items():
        latest, before = (0, date.min), None
        for no, paid_on in numbers:
            receipt = asked.get((book, no))
            if receipt is not None and before is not None and no > before + 1:
                yield receipt, Flag("gap", Sentence(GAP, {"missing": f"{book}/{no - 1}"}))
            if receipt is not None and paid_on < latest[1]:
                yield receipt, Flag("backward", Sentence(BACKWARD, {"receipt": f"{book}/{latest[0]}"}))
            latest, before = max(latest, (no, paid_on), key=lambda one: one[1]), no


def _conflicting(fund, receipts):
    """Another record under the same number, with other lines: unbooked, and shown beside it."""
    asked = {(receipt.book, receipt.no): receipt for receipt in receipts}
    for one in submissions.opened(_conflicts.rows()):
        said = one.says.payload
        receipt = asked.get((said["book"], said["no"])) if said and said["fund"] == fund.code else None
        if receipt is not None:
            yield receipt, Flag("conflict", Sentence(OTHER_LINES), told=one)


def _books(fund, people):
    """{person: Book} of those who are members of the fund."""
    members = [row for (row,) in _memberships(fund.id, list(people))]
    return {book.membership.person: book for book in books.of(members).values()} if members else {}


def _holders(receipts):
    """Cash taken on top of what its holder should have handed over before that day: said once a hand and day, of the first receipt."""
    taken = {}
    for receipt in receipts:
        taken.setdefault(receipt.hand_id, {}).setdefault(receipt.paid_on - timedelta(days=1), []).append(receipt)
    for days in taken.values():
        hand = next(iter(days.values()))[0].hand
        if not hand.code.startswith(f"{chart.HAND}-"):
            continue
        for eve, hold in cash.holds(hand, days).items():
            if hold.is_old or hold.is_much:
                first = _first_of(hand.id, eve + timedelta(days=1))
                about = {"name": hold.name, "satang": Satang(hold.satang), "day": hold.since}
                yield from (
                    (one, Flag("holder", Sentence(HELD_TOO_MUCH, about))) for one in days[eve] if one.id == first
                )


def _rights(fund, receipts, held):
    """Payments that begin rights again after they had stopped by themselves, or of somebody who has left."""
    asked = {day: rulings.of(fund, day) for day in {receipt.paid_on for receipt in receipts}}
    for receipt, lines in receipts.items():
        for line in lines:
            book = held.get(line.person)
            if book is not None and line.kind == "contribution":
                yield from _of_member(receipt, book, asked[receipt.paid_on])


def _of_member(receipt, book, ruling):
    if not any(term.joined <= receipt.paid_on for term in book.terms):
        return
    stands = books.standing_of(book, ruling, receipt.paid_on)
    if stands.standing in ("deceased", "expelled", "resigned", "transferred", "lapsed"):
        yield receipt, Flag("rights", Sentence(NO_MEMBER_NOW))
    elif stands.lapse_due_on and stands.lapse_due_on <= receipt.paid_on:
        yield receipt, Flag("rights", Sentence(STARTS_AGAIN, {"day": stands.lapse_due_on}))
