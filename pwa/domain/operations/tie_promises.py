"""The promises about history: no row that was tied or digested was changed, taken away or put in below the app."""

from collections import defaultdict

from db import care, database, models, ties
from db.models import Digest
from pwa.domain.operations import digests, heads

PARTLY = {"account", "enrolment", "passkey", "membership", "key", "backup"}
"""Tables that may change and are tied over the columns that never do."""


def new_rows_are_tied():
    """Every small frozen table has the trigger that notes what is new in it."""
    for table in sorted(_small() - care.tied().keys()):
        yield f"{table} may grow without a tie: its trigger is missing."


def ties_follow_each_other():
    """Each tie names the one before, numbers leave no gap but where a restore is marked, and the last check's head is among them."""
    number, head = 0, ""
    for tie in _ties():
        if tie[-1] != head:
            yield f"The tie {tie[0]} does not name the tie {number}: one of them was changed."
        elif tie[0] != number + (ties.GAP if tie[-2] == "restored" else 1):
            yield f"The ties between {number} and {tie[0]} are gone."
        number, head = tie[0], ties.spelled(tie)
    if not heads.holds(*heads.noted()):
        yield "History was changed: the tie that the last check found at the end is another one now, or gone."


def rows_are_as_they_were_tied():
    """Each row of a small frozen table is there, as it was tied, and none is there that no transaction of the app tied."""
    database.ties.tie()  # what the transaction in hand has added, if there is one
    tied = defaultdict(dict)
    for number, table, row, columns, told, mark, _ in _ties():
        if mark == "restored":
            continue
        if row in tied[table, columns]:
            earlier, _ = tied[table, columns][row]
            yield f"{table} {row} is gone, and another one has its number (ties {earlier} and {number})."
        tied[table, columns][row] = number, told
    known = defaultdict(set)
    for (table, columns), rows in tied.items():
        known[table] |= rows.keys()
        there = _hashes(table, columns.split(","))
        for row, (number, told) in rows.items():
            if row not in there:
                yield f"{table} {row} is gone (tie {number})."
            elif there[row] != told:
                yield f"{table} {row} was changed after it was recorded (tie {number})."
    for table in sorted(_small()):
        for row in sorted(_rows(table) - known[table]):
            yield f"{table} {row} was put in by hand: no tie names it."


def custody_is_as_it_was_digested():
    """Each row of custody is as it was in the night after it came."""
    for digest in Digest.select().order_by(Digest.id):
        then, columns = digests.held(digest), digest.columns.split(",")
        now = digests.rows(digest.table, columns, digest.first, digest.last)
        for row in sorted(then.keys() | now.keys()):
            if row not in now:
                yield f"{digest.table} {row} is gone."
            elif row not in then:
                yield f"{digest.table} {row} was put in by hand: its digest has no such row."
            elif now[row] != then[row]:
                yield f"{digest.table} {row} was changed after it was recorded."


def _small():
    custody = {model._meta.table_name for model in digests.TABLES}
    return (care.frozen("update") | PARTLY) - custody - {"tie"}


def _key(table):
    [model] = [model for model in models.ALL if model._meta.table_name == table]
    return model._meta.primary_key.column_name


def _ties():
    for page in ties.pages(database.obj, "tie", ties.COLUMNS):
        yield from page


def _rows(table):
    """The rows that are there, by their keys."""
    return {ties.named(key) for page in ties.pages(database.obj, table, [_key(table)]) for (key,) in page}


def _hashes(table, columns):
    """{row: the hash of what it says now}."""
    found = {}
    for page in ties.pages(database.obj, table, columns):
        found |= {ties.named(values[0]): ties.spelled(values) for values in page}
    return found
