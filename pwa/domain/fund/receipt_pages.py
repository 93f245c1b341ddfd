"""One receipt as it is shown and printed: what it says, how far it has come, and for whose eyes it is.

For who paid and whom it is for, who took the money, and the officers of the fund; for anybody else it does not exist.
"""

from dataclasses import dataclass
from datetime import date

from db.models import Account, Entry, Person, Receipt, ReceiptLine
from pwa.domain import NotFound, Refusal
from pwa.domain.custody import entries
from pwa.domain.fund import holders, settling, stubs
from pwa.domain.people import roles
from pwa.domain.places import units

OFFICERS = roles.may("check-money", "check-voids", "see-money")


@dataclass(frozen=True)
class Line:
    """`name` of whom it is for, "" for nobody."""

    name: str
    kind: str
    amount_satang: int
    covers_from: date | None
    covers_to: date | None


@dataclass(frozen=True)
class Page:
    """`state` as settling says; `payer` and `collector` are names, "" where nobody is named; `until` is what the lines say."""

    receipt: Receipt
    state: str
    payer: str
    collector: str
    lines: tuple[Line, ...]

    @property
    def until(self):
        """The last day that the receipt says it covers, the earliest where people differ; None without days."""
        return min((line.covers_to for line in self.lines if line.covers_to), default=None)


def get(fund_code, book, no, *, seen_by):
    """The Page of a receipt. Raises NotFound."""
    fund = holders.fund(fund_code)
    receipt = fund and no <= stubs.LARGEST and settling.numbered(fund, book, no)
    if not receipt:
        raise NotFound
    lines = list(ReceiptLine.select().where(ReceiptLine.receipt == receipt).order_by(ReceiptLine.place))
    author = Account.get_by_id(Entry.get_by_id(receipt.entry_id).author)
    if not (_is_of(seen_by, receipt, lines, author) or _is_officer(seen_by, fund)):
        raise NotFound
    named = {
        row.id: row for row in Person.select().where(Person.id.in_([line.person for line in lines] + [receipt.payer]))
    }
    shown = (
        Line(_name(named.get(one.person)), one.kind, one.amount_satang, one.covers_from, one.covers_to) for one in lines
    )
    return Page(receipt, settling.state(receipt), _payer(receipt, named), _collector(receipt, author), tuple(shown))


def by_code(text, *, seen_by):
    """The stubs.Stub of a scanned code, for an officer of its fund. Refuses what is no code of theirs, or was changed."""
    stub = stubs.read(text)
    if not _is_officer(seen_by, stub.fund):
        raise Refusal(stubs.FOREIGN, field="stub")
    return stub


def _is_of(account, receipt, lines, author):
    """Who paid, whom it is for, or who took it."""
    if account.id in (author.id, receipt.hand.holder):
        return True
    return account.person is not None and account.person in {receipt.payer, *(line.person for line in lines)}


def _is_officer(account, fund):
    """An office over the fund's unit, or over a part of what it serves."""
    granted = units.granted_on(account.id, OFFICERS)
    return bool(granted) and fund.unit_id in units.above(*granted) | units.below(granted)


def _name(person):
    return f"{person.title}{person.first_name} {person.last_name}".strip() if person else ""


def _payer(receipt, named):
    """As the receipt says; the register's name where it says none."""
    try:
        said = entries.plaintext(Entry.get_by_id(receipt.entry_id))["payload"]["payer"].get("name")
    except (entries.Erased, NotFound):
        said = None
    return said or _name(named.get(receipt.payer))


def _collector(receipt, author):
    holder = Account.get_or_none(Account.id == receipt.hand.holder) if receipt.hand.holder else None
    return holder.name if holder else author.name
