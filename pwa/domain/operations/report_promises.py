"""The promise about what pages of networks are read from: it says what the files of the reports say that count."""

import json

from db.models import ReceivedReport, ReportAcceptance, ToldFigure, ToldMonth


def networks_are_shown_what_was_accepted():
    """Of each unit and month the accepted report with the highest number counts, and its figures are those of its file."""
    counting = _counting()
    for row in ToldMonth.select().order_by(ToldMonth.received):
        of = row.parent, row.unit, row.period
        if counting.get(of) != row.received_id:
            yield f"The report {row.received_id} is shown as the one that counts for {' '.join(of)}, and is not."
    shown = set(ToldMonth.select(ToldMonth.received).tuples())
    for of, number in counting.items():
        if (number,) not in shown:
            yield f"The report {number} counts for {' '.join(of)}, and is not shown."
        else:
            yield from _differences(of, ReceivedReport.get_by_id(number))
    for of in sorted(set(_key(ToldFigure.select()).distinct().tuples()) - counting.keys()):
        yield f"Figures are shown of {' '.join(of)}, of which no report counts."


def _counting():
    """{(parent, unit, month): the report that counts}, by the acceptances alone."""
    found = {}
    query = ReceivedReport.select(ReceivedReport.id, ReceivedReport.parent, ReceivedReport.unit, ReceivedReport.period)
    for number, *of in query.join(ReportAcceptance).order_by(ReceivedReport.seq, ReportAcceptance.id).tuples():
        found[tuple(of)] = number
    return found


def _differences(of, received):
    head, *lines = bytes(received.file).partition(b"\n\n")[0].split(b"\n")
    month = ToldMonth.get(ToldMonth.received == received)
    if (month.seq, month.name) != tuple(json.loads(head)[name] for name in ("seq", "name")):
        yield f"The report {received.id} has another number or name than is shown of {' '.join(of)}."
    cells = [cell for cell in map(json.loads, lines) if not cell["by"]]
    told = {cell["figure"]: _number(cell) for cell in cells}
    parent, unit, period = of
    query = ToldFigure.select(ToldFigure.figure, ToldFigure.n).where(ToldFigure.parent == parent)
    shown = dict(query.where(ToldFigure.unit == unit, ToldFigure.period == period).tuples())
    for figure in sorted(told.keys() | shown.keys()):
        if figure not in shown or figure not in told or told[figure] != shown[figure]:
            yield f"{' '.join(of)}, {figure}: {shown.get(figure)} is shown, the report says {told.get(figure)}."


def _number(cell):
    return cell.get("n", 0) if cell["s"] in ("value", "zero") and "d" not in cell else None


def _key(query):
    return query.select(ToldFigure.parent, ToldFigure.unit, ToldFigure.period)
