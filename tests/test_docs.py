"""What is written about the code is true: every file, name, table and import that a page names is there."""

import ast
import re
from functools import cache

import pytest

from db import care, models
from pwa.domain.operations import digests, frozen_tables
from tests.sources import DOMAIN, PYTHON, ROOT, SCRIPTS, none, tree
from tests.test_layers import GROUPS, names_imported

PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "STYLE.md", "SECURITY.md")]
PAGES += sorted((ROOT / "docs").glob("*.md"))
RECIPES = ROOT / "CONTRIBUTING.md"
ARCHITECTURE = ROOT / "docs/architecture.md"
QUOTED = re.compile(r"`([^`\n]+)`")
TOP = tuple(f"{path.name}/" for path in ROOT.iterdir() if path.is_dir() and path.name[0] != ".")
FILE = re.compile(r"[\w@.*/-]+\.(py|js|html|json|md|txt|css|toml|csv|po|pot)")
NAME = re.compile(r"([a-z_]+)\.([A-Za-z_]+)")
NO_MODULE = {"entry.outcome", "base.shown"}
"""Values of a row and of a payload."""


def quoted(path, pattern=QUOTED):
    """What stands in backticks on a page, but for its blocks."""
    return pattern.findall(re.sub(r"^```.*?^```", "", path.read_text(), flags=re.S | re.M))


@cache
def files():
    return {path.name for room in TOP for path in (ROOT / room).rglob("*") if path.is_file()}


def is_there(word):
    """A path of the repository, with `*` perhaps; or the bare name of some file."""
    bare = "/" not in word
    return any(ROOT.glob(word.rstrip("/"))) or (bare and word in files())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page):
    words = {word for word in quoted(page) if word.startswith(TOP) or FILE.fullmatch(word)}
    none(sorted(word for word in words if "<" not in word and word[0] != "/" and not is_there(word)))
    links = quoted(page, re.compile(r"\]\(([\w./-]+)\)"))
    none(sorted(link for link in links if not (page.parent / link).exists()))


def test_every_part_of_a_drawing_is_there():
    drawn = re.findall(
        r"\b((?:pwa|db|deploy)/[\w./-]+\w)", "".join(re.findall(r"^```.*?^```", ARCHITECTURE.read_text(), re.S | re.M))
    )
    assert drawn
    none(sorted(word for word in drawn if not is_there(word)))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_that_a_page_names_is_there(page):
    """`module.name`, in Python or in a script; a word that only looks like one stands in NO_MODULE."""
    words = {word for word in quoted(page) if NAME.fullmatch(word) and not FILE.fullmatch(word)} - NO_MODULE
    asked = {word: (names(word.split(".")[0]), word.split(".")[1]) for word in words}
    none(sorted(word for word, (known, name) in asked.items() if name not in known and (known or page == RECIPES)))


@cache
def names(module):
    """What stands in every module, package and script of this last name; nothing where there is none."""
    found = set()
    for path in PYTHON:
        if path.parent.name == module:
            found.add(path.stem)
        if module == (path.parent.name if path.stem == "__init__" else path.stem):
            found.update(defined(tree(path)))
    for path in SCRIPTS:
        if path.stem == module:
            found.update(re.findall(r"^export (?:async )?(?:function|const|class) (\w+)", path.read_text(), re.M))
    return found


def defined(module):
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        yield from (
            name.id for target in targets for name in ast.walk(target or ast.Pass()) if isinstance(name, ast.Name)
        )


def test_every_pitfall_has_its_tests():
    """Each row of the page names tests that exist, as `file.py::test`."""
    page = (ROOT / "docs/pitfalls.md").read_text()
    rows = [row for row in re.findall(r"^\| .* \|$", page, re.M) if not row.startswith(("| What", "| Event"))]
    there = {f"{path.name}::{name}" for path in PYTHON if path.name.startswith("test_") for name in defined(tree(path))}
    none([row for row in rows if "::" not in row])
    none(sorted(set(re.findall(r"`(\w+\.py::\w+)`", page)) - there))


def test_every_table_that_a_recipe_names_stands_in_its_file():
    """CAPITALS belong to a file of the same step."""
    lost = []
    for step in re.split(r"\n(?=\s*(?:\d\.|-|\*)\s)|\n\n", RECIPES.read_text()):
        words = QUOTED.findall(step)
        near = [ROOT / word for word in words if word.startswith(TOP) and (ROOT / word).is_file()]
        capitals = [word for word in words if re.fullmatch(r"[A-Z]{2}[A-Z_]+", word)]
        text = "".join(path.read_text() for path in near)
        lost += [
            f"{word} in {step.strip()[:60]}"
            for word in capitals
            if near and not re.search(rf"^(?:export )?(?:const )?{word}\b.*=", text, re.M)
        ]
    none(lost)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_target_of_make_is_there(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    none(sorted(set(re.findall(r"`make ([a-z-]+)", page.read_text())) - targets))


def test_groups_import_what_the_page_says():
    said = {}
    for rooms, above in re.findall(r"^\| (`pwa/domain/.*?) \| (.*?) \|$", ARCHITECTURE.read_text(), re.M):
        for room in re.findall(r"pwa/domain/(\w+)/", rooms):
            said[room] = set(above.split(", ")) & set(GROUPS)
    real = {group: set() for group in GROUPS}
    for path in DOMAIN:
        words = [name.split(".") for name in names_imported(path) if name.startswith("pwa.domain.")]
        real.get(path.parent.name, set()).update({w[2] for w in words if w[2] in GROUPS} - {path.parent.name})
    assert said == real


def test_tables_are_marked_as_they_are(settled_fund):
    marks = {}
    for row in re.findall(r"^\|[^|]*\| (`[a-z_]+`.*?) \| (.*?) \|$", ARCHITECTURE.read_text(), re.M):
        words = row[1].split(" · ") if " · " in row[0] else [row[1]] * 99
        marks |= dict(zip(QUOTED.findall(row[0]), words, strict=False))
    tables = {model._meta.table_name for model in models.ALL}
    marks = {name: mark for name, mark in marks.items() if name in tables}
    assert marks.keys() == tables
    assert {name for name, mark in marks.items() if "frozen" in mark} == frozen_ones()
    assert {name for name, mark in marks.items() if "tied" in mark} == set(care.tied())
    assert {name for name, mark in marks.items() if "digested" in mark} == {m._meta.table_name for m in digests.TABLES}


def frozen_ones():
    return {model._meta.table_name for model in frozen_tables.APPEND_ONLY}


def test_every_row_of_the_glossary_has_its_columns():
    text = (ROOT / "GLOSSARY.md").read_text()
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    none([row for row in rows if row.count(" | ") not in (2, 3)])
    none({row for row in rows if not row.startswith("| Thai") and rows.count(row) > 1})
