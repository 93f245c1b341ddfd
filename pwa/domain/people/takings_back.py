"""Rows that their maker took back at once (an acceptance, an aside, a finding, an admission). The row stays; the next one has the next turn."""

from peewee import fn

from db.models import Membership, TakingBack


def turn(column, about):
    """The turn of a new row about this: how many there were, all taken back."""
    return column.model.select().where(column == about).count()


def turns(column, ids):
    """{row id: turn} of those about which there was one already."""
    query = column.model.select(column, fn.COUNT(column.model.id)).where(column.in_(list(ids)))
    return dict(query.group_by(column).tuples())


def take(made, *, by, at):
    """Take a row back. Who may, and until when, is for who calls to know."""
    TakingBack.create(kind=made._meta.table_name, row=made.id, account=by.id, at=at)


def standing(model):
    """Condition: this row was not taken back. A Membership stands while its admission does."""
    row = model.admission if model is Membership else model.id
    kind = "admission" if model is Membership else model._meta.table_name
    return ~fn.EXISTS(TakingBack.select(TakingBack.id).where(TakingBack.kind == kind, TakingBack.row == row))


def of(model, row_id):
    """The TakingBack of a row, or None while it stands."""
    return TakingBack.get_or_none(TakingBack.kind == model._meta.table_name, TakingBack.row == row_id)
