"""The code on a receipt's stub: fund, book, number, satang and day, and who says so; by it a receipt is found again, or written anew.

The server proves its own with a keyed hash. A phone cannot make that one, and signs with the key of its number: the book says which
phone that was. A code that proves nothing is somebody's word, and one whose proof does not fit was changed.
"""

import re
from dataclasses import dataclass
from datetime import date

from db.models import Fund, Receipt, ReceiptBook
from pwa.domain import N_, Refusal
from pwa.domain.crypto import sealing, signatures
from pwa.domain.fund import holders, receipt_books, settling
from pwa.domain.people import signing
from pwa.domain.text import dates

MARK = "OMBUN1"
PROOF = 16
PARTS = 7
NUMBER = re.compile(r"[1-9][0-9]{0,10}")
LARGEST = 999_999
"""The largest number of a receipt that a form takes."""

FOREIGN = N_("This code names no receipt of a fund of yours.")


@dataclass(frozen=True)
class Stub:
    """What a code says. `proved_by` is "fund", "phone", or "" where nobody vouches for it; `receipt` the one of that number, or None."""

    fund: Fund
    book: str
    no: int
    total_satang: int
    paid_on: date
    proved_by: str
    receipt: Receipt | None

    @property
    def agrees(self):
        """Whether the receipt that is here says the same sum and day."""
        there = self.receipt
        return there is not None and (there.total_satang, there.paid_on) == (self.total_satang, self.paid_on)


def of(receipt):
    """The text of a receipt's code, proved by this server."""
    said = _said(receipt.fund.code, receipt.book, receipt.no, receipt.total_satang, receipt.paid_on.isoformat())
    return f"{MARK}|{said}|{_keyed(said)}"


def read(text):
    """The Stub that a scanned text is. Refuses what is no such code, names a fund that is not here, or was changed."""
    parts = text.strip().split("|")
    if len(parts) != PARTS or parts[0] != MARK:
        raise Refusal(N_("This is not the code of a receipt."), field="stub")
    _, code, book, no, satang, day, proof = parts
    fund, paid_on = holders.fund(code), dates.day(day)
    is_number = NUMBER.fullmatch(no) and NUMBER.fullmatch(satang) and int(no) <= LARGEST
    if fund is None or not book or paid_on is None or not is_number:
        raise Refusal(FOREIGN, field="stub")
    proved_by = _proved_by(fund, book, _said(code, book, no, satang, day), proof)
    return Stub(fund, book, int(no), int(satang), paid_on, proved_by, settling.numbered(fund, book, int(no)))


def _said(*parts):
    return "|".join(map(str, parts))


def _keyed(said):
    return sealing.keyed_hash(said, "receipt")[:PROOF]


def _proved_by(fund, book, said, proof):
    """Who vouches for it. Refuses a proof that does not fit."""
    if not proof:
        return ""
    if proof == _keyed(said):
        return "fund"
    if len(proof) > PROOF and (key := _key_of(fund, book)) is not None:
        if signatures.holds(key, f"ombun/stub|{said}", proof):
            return "phone"
    elif len(proof) > PROOF:
        return ""
    raise Refusal(N_("This code was changed: its proof does not fit what it says."), field="stub")


def _key_of(fund, book):
    """The public key of the phone that this book was given to, or None."""
    number = receipt_books.number_of(book)
    row = ReceiptBook.get_or_none(ReceiptBook.number == number, ReceiptBook.fund == fund) if number else None
    key = signing.key_of(row.device_id) if row else None
    return key[0] if key else None
