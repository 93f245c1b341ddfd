"""What a fund's books say of some days: what came, went and stands, by account and pot, from the days of the books alone.

Sums are positive as people read them: what came in as income, what went out as benefits and expenses. What the books began with
(the pot `before`, and 9000) is never a year's own: it is told apart.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from db.models import Fund
from pwa.domain.fund import chart, ledger_days, pots

DAY = timedelta(days=1)
OWED = ("liability", "income", "opening", "transfer")
"""Types that read positive where credit outweighs; a transfer so reads what a pot was given."""
INCOMES = tuple(code for code, one in chart.CHART.items() if one.type == "income")
EXPENSES = tuple(code for code, one in chart.CHART.items() if one.type == "expense")
PLACES = (chart.HAND, *chart.OF_A_BANK)
"""Where money is."""
UNSETTLED = tuple(
    code for code, one in chart.CHART.items() if one.type in ("asset", "liability") and code not in PLACES
)
"""What somebody owes the fund, or the fund somebody: money that came or went and is nobody's income or expense yet."""


@dataclass(frozen=True)
class Moved:
    """{(stem of the code, pot): satang, debit positive} of what stood before the days and what stands after them."""

    before: Counter
    after: Counter

    def of(self, stem, pot=None, *, old=False):
        """What a stem moved in these days, in one pot or in all; with `old` what the books began with, else without it."""
        return sum(self._moved(stem, one) for one in self._pots(stem, pot, old))

    def stood(self, *stems):
        return _stands(self.before, stems)

    def stands(self, *stems):
        """What is there after the days on these stems, in all pots."""
        return _stands(self.after, stems)

    def in_pot(self, pot):
        """(before, after) of a pot: what came into it less what went out."""
        return tuple(
            -sum(satang for (_, one), satang in side.items() if one == pot) for side in (self.before, self.after)
        )

    @property
    def balances(self):
        """{stem: satang, debit positive} after the days, as part 10 asks them."""
        found = Counter()
        for (stem, _), satang in self.after.items():
            found[stem] += satang
        return found

    @property
    def pots(self):
        """The pots that were ever used, that of the old books first."""
        return sorted({pot for _, pot in self.after if pot}, key=lambda pot: (pot != pots.BEFORE, pot))

    def _pots(self, stem, pot, old):
        if pot is not None:
            return [pot]
        return [one for code, one in self.after if code == stem and (one == pots.BEFORE) == old]

    def _moved(self, stem, pot):
        return sign(stem) * (self.after[stem, pot] - self.before[stem, pot])


def of(fund: Fund, first, to):
    """The Moved of a fund from a day through another, with two queries."""
    return Moved(_by_stem(fund, first - DAY), _by_stem(fund, to))


def sign(stem):
    return -1 if chart.heading(stem).type in OWED else 1


def _by_stem(fund, on):
    found = Counter()
    for one in ledger_days.sums(fund, on):
        found[one.account.code.partition("-")[0], one.pot] += one.satang
    return found


def _stands(side, stems):
    return sum(sign(stem) * satang for (stem, _), satang in side.items() if stem in stems)
