"""The money that a meeting has before it: at the bank and in hands, what was granted and not paid, what is asked for, pot by pot.

Where a pot is not enough, the clause that says what follows stands beside it, or that the regulation says nothing.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from peewee import fn

from db.models import LedgerAccount, LedgerDay
from pwa.domain.fund import chart, claim_payments, claiming, ledger_days, pots, versions


@dataclass
class Pot:
    """One pot. `governs`: [(benefit's name, clause, Sentence or None where the regulation does not say)] of what is asked from it."""

    name: str
    holds: int = 0
    promised: int = 0
    asked: int = 0
    governs: list = field(default_factory=list)

    @property
    def left(self):
        return self.holds - self.promised - self.asked

    @property
    def is_short(self):
        return self.left < 0


@dataclass(frozen=True)
class Money:
    bank: int
    hands: int
    pots: list[Pot]

    @property
    def promised(self):
        return sum(one.promised for one in self.pots)

    @property
    def asked(self):
        return sum(one.asked for one in self.pots)


def of(fund, asked):
    """The Money of a fund with what is asked for: [(Benefit, satang)]."""
    known = versions.effective(fund)
    first, names = pots.first(known[-1] if known else None), pots.names(known)
    found = defaultdict(lambda: Pot(""))
    for pot, satang in _pots_of(fund).items():
        found[pot].holds = satang
    for one in claim_payments.unpaid([fund.id]):
        found[_pot(one.row.benefit, first)].promised += one.satang
    for benefit, satang in asked:
        one = found[_pot(benefit, first)]
        one.asked += satang or 0
        said = (benefit.name, benefit.clause, claiming.IN_POT.get(benefit.when_short)) if benefit else None
        if said and said not in one.governs:
            one.governs.append(said)
    for pot, one in found.items():
        one.name = names.get(pot, "")
    by_code = _sums(fund)
    banks = sum(by_code[stem] for stem in (chart.BANK, chart.ON_THE_WAY))
    return Money(banks, by_code[chart.HAND], [one for _, one in sorted(found.items()) if one.holds or one.left])


def pot_of(money, fund, benefit):
    """The Pot out of which a benefit is paid."""
    known = versions.effective(fund)
    name = pots.names(known).get(_pot(benefit, pots.first(known[-1] if known else None)), "")
    return next((one for one in money.pots if one.name == name), Pot(name))


def _pot(benefit, first):
    return (benefit and benefit.pot) or first


def _sums(fund):
    """{first four digits of an account: satang} of what a fund has in hands and banks."""
    found = defaultdict(int)
    kinds = fn.SUBSTR(LedgerAccount.code, 1, 4).in_((chart.HAND, chart.BANK, chart.ON_THE_WAY))
    for one in ledger_days.sums(fund, None, kinds):
        found[one.account.code[:4]] += one.satang
    return found


def _pots_of(fund):
    """{pot: what it holds, in satang}: income less what was given out of it."""
    potted = ledger_days.sums(fund, None, LedgerDay.pot != "")
    return {pot: -sum(one.satang for one in potted if one.pot == pot) for pot in sorted({one.pot for one in potted})}
