"""Certificates of keys, and the place of each received report among those of its unit: one number, one seat, forks beside it."""

import json
from collections import Counter

from peewee import BigIntegerField, BlobField, BooleanField, Check, ForeignKeyField, IntegerField, Model, TextField

from db import append_only


def up(migrator, db):
    class Known(Model):
        class Meta:
            database = db

    class ReceivedReport(Known):
        unit = TextField()
        seq = IntegerField()
        file = BlobField()

        class Meta:
            table_name = "received_report"

    class KeyCertificate(Known):
        unit = TextField(index=True)
        vkey = TextField()
        from_seq = IntegerField(constraints=[Check("from_seq >= 1")])
        replaces = TextField(default="")
        revoked = BooleanField(default=False)
        certifier = TextField()
        signed = TextField(unique=True)
        at = BigIntegerField()

        class Meta:
            table_name = "key_certificate"

    class ReportSeat(Known):
        received = ForeignKeyField(ReceivedReport, unique=True)
        unit = TextField()
        seq = IntegerField()
        fork = IntegerField(constraints=[Check("fork >= 0")])
        prev = TextField(default="", index=True)

        class Meta:
            table_name = "report_seat"
            indexes = ((("unit", "seq", "fork"), True),)

    made = [KeyCertificate, ReportSeat]
    db.create_tables(made)
    for one in made:
        table = one._meta.table_name
        append_only.freeze(db, table)
        append_only.tie(db, table, [column.name for column in db.get_columns(table)])
    seated = Counter()
    for row in ReceivedReport.select().order_by(ReceivedReport.id).iterator():
        prev = json.loads(bytes(row.file).partition(b"\n")[0])["prev"]
        ReportSeat.create(received=row.id, unit=row.unit, seq=row.seq, fork=seated[row.unit, row.seq], prev=prev)
        seated[row.unit, row.seq] += 1
