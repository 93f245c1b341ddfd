"""What the books begin with: one balanced transaction at the cut-over, typed from the old books on one page.

Past income, benefits and expenses lie in a pot of their own (pots.BEFORE), from which each pot gets what the fund counts in it.
What the old books leave open stands on 9000 by name; it is booked only when whoever types it has seen the very sum.
"""

from dataclasses import dataclass, field
from datetime import date

from peewee import SQL

from db.models import Account, LedgerTransaction
from pwa.domain import N_, Refusal
from pwa.domain.fund import banks, chart, holders, ledger, pots, rulings

SOURCE = "opening"
INCOMES = tuple(code for code, one in chart.CHART.items() if one.type == "income")
EXPENSES = tuple(code for code, one in chart.CHART.items() if one.type == "expense")
CODES = (*INCOMES, *chart.BENEFITS, *EXPENSES)
NOT_SEEN = N_("The sums have changed. Look at the difference again before you book it.")
OPENED = N_("These books are opened already, with other sums.")
EMPTY = N_("Write at least one sum.")
NO_HAND = N_("Nobody here is called %(handle)s.")


@dataclass(frozen=True)
class Typed:
    """Sums in satang: of `banks` and `hands` by name and handle, of `sums` by their codes since founding, of `pots` what is counted in each."""

    day: date
    banks: dict = field(default_factory=dict)
    hands: dict = field(default_factory=dict)
    sums: dict = field(default_factory=dict)
    pots: dict = field(default_factory=dict)

    @property
    def left(self):
        """Where the money came from."""
        return sum(satang for code, satang in self.sums.items() if code in INCOMES)

    @property
    def right(self):
        """Where it is, and what it went for."""
        spent = sum(satang for code, satang in self.sums.items() if code not in INCOMES)
        return sum(self.banks.values()) + sum(self.hands.values()) + spent

    @property
    def remainder(self):
        """What the left side lacks; negative where the right one does."""
        return self.right - self.left

    @property
    def counted(self):
        """What the fund counts in all pots together."""
        return sum(self.pots.values())


def opened(fund):
    """The transaction that opened the books and was not undone, or None."""
    return _ever(fund).where(ledger.stands(LedgerTransaction.id)).first()


def cut_over(fund, on):
    """The day from which the fund keeps its books here by its regulation; None where that does not say."""
    return rulings.of(fund, on).cut_over


def book(fund, typed, *, remainder, by, at, on):
    """Open the books; the same again is the same transaction. `remainder` is the difference that was seen. Raises Refusal."""
    if typed.day > on:
        raise Refusal(N_("This day is still to come."), field="on")
    if typed.remainder != remainder:
        raise Refusal(NOT_SEEN, field="remainder")
    lines = list(_lines(fund, typed))
    if not lines:
        raise Refusal(EMPTY)
    standing, before = opened(fund), _ever(fund).count()
    source = standing.source if standing else f"{SOURCE}/{before + 1}" if before else SOURCE
    about = dict(kind=SOURCE, source=source, occurred_on=typed.day, on=on, at=at, actor=by.id)
    try:
        return ledger.post(fund, lines=lines, **about)
    except ledger.Different:
        raise Refusal(OPENED) from None


def _ever(fund):
    is_one = LedgerTransaction.kind == SQL(f"'{SOURCE}'")  # as its index says it: no value that comes in later
    return LedgerTransaction.select().where(LedgerTransaction.fund == fund, is_one)


def _lines(fund, typed):
    for bank, satang in typed.banks.items():
        yield ledger.Line(holders.in_bank(fund, banks.named(fund, bank).name), satang)
    for handle, satang in typed.hands.items():
        account = Account.get_or_none(Account.handle == handle)
        if account is None:
            raise Refusal(NO_HAND, field="hands", handle=handle)
        yield ledger.Line(holders.hand_of(fund, account), satang)
    for code, satang in typed.sums.items():
        yield ledger.Line(ledger.account(fund, code), -satang if code in INCOMES else satang, pots.BEFORE)
    if typed.remainder:
        yield ledger.Line(ledger.account(fund, chart.BROUGHT), -typed.remainder)
    between = ledger.account(fund, chart.BETWEEN_POTS)
    for pot, satang in typed.pots.items():
        yield ledger.Line(between, -satang, pot)
        yield ledger.Line(between, satang, pots.BEFORE)
