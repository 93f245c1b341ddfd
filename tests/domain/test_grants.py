"""One query knows which grants count; nobody else asks the tables of grants, ends and beginnings."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASKS = re.compile(r"RoleGrant\.(select|get)|join\(Role(Grant|End|Start)|RoleEnd\.select")
KNOWN = {"places/grants.py", "people/role_starts.py", "people/second_officers.py", "people/accounts.py"}


def test_nobody_else_asks_which_grants_count():
    """role_starts asks for what waits, second_officers who gave lately, accounts lists all that ever was."""
    domain = ROOT / "pwa/domain"
    found = {str(path.relative_to(domain)) for path in domain.rglob("*.py") if ASKS.search(path.read_text())}
    assert {name for name in found if "promises" not in name} <= KNOWN, found - KNOWN
