"""A further kind of entry is files of its own and lines in tables: one is added to a copy of the tree, and lives there."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages import mofile

from locales import catalogues
from pwa.domain import kinds
from pwa.domain.kinds import forms
from pwa.domain.privacy import dictionary
from pwa.domain.register import three_way_merge
from pwa.domain.review import effects

ROOT = Path(__file__).parents[1]
ADDED = ROOT / "tests" / "new_kind" / "tree"
WORDS = ROOT / "tests" / "new_kind" / "words.json"
LINES = {
    "pwa/domain/kinds/__init__.py": [
        ("    household,\n", "    household,\n    note,\n"),
        ('    "draft": draft.KIND,\n', '    "draft": draft.KIND,\n    "note": note.KIND,\n'),
    ],
    "pwa/static/js/kinds/kinds.js": [
        (
            '  correction: { page: "/corrections" },\n',
            '  correction: { page: "/corrections" },\n  note: { page: "/notes/new" },\n',
        ),
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
    translate(tree / "locales" / "th" / "LC_MESSAGES" / "messages.po")
    return tree


def translate(path):
    """Put the kind's words into the Thai catalogue."""
    thai = catalogues.read(path, "th")
    for msgid, words in json.loads(WORDS.read_text()).items():
        thai.add(msgid, words)
    path.write_text(catalogues.as_text(thai))
    with open(path.with_suffix(".mo"), "wb") as file:
        mofile.write_mo(file, thai)


def told(tree, *stories):
    """What pytest says of stories that are told in the tree."""
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *stories],
        cwd=tree,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert told.returncode == 0, told.stdout[-4000:] + told.stderr[-2000:]
    return told.stdout


def test_a_new_kind_lives_by_its_files_and_its_lines(tree):
    assert "3 passed" in told(tree, "tests/new_kind/story.py")


@pytest.mark.slow
@pytest.mark.browser
def test_a_new_kind_is_filled_in_on_a_phone(tree):
    """Offline, beside a half-typed visit to the same house; also the rules of the house hold in the tree with it."""
    assert "1 passed" in told(tree, "tests/browser/note_story.py")


def test_a_new_kind_is_a_dozen_files_and_three_lines():
    own = [path for path in ADDED.rglob("*") if path.is_file()]
    assert len(own) + len(["tests/new_kind/story.py", "tests/new_kind/words.json"]) <= 12
    assert sum(len(changes) for changes in LINES.values()) == 3


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


SCRIPTS = sorted(path for path in (ROOT / "pwa/static").rglob("*.js") if "vendor" not in path.parts)
TEMPLATES = sorted((ROOT / "pwa/templates").rglob("*.html"))
ADDRESSED = re.compile(r"household@|/households/new|households\.new\b|kind-household")
NAMED = r"""["'`](household|correction|draft)["'`]"""
ASKED = re.compile(rf"""\bkind(\.name)?["']? *(===?|!==?|:|in) *\(?{NAMED}""")
LITERAL = re.compile(r"""["']household["']""")


def test_shared_scripts_and_templates_name_no_kind():
    """The record's form, its page and a kind's name stand in their rooms (js/money/ is one) and in the phone's table; icons bear names of things."""
    found = []
    for path in SCRIPTS:
        if (
            path.name != "kinds.js"
            and not path.name.startswith(("household-", "correction"))
            and path.parent.name != "money"
        ):
            found += named(path, ADDRESSED, ASKED, LITERAL)
    for path in TEMPLATES:
        if not path.is_relative_to(ROOT / "pwa/templates/households") and "kinds" not in path.parts:
            found += named(path, ADDRESSED, ASKED)
    for path in sorted((ROOT / "pwa").rglob("*.py")):
        if not str(path.relative_to(ROOT)).startswith(ROOMS):
            found += named(path, ADDRESSED, re.compile(rf"(newest|kinds\.of|KINDS)[(\[] *{NAMED}"))
    assert not found, "\n".join(found)


def named(path, *patterns):
    lines = enumerate(path.read_text().splitlines(), 1)
    return [
        f"{path.relative_to(ROOT)}:{n}: {line.strip()}"
        for n, line in lines
        if any(one.search(line) for one in patterns)
    ]


def test_phone_and_server_know_the_same_pages(app):
    """The phone's table of kinds names the pages that the kinds' modules name, and each is there."""
    table = dict(
        re.findall(r'^  (\w+): \{ page: "([^"]+)"', (ROOT / "pwa/static/js/kinds/kinds.js").read_text(), re.MULTILINE)
    )
    assert table == {kind.name: kind.page for kind in kinds.KINDS.values() if kind.page}
    assert set(table.values()) <= {rule.rule for rule in app.url_map.iter_rules()}


def test_every_published_form_has_its_room():
    """Its module with a word for each field, a purpose for each, and, where somebody decides about it, a sheet."""
    for form in forms.NAMES:
        kind = kinds.KINDS[forms.kind_of(form)]
        assert forms.schema(form)["title"] and kind.title
        assert [path for path in paths(forms.schema(form), form) if not kinds.label(path, kind)] == [], form
        items = [item for item in dictionary.items() if item.form == form]
        assert all(item.purpose and item.readers and item.retention for item in items), form
        has_sheet = (ROOT / "pwa/templates/review/kinds" / f"{kind.name}.html").exists()
        assert has_sheet == bool(kind.checkers), form
        assert kind.name in kinds.CHECKED or kind.name not in {*effects.EFFECTS, *three_way_merge.FOLDED}
    assert {forms.kind_of(form) for form in forms.NAMES} == set(kinds.KINDS)


def paths(part, form, before=""):
    """The generic path of every field; ids of list items are none, nor are the numbers of which a position is made."""
    for name, inner in part.get("properties", {}).items():
        path = f"{before}.{name}".strip(".")
        inner = forms.field(path, form)
        yield from () if inner["type"] == "number" or (before.endswith("*") and name == "id") else (path,)
        yield from paths(inner.get("items", inner), form, f"{path}.*" if "items" in inner else path)
