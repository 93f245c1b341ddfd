"""The books of receipts of which a fund had one in a time: which numbers came, which are missing, and which do not count."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from db.models import Account, Fund, Receipt, ReceiptBook, ReceiptStanding
from pwa.domain.fund import receipt_books
from pwa.domain.fund.report_periods import Period

NOT_COUNTED = ("rejected", "void", "replaced")


@dataclass(frozen=True)
class Row:
    """A book with the first and last number that came, how many came, their sum (all, whatever became of them), and by state how many.

    `missing` are [(first, last)] of the numbers between the first of the book and the last that came, `whose` who writes it on a phone ("" on paper).
    """

    book: str
    whose: str
    first: int
    last: int
    many: int
    satang: int
    states: Counter
    missing: list[tuple[int, int]]

    @property
    def gone(self):
        """How many numbers are missing."""
        return sum(last - first + 1 for first, last in self.missing)

    @property
    def not_counted(self):
        return sum(self.states[one] for one in NOT_COUNTED)


def of(fund: Fund, period: Period) -> list[Row]:
    """[Row] of the books with a receipt that was paid in the time, each as a whole; by name."""
    begun = Receipt.select(Receipt.book).where(Receipt.fund == fund, Receipt.paid_on.between(period.first, period.to))
    named = [book for (book,) in begun.distinct().tuples()]
    query = Receipt.select(Receipt.book, Receipt.no, Receipt.total_satang, ReceiptStanding.state)
    query = query.join(ReceiptStanding, on=(ReceiptStanding.receipt == Receipt.id))
    found = {}
    for book, no, satang, state in (
        query.where(Receipt.fund == fund, Receipt.book.in_(named)).order_by(Receipt.no).tuples()
    ):
        found.setdefault(book, []).append((no, satang, state))
    whose = _writers(fund, named)
    return [_row(book, whose.get(book, ""), found[book]) for book in sorted(found, key=_order)]


def pages(fund, book):
    """[(first, last, Receipt or None, state)] of a book in the order of its numbers; without a Receipt those numbers are missing."""
    query = Receipt.select(Receipt, ReceiptStanding.state).join(
        ReceiptStanding, on=(ReceiptStanding.receipt == Receipt.id), attr="stands"
    )
    rows = list(query.where(Receipt.fund == fund, Receipt.book == book))
    came = [(one.no, one.no, one, one.stands.state) for one in rows]
    gaps = [(first, last, None, "") for first, last in _missing(book, sorted(one.no for one in rows))]
    return sorted([*came, *gaps], key=lambda one: one[0])


def _row(book, whose, receipts):
    numbers = [no for no, _, _ in receipts]
    states = Counter(state for _, _, state in receipts)
    satang = sum(satang for _, satang, _ in receipts)
    return Row(book, whose, numbers[0], numbers[-1], len(numbers), satang, states, _missing(book, numbers))


def _missing(book, numbers):
    """[(first, last)] of what is missing among rising numbers. A phone's book begins with 1, a paper one with what came first."""
    before = [0, *numbers] if receipt_books.number_of(book) else numbers
    return [(one + 1, after - 1) for one, after in pairwise(before) if after - one > 1]


def _writers(fund, named):
    numbers = {receipt_books.number_of(one) for one in named} - {None}
    query = ReceiptBook.select(ReceiptBook.number, Account.name).join(Account)
    rows = query.where(ReceiptBook.fund == fund, ReceiptBook.number.in_(numbers)).tuples() if numbers else []
    return {receipt_books.name(number): name for number, name in rows}


def _order(book):
    return receipt_books.number_of(book) is None, receipt_books.number_of(book) or 0, book
