"""The project's own files, and what a test reads off them without running them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOMAIN = sorted((ROOT / "pwa/domain").rglob("*.py"))
ROUTES = sorted((ROOT / "pwa/routes").rglob("*.py"))
TEMPLATES = sorted((ROOT / "pwa/templates").rglob("*.html"))
PYTHON = sorted(path for room in ("pwa", "db", "tests", "bench", "locales") for path in (ROOT / room).rglob("*.py"))
SCRIPTS = sorted(path for path in (ROOT / "pwa/static").rglob("*.js") if "vendor" not in path.parts)


@cache
def tree(path):
    return ast.parse(path.read_text())


def none(found):
    """Nothing was found; otherwise say all of it, a line each."""
    assert not found, "\n" + "\n".join(map(str, found))


def named(path):
    return str(path.relative_to(ROOT))


def imports(path):
    """The modules a file imports, anywhere in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
