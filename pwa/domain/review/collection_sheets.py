"""Sheets of receipts: one hand-over, or what one hand took on a day and no hand-over names, looked at together by who neither took nor typed it.

All clean receipts are approved in one act, those with a flag one by one. Whatever is asked of a sheet, every line of it answers.
"""

from dataclasses import dataclass, field

from db.models import Account, Booking, Entry, Fund, Person, Receipt
from db.statements import Prepared
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.custody import states
from pwa.domain.fund import holders, settling
from pwa.domain.fund.sentences import Sentence
from pwa.domain.register import submissions
from pwa.domain.review import money, receipt_flags, sheet_keys
from pwa.domain.review.deciders import Deciders
from pwa.domain.review.receipt_flags import Flag
from pwa.domain.review.sheet_keys import Key

MOVED = N_("These receipts stand on another sheet by now. Open the list of receipts to check again.")
COUNTS_NO_MORE = Flag("again", Sentence(money.COUNTS_NO_MORE))


@dataclass
class Line:
    """One receipt. `told` are the entries that tell it and wait; `objection` says why this account may not decide, None when it may."""

    receipt: Receipt
    told: list
    lines: list
    flags: list = field(default_factory=list)
    objection: str | None = None
    is_asked: bool = False
    takes_over: Receipt | None = None

    @property
    def is_again(self):
        """It counts already, and was told once more with the same lines: what is decided moves no money."""
        return self.receipt.stands.state == "approved"

    @property
    def is_clean(self):
        return not self.flags and self.objection is None and not self.is_asked

    @property
    def says(self):
        return self.told[0].says.payload


@dataclass
class Sheet:
    """`names`: {person: name} of the register; `takers`: {account: name} of who recorded. `decided`: receipts of it that are approved or not."""

    key: Key
    fund: Fund
    whose: str
    lines: list
    names: dict
    takers: dict
    decided: list

    @property
    def clean(self):
        return [line for line in self.lines if line.is_clean]

    @property
    def to_look_at(self):
        return [line for line in self.lines if line.flags and line.objection is None and not line.is_asked]

    @property
    def asked(self):
        return [line for line in self.lines if line.is_asked]

    @property
    def others(self):
        """Left to somebody else."""
        return [line for line in self.lines if line.objection is not None and not line.is_asked]

    def who(self, line):
        """For whom a receipt is, by the register; else who paid, as the receipt says."""
        found = dict.fromkeys(self.names[one.person] for one in line.lines if one.person in self.names)
        return ", ".join(found) or ((line.says or {}).get("payer") or {}).get("name", "")


def total(lines):
    """The money of some lines."""
    return sum(line.receipt.total_satang for line in lines if not line.is_again)


_told = Prepared(
    lambda receipts: Booking.select(Booking.entry, Booking.receipt).where(Booking.receipt.in_(receipts)).tuples()
)
_entries = Prepared(lambda ids: submissions.rows().where(Entry.id.in_(ids)).order_by(Entry.id))
_people = Prepared(
    lambda ids: Person.select(Person.id, Person.first_name, Person.last_name, Person.household).where(
        Person.id.in_(ids)
    )
)
_accounts = Prepared(lambda ids: Account.select(Account.id, Account.name).where(Account.id.in_(ids)))


def of(key, account, *, at, on):
    """The sheet with its flags, as this account sees it. Raises NotFound where it checks nothing of it."""
    fund, hand = sheet_keys.whose(key)
    known, receipts = sheet_keys.receipts(key, hand)
    told = _told_by(known)
    opened = [one for rows in told.values() for one in rows]
    deciders = Deciders(opened, at=at)
    if not any(deciders.sees(one, account) for one in opened):
        raise NotFound
    if not receipts:
        raise Refusal(MOVED)
    standings = states.many([one.row for one in opened])
    found = [_line(receipt, told.get(receipt.id, []), standings) for receipt in receipts]
    lines = _without_taken_over([line for line in found if line is not None])
    fresh = {line.receipt: line.lines for line in lines if line.receipt.stands.state == "waiting"}
    flags = receipt_flags.of(fund, fresh, on=on) if fresh else {}
    for line in lines:
        line.flags = flags.get(line.receipt.id, [] if line.is_again else [COUNTS_NO_MORE])
    people = {
        row.id: row
        for row in _people.rows(list({one for line in lines for one in money.people_of(line.receipt, line.lines)}))
    }
    about = dict(deciders=deciders, own_cash=money.holds(account, hand), home=money.home_of(account), people=people)
    for line in lines:
        line.objection = _objection(line, account, **about)
    names = {row.id: f"{row.first_name} {row.last_name}" for row in people.values()}
    takers = {row.id: row.name for row in _accounts.rows(list({one.row.author for one in opened}))}
    there = {line.receipt.id for line in lines}
    decided = [one for one in receipts if one.stands.state != "waiting" and one.id not in there]
    return Sheet(key, fund, holders.name_of(hand), lines, names, takers, decided)


def telling(receipts):
    """{entry row id: receipt id} of the entries that tell these receipts."""
    return dict(_told([receipt.id for receipt in receipts]))


def _told_by(receipts):
    """{receipt id: [Opened]} of the entries that tell them."""
    receipt_of = telling(receipts)
    found = {}
    for one in submissions.opened(_entries.rows(list(receipt_of))):
        found.setdefault(receipt_of[one.row.id], []).append(one)
    return found


def _line(receipt, told, standings):
    """Its line while something of it waits: for a checker, or asked about and with its author. None when all is decided."""
    here = [one for one in told if standings[one.row.id] == "received"]
    asked = [one for one in told if standings[one.row.id] == "returned"]
    if not here and not asked:
        return None
    return Line(receipt, here or asked, [], is_asked=not here)


def _without_taken_over(lines):
    """A receipt and the one that takes over its money are one line; with the lines that each receipt has."""
    there = {(line.receipt.book, line.receipt.no): line.receipt for line in lines}
    for line in lines:
        line.takes_over = there.get((line.receipt.old_book, line.receipt.old_no))
    gone = {line.takes_over.id for line in lines if line.takes_over}
    kept = [line for line in lines if line.receipt.id not in gone]
    said = settling.lines_of([line.receipt for line in kept])
    for line in kept:
        line.lines = said.get(line.receipt.id, [])
    return kept


def _objection(line, account, *, deciders, own_cash, home, people):
    """Why this account may not decide on the receipt; what money.objection asks of one, asked of many at once."""
    if own_cash:
        return money.OWN_CASH
    if home and any(
        people[one].household_id == home for one in money.people_of(line.receipt, line.lines) if one in people
    ):
        return money.OWN_HOUSE
    return next(filter(None, (deciders.objection(one, account) for one in line.told)), None)
