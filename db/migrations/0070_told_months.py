"""What accepted reports tell by the month, so that no page of a network reads the files; of those that are there, from the files."""

import json

from peewee import BigIntegerField, BlobField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class ReceivedReport(Known):
        unit = TextField()
        period = TextField()
        seq = IntegerField()
        parent = TextField()
        file = BlobField()

        class Meta:
            table_name = "received_report"

    class ReportAcceptance(Known):
        received = ForeignKeyField(ReceivedReport)

        class Meta:
            table_name = "report_acceptance"

    class ToldMonth(Known):
        received = ForeignKeyField(ReceivedReport, primary_key=True)
        parent = TextField()
        unit = TextField()
        period = TextField()
        seq = IntegerField()
        name = TextField()

        class Meta:
            table_name = "told_month"
            indexes = ((("parent", "unit", "period"), True), (("parent", "period"), False))

    class ToldFigure(Known):
        parent = TextField()
        unit = TextField()
        period = TextField()
        figure = TextField()
        n = BigIntegerField(null=True)

        class Meta:
            table_name = "told_figure"
            indexes = ((("parent", "unit", "period", "figure"), True), (("parent", "figure", "period", "n"), False))

    db.create_tables([ToldMonth, ToldFigure])
    counts = {}
    query = ReceivedReport.select().join(ReportAcceptance).order_by(ReceivedReport.seq, ReportAcceptance.id)
    for row in query.iterator():
        counts[row.parent, row.unit, row.period] = row
    for (parent, unit, period), row in counts.items():
        head, *lines = bytes(row.file).partition(b"\n\n")[0].decode().split("\n")
        name = json.loads(head)["name"]
        ToldMonth.insert(received=row.id, parent=parent, unit=unit, period=period, seq=row.seq, name=name).execute()
        for cell in map(json.loads, lines):
            if not cell["by"]:
                is_told = cell["s"] in ("value", "zero") and "d" not in cell
                n = cell.get("n", 0) if is_told else None
                ToldFigure.create(parent=parent, unit=unit, period=period, figure=cell["figure"], n=n)
