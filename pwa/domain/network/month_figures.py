"""A month of a fund in figures, each with the rows that it was counted from. Read in one transaction, never written.

People change in the month in which it was decided; money counts by the day of the books; what stood before is counted the same way.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from peewee import fn

from db.models import (
    Admission,
    Claim,
    ClaimAct,
    LedgerAccount,
    LedgerTransaction,
    MembershipAct,
    Posting,
)
from pwa.domain.fund import arrears, chart
from pwa.domain.network import figures, hiding, month_members

READ = (Admission, MembershipAct, LedgerTransaction, ClaimAct)
"""Tables whose highest row is a report's position: what comes later takes no part in it."""
PLACES = (chart.HAND, *chart.OF_A_BANK)
HELD = (chart.UNCHECKED, chart.IN_ADVANCE, chart.TO_GIVE_BACK, chart.UNEXPLAINED, chart.HANDED_ON, chart.OVER)
OWED = (chart.SHORT, chart.TO_RECLAIM, chart.INVESTED)
STOCKS = {"cash_and_bank": (PLACES, 1), "held": (HELD, -1), "owed": (OWED, 1)}
"""{figure: (accounts, the sign with which it is told)}."""
BEFORE = {"cash_and_bank": "cash_before", "held": "held_before", "owed": "owed_before"}
SOURCES = {"4020": "codi", "4030": "state_codi", "4040": "local", "4050": "state_other"}
EXPENSES = {"6010": "allowances", "6020": "travel", "6030": "documents", "6040": "activities", "6090": "other"}
OPENING = "opening"


@dataclass
class Counted:
    """One cell: `rows` are [[id, how much]], which come to its number."""

    rows: list = field(default_factory=list)

    @property
    def n(self):
        return sum(row[1] for row in self.rows)


@dataclass(frozen=True)
class Month:
    """`cells`: {(figure, cut, value): Counted}, the whole of a figure under (figure, "", ""). `small`: the cells that tell of a person."""

    cells: dict
    small: set


def position():
    """{table: its highest row}, now."""
    return {model._meta.table_name: model.select(fn.MAX(model.id)).scalar() or 0 for model in READ}


def size_class(fund, period):
    """The size class of the fiscal year: by the members on the 30th of September before, of a younger fund by those of this month."""
    year = int(period[:4]) - (int(period[5:]) < 10)
    known = len(month_members.members(fund, month_members.ends(f"{year}-09"), None)) or len(
        month_members.members(fund, month_members.ends(period), None)
    )
    return figures.size_class(known)


def of(fund, period, *, due, size, before=None, limits=None, with_money=True):
    """The Month of a fund. `before`: the members that its last report told, None for the first one; `limits`: a position, for what was
    read then; `due`: {figure: cuts}, as figures.due says.
    """
    found = _Cells(due)
    _people(found, fund, period, size, before, limits)
    if with_money:
        _money(found, fund, period, limits)
        _arrears(found, fund, period)
        if "paid_people" in due:
            _paid(found, fund, period, limits)
    return Month(found.cells, found.small())


class _Cells:
    """Cells on their way: `add` puts rows into the whole of a figure and into the groups of its cuts that are due."""

    def __init__(self, due):
        self.due = due
        self.cells = {(figure, "", ""): Counted() for figure in due}
        self.shares = {}

    def add(self, figure, row, **groups):
        self.cells[figure, "", ""].rows.append(row)
        for cut in self.due[figure]:
            self.cells.setdefault((figure, cut, groups[cut]), Counted()).rows.append(row)

    def small(self):
        """The cells of groups that tell of too few people, or of one person's money."""
        found = set()
        for (figure, cut, value), counted in self.cells.items():
            if not cut or cut in figures.OPEN:
                continue
            is_money = figures.FIGURES[figure].unit == "satang"
            shares = self.shares.get((figure, cut, value), {})
            if hiding.is_somebodys(shares.values()) if is_money else hiding.is_small(counted.n):
                found.add((figure, cut, value))
        return found


def _people(found, fund, period, size, before, limits):
    end, start = month_members.ends(period), month_members.ends(month_members.month_before(period))
    now, then = month_members.members(fund, end, limits), month_members.members(fund, start, limits)
    came = {one: str(one) for one in now.keys() - then.keys()}
    went = then.keys() - now.keys()
    new = month_members.admitted_anew(came, limits)
    whys = month_members.whys(went, limits)
    for one in sorted(map(str, went)):
        found.add("left", [one, 1], reason=whys.get(one) or "resigned")
    for one in sorted(came.values()):
        if one in new:
            found.add("joined", [one, 1])
    traits = month_members.traits(now, month_members.days_of(period)[1], size)
    for one in sorted(map(str, now)):
        found.add("members", [one, 1], **traits[one])
    told = len(then) if before is None else before
    rest = len(now) - told - found.cells["joined", "", ""].n + found.cells["left", "", ""].n
    if before is None:
        told, rest = told + rest, 0
    found.cells["members_before", "", ""].rows = [["members", told]]
    found.cells["restated", "", ""].rows = [["members", rest]]


def _money(found, fund, period, limits):
    first, last = month_members.days_of(period)
    opened = _sums(fund, first, last, limits, LedgerTransaction.kind == OPENING)
    moved = _sums(fund, first, last, limits, LedgerTransaction.kind != OPENING)
    stood = _sums(fund, None, first - month_members.DAY, limits)
    for figure, (stems, sign) in STOCKS.items():
        for (code, _), satang in sorted([*stood.items(), *opened.items()]):
            if code.partition("-")[0] in stems:
                found.add(BEFORE[figure], [code, sign * satang])
                found.add(figure, [code, sign * satang])
        for (code, transaction), satang in sorted(moved.items()):
            if code.partition("-")[0] in stems:
                found.add(figure, [transaction, sign * satang])
    for (code, transaction), satang in sorted(moved.items(), key=lambda one: one[0][1]):
        stem, kind = code.partition("-")[0], chart.heading(code).type
        if stem == "4010":
            found.add("contributed", [transaction, -satang])
        elif kind in ("income", "opening"):
            found.add("other_income", [transaction, -satang], source=SOURCES.get(stem, "own"))
        elif kind == "benefit":
            found.add("paid_out", [transaction, satang], category=f"{chart.BENEFITS[stem]:02d}")
        elif kind == "expense":
            found.add("expenses", [transaction, satang], kind=EXPENSES[stem])


def _sums(fund, since, through, limits, *conditions):
    """{(account code, transaction): satang} of what was posted from a day through another, debit positive; of what stood
    before all (`since` None) the accounts alone.
    """
    by = (LedgerAccount.code, Posting.transaction) if since else (LedgerAccount.code,)
    query = Posting.select(*by, fn.SUM(Posting.amount_satang))
    query = query.join(LedgerTransaction).switch(Posting).join(LedgerAccount)
    query = query.where(LedgerTransaction.fund == fund, LedgerTransaction.posted_on <= through, *conditions)
    if since:
        query = query.where(LedgerTransaction.posted_on >= since)
    if limits:
        query = query.where(LedgerTransaction.id <= limits["ledger_transaction"])
    found = {(row[0], row[1] if since else 0): int(row[-1]) for row in query.group_by(*by).tuples()}
    return {key: satang for key, satang in found.items() if satang}


def _arrears(found, fund, period):
    _, last = month_members.days_of(period)
    for one in arrears.of_fund(fund, on=last):
        found.add("arrears", [str(one.membership.id), one.satang])


def _paid(found, fund, period, limits):
    """Who was paid, by the accounts of the benefits: a person once in each category, and the shares in which money of one went out."""
    first, last = month_members.days_of(period)
    query = ClaimAct.select(Claim.person, LedgerAccount.code, fn.SUM(Posting.amount_satang)).join(Claim)
    voucher = ClaimAct.voucher.rel_model
    query = query.switch(ClaimAct).join(voucher).join(LedgerTransaction).join(Posting).join(LedgerAccount)
    query = query.where(Claim.fund == fund, LedgerTransaction.posted_on.between(first, last), ClaimAct.kind == "pay")
    if limits:
        query = query.where(ClaimAct.id <= limits["claim_act"])
    shares, people = defaultdict(Counter), set()
    for person, code, satang in query.group_by(Claim.person, LedgerAccount.code).tuples():
        if chart.heading(code).type == "benefit":
            shares[f"{chart.BENEFITS[code.partition('-')[0]]:02d}"][str(person)] += int(satang)
            people.add(str(person))
    found.cells["paid_people", "", ""].rows = [[one, 1] for one in sorted(people)]
    for value, of_people in shares.items():
        found.cells["paid_people", "category", value] = Counted([[one, 1] for one in sorted(of_people)])
        found.shares["paid_out", "category", value] = of_people
