"""No page reads a table that grows with the village from end to end: whatever it asks is found along an index."""

import re

import pytest

import db
from pwa.domain.register import households
from tests import databases
from tests.apps import app_on
from tests.conftest import build_village, settings_for
from tests.routes.test_query_budget import visits_of
from tests.sources import none
from tests.statements import listening
from tests.things import things

pytestmark = [pytest.mark.only("sqlite"), pytest.mark.slow]

LARGE = set(
    "entry entry_key opening seat whereabouts twin named_photo stored_blob untold household person likeness name_part bearer fact "
    "health_fact application admission membership notice viewing approval return rejection comment replacement "
    "counter_decision acceptance aside taking_back lot finding session passkey device_use".split()
)
"""Tables whose rows come with the households, the entries about them, and the years; not `waiting_key`, which goes with a decision."""
AT_ONCE = "one row is enough, whichever comes first"
IN_ORDER = "in the order of an index, until there are enough for the page"
SOUGHT = "a word may stand anywhere in it; only where the first six hundred houses of the walk had too few"
READ_WHOLE = {
    ("passkey", "/enrol"): AT_ONCE,
    ("passkey", "/sign-in"): AT_ONCE,
    ("untold", "/notices"): IN_ORDER,
    ("name_part", "/households?q=ไม่มี"): f"a few thousand spellings, whoever bears them; {SOUGHT}",
    ("household", "/households?q=ไม่มี"): SOUGHT,
    ("opening", "/devices"): "which phones recorded here is nowhere kept; few open this page",
    ("opening", "/devices/<uuid:device_id>"): "the same",
    ("opening", "/board/<uuid:device_id>"): "the same",
}
"""{(table, address): why a page may read it from end to end all the same}."""
MORE = {
    "/households": {"/households?q=ไม่มี": "/households?q=ไม่มี"},
    "/review": {page: page for page in ("/review?view=returned", "/review?view=doubles", "/review?page=2")},
    "/board": {"/board?page=2": "/board?page=2"},
    "/quarantine": {"/quarantine?after=1": "/quarantine?after=1"},
}
"""Pages that are found by what stands behind their address."""
ALIAS = re.compile(r'"(\w+)" AS "(\w+)"')
READ = re.compile(r"^(?:SCAN (\w+)|SEARCH (\w+) USING AUTOMATIC)")


def asked(client, path):
    """What a page asks, as (SQL, parameters), without what it asks about nobody: SQLite knows that there is none."""
    with listening() as statements:
        client.get(path)
    db.database.connect(reuse_if_open=True)
    return [(sql, values) for sql, values in statements if sql.startswith(("SELECT", "WITH")) and "(0 = 1)" not in sql]


def read_whole(sql, parameters):
    """The large tables that SQLite would read from end to end for this."""
    names = {alias: table for table, alias in ALIAS.findall(sql)}
    steps = db.database.connection().execute(f"EXPLAIN QUERY PLAN {sql}", parameters or ())
    found = [READ.match(step) for *_, step in steps]
    return {names.get(name, name) for one in found if one for name in one.groups() if name} & LARGE


def test_no_page_reads_a_large_table_whole(engine, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(households, "MOST_WALKED", 2)  # this village is larger than what is walked first
    build_village(tmp_path, visits=1)
    app, found = app_on(settings_for(tmp_path)), {}
    db.database.connect(reuse_if_open=True)
    for client, handle, rule, address in visits_of(app, things()):
        for page, path in {rule: address, **MORE.get(rule, {})}.items():
            for sql, parameters in asked(client, path):
                for table in read_whole(sql, parameters):
                    found.setdefault((table, page), f"{table} for {page} as {handle}: {sql}")
    databases.close()
    with capsys.disabled():
        for (table, page), why in READ_WHOLE.items():
            print(f"\n{page} reads {table} whole: {why}", end="")
    none([told for name, told in found.items() if name not in READ_WHOLE])
    assert READ_WHOLE.keys() <= found.keys()
