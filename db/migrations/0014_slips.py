"""A checker's own decision taken back within minutes is marked as a slip."""

from peewee import BooleanField


def up(migrator, db):
    migrator.add_column("counter_decision", "slip", BooleanField(null=True)).run()
