"""What each pot of a fund held, got and gave in a time, how the regulation divides income, and how it was divided."""

from dataclasses import dataclass

from db.models import Fund
from pwa.domain.fund import chart, moved, rulings
from pwa.domain.fund.report_periods import Period
from pwa.domain.fund.terms import Split


@dataclass(frozen=True)
class Row:
    """A pot: what it held before the time, what came, what other pots gave it, what it paid, what it holds after. Satang."""

    pot: str
    before: int
    income: int
    given: int
    benefits: int
    expenses: int
    after: int


@dataclass(frozen=True)
class Source:
    """An income with what each pot got of it, and its Split by the regulation; None where that does not divide it."""

    code: str
    parts: dict[str, int]
    rule: Split | None

    @property
    def satang(self):
        return sum(self.parts.values())


@dataclass(frozen=True)
class Report:
    """`elsewhere` is what the pots' money is made of, by line of part 10: {line: satang}, what is owed to others negative."""

    rows: list[Row]
    sources: list[Source]
    elsewhere: dict[str, int]

    @property
    def satang(self):
        return sum(one.after for one in self.rows)


def of(fund: Fund, period: Period, sums: moved.Moved | None = None) -> Report:
    sums = sums or moved.of(fund, period.first, period.to)
    version = rulings.of(fund, period.to).version
    rules = {one.income: one for one in version.splits} if version else {}
    known = [*sums.pots, *(pot for pot in (version.pots if version else ()) if pot not in sums.pots)]
    sources = [Source(code, _parts(sums, code, known), rules.get(chart.SPLIT_OF[code])) for code in moved.INCOMES]
    lines, _, _ = chart.part10(sums.balances)
    elsewhere = {line: lines[line] for line in ("bank", "cash", "investments", "other_assets")}
    elsewhere["other_left"] = -lines["other_left"]
    used = [one for one in sources if one.satang or one.rule]
    return Report([_row(sums, pot) for pot in known], used, elsewhere)


def _row(sums, pot):
    def together(stems):
        return sum(sums.of(stem, pot) for stem in stems)

    before, after = sums.in_pot(pot)
    went = together(chart.BENEFITS), together(moved.EXPENSES)
    return Row(pot, before, together(moved.INCOMES), together([chart.BETWEEN_POTS]), *went, after)


def _parts(sums, code, known):
    parts = {pot: sums.of(code, pot) for pot in known}
    return {pot: satang for pot, satang in parts.items() if satang}
