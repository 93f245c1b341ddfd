"""What a restored server does not know: which numbers it gave after its backup. So numbers go on far above those it may have given."""

from db.models import Tie

GAP = 1_000
"""A restored server goes on so much higher."""


def last():
    """The number of the marked tie of the last restore; 0 where there was none."""
    return Tie.select(Tie.id).where(Tie.mark == "restored").order_by(Tie.id.desc()).limit(1).scalar() or 0


def gap(row):
    """How much higher than this row's number (a row of a tied table, or None) the next one is."""
    since = 0
    if row is not None and last():
        ties = Tie.select(Tie.id).where(Tie.table == row._meta.table_name, Tie.row == str(row.id))
        since = ties.order_by(Tie.id.desc()).limit(1).scalar() or 0
    return GAP * Tie.select().where(Tie.mark == "restored", Tie.id > since).count()
