"""PostgreSQL is told every story where it matters, and the first story of every other room that opens a database."""

from collections import defaultdict

import pytest

from tests import engines
from tests.sources import ROOT


def test_every_room_that_is_named_is_there():
    names = {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    assert names >= engines.EVERY_ROUTE | engines.FIRST_OF_DOMAIN
    assert all((ROOT / "tests" / folder).is_dir() for folder in engines.EVERY)


def test_every_file_that_opens_a_database_tells_a_story_on_postgres(request):
    """Of the files that this run collected; all of them in `make test`."""
    if not request.config.getoption("postgres"):
        pytest.skip("without a database of PostgreSQL")
    told = defaultdict(set)
    for item in request.session.items:
        engine = getattr(item, "callspec", None) and item.callspec.params.get("engine")
        if engine and not item.get_closest_marker("only") and not item.get_closest_marker("browser"):
            told[item.path].add(engine)
    assert [str(path) for path, names in told.items() if "postgres" not in names] == []


@pytest.mark.parametrize(
    ("path", "every"),
    [
        ("tests/domain/test_ledger.py", True),
        ("tests/domain/test_slips.py", False),
        ("tests/routes/test_cash.py", False),
        ("tests/routes/test_sync_entries.py", True),
    ],
)
def test_what_is_decided_by_tables_is_told_wholly(path, every):
    assert engines.tells_every(ROOT / path) == every
