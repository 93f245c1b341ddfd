"""Samples for the auditor: receipts, vouchers and decided claims of a closed month or year, drawn so that nobody can choose them.

The rule "sha256/2": of each kind all that the closed set holds is listed; the mark of each is the SHA-256, in hex, of the text
`<seed>|<hash that two signed>|<kind>|<name>`, and those with the smallest marks are drawn. Kinds are 1 receipt, 2 voucher,
3 claim. The seed is typed by the auditor, as it was rolled before everybody; the hash stood before.
So anybody draws the same again, and each draw that was made stays to be seen.
Names: a receipt's is `book/number`, a voucher's its number, a claim's its id. A receipt or voucher is of the month in which it was
posted, a claim of that in which it was decided here.
"""

import hashlib
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from db import database
from db.models import (
    Account,
    Audit,
    AuditItem,
    Claim,
    ClaimAct,
    Entry,
    LedgerTransaction,
    MonthClose,
    Receipt,
    Voucher,
    YearClose,
)
from pwa.domain import N_, NotFound, Refusal
from pwa.domain.fund import account_books, closes, office_changes, year_closes
from pwa.domain.fund.versions import are_one
from pwa.domain.people import roles
from pwa.domain.places import funds
from pwa.domain.text import thai
from pwa.domain.text.dates import BANGKOK

RULE = "sha256/2"
KINDS = ("receipt", "voucher", "claim")
"""In the order of their numbers, from 1."""
MOST = 100
SHORTEST, LONGEST = 4, 60
DAY = timedelta(days=1)
WHICH = N_("Choose a month or year that both have signed.")
SEED = N_("Write what was rolled or drawn before everybody, at least four digits.")
HOW_MANY = N_("Write how many are drawn: 0 to %(most)s of a kind, and one at least.")
KEEPER = N_("Who keeps the books of a fund draws and marks nothing of them. Another auditor does.")


class Period(NamedTuple):
    """What is drawn from: a closed month or year, its first and last day, and the hash that two signed. `name` is "month-7"."""

    name: str
    close: MonthClose | YearClose
    since: object
    through: object

    @property
    def is_year(self):
        return self.name.startswith("year-")


def periods(fund):
    """[Period] of a fund that both have signed, the latest first, years before months."""
    months = [one.close for one in closes.of(fund) if one.is_done]
    years = [one.close for one in year_closes.of(fund) if one.is_done]
    return [_of_year(one) for one in years] + [_of_month(one) for one in months]


def period_of(audit):
    return _of_year(audit.year) if audit.year_id else _of_month(audit.month)


def draw(fund, name, seed, sizes, *, by, at):
    """Draw so many of each kind, {kind: size}, from the period of this name; the same again is the same Audit. Raises Refusal."""
    must_be_auditor(fund, by)
    period = next((one for one in periods(fund) if one.name == name), None)
    if period is None:
        raise Refusal(WHICH, field="period")
    seed = " ".join(thai.digits(thai.clean(seed or "")).split())
    if sum(sign.isdigit() for sign in seed) < SHORTEST or len(seed) > LONGEST:
        raise Refusal(SEED, field="seed")
    sizes = [sizes.get(kind) for kind in KINDS]
    if any(one is None or not 0 <= one <= MOST for one in sizes) or not any(sizes):
        raise Refusal(HOW_MANY, field="receipts", most=MOST)
    said = "|".join(map(str, (fund.code, period.close.set_hash, name, *sizes, seed)))
    with database.atomic():
        standing = Audit.get_or_none(Audit.said == said)
        if standing is not None:
            return standing
        listed = {kind: population(period, kind) for kind in KINDS}
        about = {f"{kind}s": size for kind, size in zip(KINDS, sizes, strict=True)}
        about |= {f"{kind}s_of": len(listed[kind]) for kind in KINDS}
        about |= dict(year=period.close) if period.is_year else dict(month=period.close)
        known = dict(fund=fund, rule=RULE, seed=seed, set_hash=period.close.set_hash, said=said, account=by, at=at)
        made = Audit.create(**known, **about)
        for kind, size in zip(KINDS, sizes, strict=True):
            for place, one in enumerate(drawn(kind, listed[kind], seed, period.close.set_hash, size), 1):
                AuditItem.create(audit=made, kind=kind, place=place, **_thing(fund, kind, one))
        return made


def drawn(kind, names, seed, set_hash, size):
    """The names that are drawn, in their order."""
    return sorted(names, key=lambda name: (mark(seed, set_hash, kind, name), name))[:size]


def mark(seed, set_hash, kind, name):
    return hashlib.sha256(f"{seed}|{set_hash}|{KINDS.index(kind) + 1}|{name}".encode()).hexdigest()


def population(period, kind):
    """The names of all of a kind that the closed set holds; what comes later is in a later one."""
    fund = period.close.fund_id
    if kind == "claim":
        decided = (
            ClaimAct.select(Claim.id).join(Claim).where(Claim.fund == fund, ClaimAct.kind.in_(("grant", "refuse")))
        )
        began, ended = _instant(period.since), _instant(period.through + DAY)
        rows = decided.where(ClaimAct.at >= began, ClaimAct.at < ended).distinct().tuples()
        return sorted(str(claim) for (claim,) in rows)
    posted = (LedgerTransaction.fund == fund) & LedgerTransaction.posted_on.between(period.since, period.through)
    if kind == "voucher":
        rows = Voucher.select(Voucher.n).join(LedgerTransaction).where(Voucher.fund == fund, posted).order_by(Voucher.n)
        return [str(n) for (n,) in rows.tuples()]
    rows = LedgerTransaction.select(LedgerTransaction.source).where(posted, LedgerTransaction.kind == "receipt")
    return sorted(source.removeprefix("receipt/") for (source,) in rows.tuples())


def name_of(item):
    """What the rule calls an item."""
    if item.kind == "receipt":
        return f"{item.receipt.book}/{item.receipt.no}"
    return str(item.voucher.n) if item.kind == "voucher" else str(item.claim_id)


def must_be_auditor(fund, by):
    """An auditor of the fund who does not keep its books, nor is the same person as somebody who does."""
    if fund.unit_id not in funds.kept_on(by, *roles.may("sign-books")):
        raise NotFound
    keepers = office_changes.officers(fund, *roles.may("keep-books"))
    if any(one.id == by.id or are_one(one, by) for one in keepers):
        raise Refusal(KEEPER)


def is_auditor(fund, by):
    try:
        must_be_auditor(fund, by)
    except (NotFound, Refusal):
        return False
    return True


def of(fund):
    """[Audit] of a fund, the latest first."""
    return list(Audit.select().where(Audit.fund == fund).order_by(Audit.id.desc()))


def find(number, *, seen_by):
    """A sample of a fund whose books this account reads. Raises NotFound."""
    found = Audit.get_or_none(Audit.id == number)
    if found is None or found.fund_id not in {fund.id for fund in account_books.funds(seen_by)}:
        raise NotFound
    return found


def _of_month(close):
    return Period(f"month-{close.id}", close, close.through.replace(day=1), close.through)


def _of_year(close):
    months = year_closes.months(close)
    return Period(f"year-{close.id}", close, months[0].through.replace(day=1), close.through)


def _instant(day):
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)


def _thing(fund, kind, name):
    """The columns of an item by its name, with who answers for it."""
    if kind == "voucher":
        paper = Voucher.get(Voucher.fund == fund, Voucher.n == int(name))
        return dict(voucher=paper, whose=paper.account_id)
    if kind == "claim":
        act = ClaimAct.select().where(ClaimAct.claim == name, ClaimAct.kind == "certify").order_by(ClaimAct.n.desc())
        certified = act.first()
        return dict(claim=name, whose=certified and certified.account_id)
    book, _, no = name.rpartition("/")
    row = Receipt.get(Receipt.fund == fund, Receipt.book == book, Receipt.no == int(no))
    author = Entry.select(Entry.author).where(Entry.id == row.entry_id).scalar()
    return dict(receipt=row, whose=author if Account.get_or_none(Account.id == author) else None)
