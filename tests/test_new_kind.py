"""A further kind of entry is files of its own and lines in tables: one is added to a copy of the tree, and lives there."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pwa.domain import kinds
from pwa.domain.kinds import forms
from pwa.domain.privacy import dictionary
from pwa.domain.register import three_way_merge
from pwa.domain.review import effects

ROOT = Path(__file__).parents[1]
ADDED = ROOT / "tests" / "new_kind" / "tree"
LINES = {
    "pwa/domain/kinds/__init__.py": [
        ("import correction, draft, household\n", "import correction, draft, household, note\n"),
        ('    "draft": draft.KIND,\n', '    "draft": draft.KIND,\n    "note": note.KIND,\n'),
    ],
}
"""The lines in shared tables that the new kind needs."""
ROOMS = ("pwa/domain/kinds", "pwa/demo", "pwa/templates/households", "pwa/templates/review/kinds")
TABLES = ("pwa/domain/review/effects.py", "pwa/domain/register/three_way_merge.py")


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The app with note@1 in it."""
    tree = tmp_path_factory.mktemp("tree")
    for part in ("pwa", "db", "locales", "tests"):
        shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__", "golden", "released"))
    shutil.copytree(ROOT / "pwa" / "released", tree / "pwa" / "released")
    shutil.copy(ROOT / "pyproject.toml", tree)
    shutil.copytree(ADDED, tree, dirs_exist_ok=True)
    for path, changes in LINES.items():
        text = (tree / path).read_text()
        for before, after in changes:
            assert text.count(before) == 1, (path, before)
            text = text.replace(before, after)
        (tree / path).write_text(text)
    return tree


def test_a_new_kind_lives_by_its_files_and_its_lines(tree):
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/new_kind/story.py"],
        cwd=tree,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert told.returncode == 0, told.stdout[-4000:] + told.stderr[-2000:]
    assert "3 passed" in told.stdout


def test_shared_code_names_no_kind():
    """A kind's name is compared with, or looked for, only in its room and in the tables."""
    named = {"household", "correction", "draft"}
    for path in sorted((ROOT / "pwa").rglob("*.py")):
        place = str(path.relative_to(ROOT))
        if place.startswith(ROOMS) or place in TABLES:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
            words = {one.value for side in sides for one in ast.walk(side) if isinstance(one, ast.Constant)}
            asked = any(
                isinstance(one, ast.Attribute) and one.attr == "kind" for side in sides for one in ast.walk(side)
            )
            assert not (asked and words & named), f"{place}:{node.lineno}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.startswith(tuple(f"{kind}@" for kind in named)), f"{place}:{node.lineno}"


def test_every_published_form_has_its_room():
    """Its module with a word for each field, a purpose for each, and, where somebody decides about it, a sheet."""
    for form in forms.NAMES:
        kind = kinds.KINDS[forms.kind_of(form)]
        assert forms.schema(form)["title"] and kind.title
        items = [item for item in dictionary.items() if item.form == form]
        assert all(item.purpose and item.readers and item.retention for item in items), form
        has_sheet = (ROOT / "pwa/templates/review/kinds" / f"{kind.name}.html").exists()
        assert has_sheet == bool(kind.checkers), form
        assert kind.name in kinds.CHECKED or kind.name not in {*effects.EFFECTS, *three_way_merge.FOLDED}
    assert {forms.kind_of(form) for form in forms.NAMES} == set(kinds.KINDS)
