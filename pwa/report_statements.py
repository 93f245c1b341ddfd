"""Part 10 of the status form with its two sides, and the pots, in the reader's words."""

from datetime import timedelta

from pwa.domain.fund import chart
from pwa.i18n import gettext as _
from pwa.report_tables import Section, figure, money, words

PARTS = (chart.LEFT[:6], chart.LEFT[6:], chart.RIGHT[:5], chart.RIGHT[5:])
"""The lines of the form's four parts: left 1 and 2, right 1 and 2."""
DAY = timedelta(days=1)


def part10(fund, to, lines):
    """The four parts of the form, as of a day; each line since the books began."""
    titles = (
        _("Left 1: received"),
        _("Left 2: earned and other"),
        _("Right 1: money there, benefits paid and other assets"),
        _("Right 2: expenses"),
    )
    found = []
    for title, part in zip(titles, PARTS, strict=True):
        rows = [[words(_(chart.LINES[line])), money(lines[line], figure(fund, line, None, to))] for line in part]
        total = [words(_("Together (baht)")), money(sum(lines[line] for line in part))]
        found.append(Section(title, [_("Line"), _("Baht")], rows, total))
    return found


def pots(fund, period, report, named):
    """What each pot held, got and gave; where that money is; how income was divided."""
    return [_flows(fund, period, report, named), _places(fund, period, report), *_divided(fund, period, report, named)]


def _flows(fund, period, report, named):
    headings = [_("Pot"), _("Before"), _("Income"), _("From other pots"), _("Benefits"), _("Expenses"), _("Holds now")]
    rows, sums = [], [0] * 6
    for one in report.rows:
        values = [one.before, one.income, one.given, one.benefits, one.expenses, one.after]
        sums = [a + b for a, b in zip(sums, values, strict=True)]
        during = [
            figure(fund, word, period.first, period.to, one.pot) for word in ("income", "7000", "benefits", "expenses")
        ]
        before = figure(fund, "pots", None, period.first - DAY, one.pot)
        ats = [before, *during, figure(fund, "pots", None, period.to, one.pot)]
        cells = [money(satang, at) for satang, at in zip(values, ats, strict=True)]
        rows.append([words(named.get(one.pot, one.pot)), *cells])
    total = [words(_("Together (baht)")), *(money(satang) for satang in sums)]
    return Section(
        _("Each pot"), headings, rows, total, _("Before + income + from other pots − benefits − expenses = holds now.")
    )


def _places(fund, period, report):
    rows = []
    for line, satang in report.elsewhere.items():
        name = _("Less what is owed to others") if line == "other_left" else _(chart.LINES[line])
        rows.append([words(name), money(satang, figure(fund, line, None, period.to))])
    total = [words(_("Together (baht)")), money(sum(report.elsewhere.values()))]
    return Section(_("Where the money of the pots is"), [_("Kept where"), _("Baht")], rows, total)


def _divided(fund, period, report, named):
    """Of each income what every pot got, and what the regulation says of it."""
    found = []
    for one in report.sources:
        rows = []
        for pot, satang in one.parts.items():
            at = figure(fund, one.code, period.first, period.to, pot)
            rows.append([words(named.get(pot, pot)), money(satang, at)])
        at = figure(fund, one.code, period.first, period.to)
        total = [words(_("Together (baht)")), money(one.satang, at)]
        title = _("Divided: %(income)s", income=_(chart.heading(one.code).name))
        found.append(Section(title, [_("Pot"), _("Baht")], rows, total, _rule(one.rule, named)))
    return found


def _rule(rule, named):
    if rule is None:
        return _("The regulation does not divide this income: all of it goes to one pot.")
    shares = " · ".join(
        _("%(pot)s %(share)s %%", pot=named.get(pot, pot), share=_percent(share)) for pot, share in rule.shares
    )
    rest = named.get(rule.remainder_pot, rule.remainder_pot)
    return _("By the regulation: %(shares)s; odd satang to %(pot)s.", shares=shares, pot=rest)


def _percent(share):
    whole, part = divmod(share, 100)
    return f"{whole}.{part:02d}".rstrip("0") if part else str(whole)
