"""What pages of a network are read from: of each unit and month the accepted report that counts, and the whole of each of its figures.

Written in the transaction that accepts; `ombun check` holds it to the files.
"""

from peewee import fn

from db.models import ReceivedReport, ToldFigure, ToldMonth
from pwa.domain.network.report_files import Report


def keep(received, report: Report):
    """A report was accepted: it counts from now on, unless one with a higher number does."""
    of_month = dict(parent=received.parent, unit=received.unit, period=received.period)
    for one in _of(ToldMonth, **of_month):
        if one.seq > received.seq:
            return
    for model in (ToldFigure, ToldMonth):
        model.delete().where(*(getattr(model, name) == value for name, value in of_month.items())).execute()
    ToldMonth.insert(received=received, seq=received.seq, name=report.header["name"], **of_month).execute()
    ToldFigure.insert_many([of_month | {"figure": figure, "n": n} for figure, n in told(report).items()]).execute()


def told(report: Report):
    """{figure: its number, None where it tells none} of a report."""
    return {figure: report.number(figure) for figure in report.header["cuts"]}


def names(parent):
    """{unit: its name} of who told this parent."""
    return dict(ToldMonth.select(ToldMonth.unit, ToldMonth.name).where(ToldMonth.parent == parent).tuples())


def files(parent, period):
    """[the bytes of each file] that counts of a month of a parent, by their units."""
    query = ReceivedReport.select(ReceivedReport.file).join(ToldMonth)
    query = query.where(ToldMonth.parent == parent, ToldMonth.period == period).order_by(ToldMonth.unit)
    return [bytes(row.file) for row in query]


def firsts(parent):
    """{unit: the first month of which it told this parent}."""
    query = ToldMonth.select(ToldMonth.unit, fn.MIN(ToldMonth.period)).where(ToldMonth.parent == parent)
    return dict(query.group_by(ToldMonth.unit).tuples())


def lasts(parent, figures):
    """{unit: (name, last month, hash of its report, {figure: n})} of a parent's units."""
    last = ToldMonth.select(ToldMonth.unit, fn.MAX(ToldMonth.period).alias("period"))
    last = last.where(ToldMonth.parent == parent).group_by(ToldMonth.unit).alias("last")
    query = ToldMonth.select(ToldMonth.unit, ToldMonth.name, ToldMonth.period, ReceivedReport.sha256)
    query = query.join(last, on=(ToldMonth.unit == last.c.unit) & (ToldMonth.period == last.c.period))
    query = query.switch(ToldMonth).join(ReceivedReport).where(ToldMonth.parent == parent)
    found = {unit: (name, period, sha256, {}) for unit, name, period, sha256 in query.tuples()}
    query = ToldFigure.select(ToldFigure.unit, ToldFigure.figure, ToldFigure.n)
    query = query.join(last, on=(ToldFigure.unit == last.c.unit) & (ToldFigure.period == last.c.period))
    query = query.where(ToldFigure.parent == parent, ToldFigure.figure.in_(figures))
    for unit, figure, n in query.tuples():
        found[unit][3][figure] = n
    return found


def sums(parent, figures, since):
    """{(month, figure): (n, how many told it)} of a parent from a month on."""
    query = ToldFigure.select(ToldFigure.period, ToldFigure.figure, fn.SUM(ToldFigure.n), fn.COUNT(ToldFigure.n))
    query = query.where(ToldFigure.parent == parent, ToldFigure.figure.in_(figures), ToldFigure.period >= since)
    rows = query.group_by(ToldFigure.period, ToldFigure.figure).tuples()
    return {(period, figure): (int(n or 0), many) for period, figure, n, many in rows}


def numbers(parent, period, figure):
    """{unit: n} of a figure in a month, of the units that told it."""
    query = ToldFigure.select(ToldFigure.unit, ToldFigure.n).where(
        ToldFigure.parent == parent, ToldFigure.n.is_null(False)
    )
    return dict(query.where(ToldFigure.period == period, ToldFigure.figure == figure).tuples())


def told_of(parent, period):
    """The units that told a month of a parent."""
    query = ToldMonth.select(ToldMonth.unit).where(ToldMonth.parent == parent, ToldMonth.period == period)
    return {unit for (unit,) in query.tuples()}


def _of(model, **about):
    return model.select().where(*(getattr(model, name) == value for name, value in about.items()))
