"""Reports as tables: cells that know what they are and open what they are made of, the same on the page, on paper and in a file."""

from datetime import date
from typing import NamedTuple

from flask import url_for

from pwa import files
from pwa.domain.fund.report_periods import FISCAL, MONTH, Period
from pwa.domain.fund.sentences import Satang
from pwa.i18n import gettext, thai_month

MONEY, PEOPLE, DAY, WORDS = "money", "people", "day", "words"


class Cell(NamedTuple):
    """`value` is satang, a count, a day or words; `at` opens the list that it is made of, "" where there is none."""

    kind: str
    value: object
    at: str = ""

    @property
    def is_number(self):
        return self.kind in (MONEY, PEOPLE)


class Section(NamedTuple):
    """A table of a report. `rows` and `total` are cells under the headings, the first of a row says what it is about."""

    title: str
    headings: list
    rows: list
    total: list = []
    note: str = ""
    is_book: bool = False
    """Its rows are lines of the books: day, paper, what, sum."""

    @property
    def is_plain(self):
        """Names with one sum each, which need no table."""
        return len(self.headings) == 2

    @property
    def has_numbers(self):
        """Of each column whether its cells are numbers."""
        return [any(row[n].is_number for row in (*self.rows, self.total) if row) for n in range(len(self.headings))]


def money(satang, at=""):
    return Cell(MONEY, satang, at if satang else "")


def people(n, at=""):
    return Cell(PEOPLE, n, at if n else "")


def words(said, at=""):
    return Cell(WORDS, said, at)


def day(on):
    return Cell(DAY, on)


def figure(fund, word, first, to, pot=""):
    """Where the list opens that a figure of the books is made of; `first` None: since the books began."""
    about = {"from": first.isoformat()} if first else {}
    about |= {"pot": pot} if pot else {}
    return url_for("ledger_reports.figure", fund=fund.code, of=word, to=to.isoformat(), **about)


def period_name(period: Period):
    """What people call a time: a month, ปีงบประมาณ 2570, ปี 2569."""
    if period.kind == MONTH:
        return thai_month(period.first)
    year = thai_month(date(period.year, 1, 1)).split("\N{NO-BREAK SPACE}")[-1]
    if period.kind == FISCAL:
        return gettext("Fiscal year %(year)s", year=year)
    return gettext("Calendar year %(year)s", year=year)


def as_file(name, fund, sections, kind):
    """All tables of a report: sheets of one spreadsheet, or one under the other in a plain table."""
    tables = [
        files.Table(
            f"ombun-{name}-{fund.code}", one.title, one.headings, [[_plain(cell) for cell in row] for row in _rows(one)]
        )
        for one in sections
    ]
    return files.many(tables, kind)


def _rows(section):
    return [*section.rows, section.total] if section.total else section.rows


def _plain(cell):
    return Satang(cell.value) if cell.kind == MONEY and cell.value is not None else cell.value
