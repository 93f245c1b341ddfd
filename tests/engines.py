"""Which databases a story is told on: SQLite all of them, PostgreSQL where it matters.

What is decided by tables, guards, locks and searches lies in the domain: there every story is told on both. A page calls what was told
there: the first story of its file is enough on PostgreSQL, for the route's own words to it. So is that of what computes from what it
has read. The rooms below differ from their folder.
"""

import pytest

from tests import databases

FIRST = pytest.StashKey[dict]()
"""{module: the first story of it that needs a database}."""
EVERY = {"domain", "faults", "fuzz", "serving"}
EVERY_ROUTE = {
    "test_backups", "test_custody", "test_hostile_requests", "test_ledger", "test_out_of_reach", "test_sync_books", "test_sync_chains",
    "test_sync_device", "test_sync_entries", "test_sync_faults", "test_sync_limits", "test_sync_numbers", "test_two_officers",
}  # fmt: skip
"""Custody, books and copies: what two do at once, what is sent twice, a database that is locked, full or gone."""
FIRST_OF_DOMAIN = {
    "test_benefits", "test_ceremonies", "test_characters", "test_claim_asking", "test_claim_people", "test_claim_states",
    "test_collection_sheets", "test_coverage", "test_desk_slips", "test_forms", "test_heads", "test_judgement", "test_kinds",
    "test_machine_checks", "test_outlook", "test_own_news", "test_passbooks", "test_paying", "test_plainly", "test_readings",
    "test_receipt_flags", "test_receipt_pages", "test_rejudgement", "test_retelling", "test_rights", "test_sheet_groups", "test_sheet_keys",
    "test_sheets", "test_slips", "test_slow_rules", "test_standing", "test_stubs", "test_verdicts", "test_versions", "test_wording",
}  # fmt: skip
"""Rules, sums, sentences and paper, of rows that other stories wrote and read on both."""


def chosen(metafunc):
    """The names of the databases on which this story is told."""
    marker, path = metafunc.definition.get_closest_marker("only"), metafunc.definition.path
    wanted = ["sqlite", "postgres"] if marker is None else list(marker.args)
    if not metafunc.config.getoption("postgres") or "browser" in path.parts:
        wanted = [one for one in wanted if one == "sqlite"]
    elif marker is None and not is_first(metafunc) and not tells_every(path):
        wanted = ["sqlite"]
    return wanted


def tells_every(path):
    """Whether all stories of a file are told on PostgreSQL too."""
    folder, name = path.parent.name, path.stem
    return name in EVERY_ROUTE or (folder in EVERY and name not in FIRST_OF_DOMAIN)


def is_first(asked):
    """Whether no other story of its file that needs a database stands before it."""
    firsts = asked.config.stash.setdefault(FIRST, {})
    return firsts.setdefault(asked.module.__name__, asked.function.__name__) == asked.function.__name__


def is_proved(request):
    """Whether every promise is proved after a story: on PostgreSQL after the first of a file, since what it leaves is the same on both."""
    is_told_here_alone = databases.engine == "sqlite" or request.node.get_closest_marker("only")
    return not request.config.getoption("unproved") and bool(is_told_here_alone or is_first(request))
