"""The rules of the house that a machine can see. Each test is one rule of STYLE.md."""

import ast
import json
import re
import subprocess
from datetime import UTC, datetime

import pytest
from peewee import BlobField, SqliteDatabase
from playhouse import migrations
from playhouse.schema_diff import diff_models

import db
from db import MIGRATIONS, models
from locales import catalogues
from pwa import demo, open_data
from pwa.config import from_environment
from pwa.domain import kinds
from pwa.domain.crypto import keyring
from pwa.domain.operations import promises
from tests.sources import DOMAIN, PYTHON, ROOT, ROUTES, SCRIPTS, TEMPLATES, named, none, tree

READABLE = [models.Unit, models.Fund, models.Account, models.RoleGrant, models.Household, models.Person]
READABLE += [models.Application, models.Resolution, models.Admission, models.Membership]
KEYED = {"id_index"}


def imported(path):
    """The last names of what a file imports from the domain."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pwa.domain"):
            yield from (node.module.split(".")[-1], *(alias.name for alias in node.names))


def test_every_view_says_who_may_enter(app):
    silent = [name for name, view in app.view_functions.items() if not hasattr(view, "access")]
    none(silent)
    decorated = [
        function for path in ROUTES for function in ast.walk(tree(path)) if isinstance(function, ast.FunctionDef)
    ]
    twice = [function.name for function in decorated if len(doors(function)) > 1]
    none(twice)


def doors(function):
    names = [getattr(d.func if isinstance(d, ast.Call) else d, "id", "") for d in function.decorator_list]
    return [name for name in names if name in ("requires", "public")]


def test_addresses_are_kebab_case_and_typed(app):
    odd = []
    for rule in app.url_map.iter_rules():
        for part in rule.rule.strip("/").split("/"):
            typed = re.fullmatch(r"(?:[a-z0-9.-]*)<\w+(?:\([^)]*\))?:\w+>(?:\.[a-z]+)?", part)
            if not typed and not re.fullmatch(r"[a-z0-9.-]*", part) and rule.endpoint != "static":
                odd.append(rule.rule)
    none(odd)


def test_every_domain_module_is_explained_and_tested():
    """A test file bears its name, or tests it under the name of the act it serves."""
    tests = [path for path in PYTHON if path.name.startswith("test_") and path.is_relative_to(ROOT / "tests")]
    known = {module for path in tests for module in (path.stem.removeprefix("test_"), *imported(path))}
    none([named(path) for path in PYTHON if path.stat().st_size and not ast.get_docstring(tree(path))])
    none([named(path) for path in DOMAIN if path.stem not in known | {"__init__"}])


def test_every_page_lives_in_its_rooms_folder():
    homeless = []
    for path in ROUTES:
        pages = re.findall(r'render\(\s*"(\w+)/', path.read_text())
        homeless += [f"{named(path)} has no templates/{path.stem}" for _ in pages[:1] if path.stem not in pages]
    none(homeless)


def test_no_title_names_anybody():
    """Titles go into the browser's history, which nobody of ours can empty."""
    titles = {path: re.search(r"{% block title %}(.*?){% endblock %}", path.read_text()) for path in TEMPLATES}
    none([named(path) for path, title in titles.items() if title and re.search(r"\bname|_name|house\b", title[1])])


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates_hold_markup_and_nothing_else(path):
    text = path.read_text()
    is_part = path.name.startswith("_") or path.parent.name == "kinds"
    whole = path.name in ("base.html", "print.html") or is_part or "{% macro" in text
    assert whole or re.match(r'\s*(\{#.*?#\}\s*)?\{%-? extends "(base|print|forms/_page)\.html"', text, re.S), (
        "extends neither base nor print nor the page of a form"
    )
    assert not re.search(r"<script\b[^>]*>\s*[^<\s]", text), "a script with a body"
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']", text), "style or behaviour in the markup"
    for imported in re.findall(r"\{%-? from \"[^\"]+\" import ([^%]*?)(?: with context)? -?%\}", text):
        for name in re.split(r"\s*,\s*", imported.strip()):
            alias = name.split(" as ")[-1]
            assert len(re.findall(rf"\b{alias}\b", text)) > 1, f"{alias} is imported and not used"
    for alias in re.findall(r"\{%-? import \"[^\"]+\" as (\w+)", text):
        assert f"{alias}." in text, f"{alias} is imported and not used"


def test_catalogues_are_complete():
    extracted = catalogues.extract()
    committed = catalogues.read(catalogues.POT)
    none([f"run make catalogues: {text}" for text in {m.id for m in extracted} ^ {m.id for m in committed}])
    assert catalogues.as_text(extracted) == catalogues.POT.read_text(), "run make catalogues"
    thai = catalogues.read(catalogues.THAI, "th")
    assert {message.id for message in thai} == {message.id for message in extracted}
    texts = [message for message in thai if message.id]
    none([message.id for message in texts if not catalogues.is_translated(message) or message.fuzzy])
    assert not thai.fuzzy, "a fuzzy head makes pybabel compile nothing, without a word"
    none([m.id for m in texts if placeholders(m.id) != placeholders(m.string)])


def test_whoever_reads_is_spoken_to_in_one_way():
    """The reader is ท่าน; คุณ stands before a name only."""
    spoken = re.compile("(?<!ขอบ)(?<!พระ)คุณ(?!ภาพ|สมบัติ|วุฒิ|ธรรม|%\\()")
    thai = [message for message in catalogues.read(catalogues.THAI, "th") if message.id]
    none([message.id for message in thai if spoken.search(str(message.string))])


def placeholders(text):
    return set(re.findall(r"%\(\w+\)[a-z]", str(text)))


def test_migrations_make_the_models(tmp_path):
    database = SqliteDatabase(tmp_path / "migrated.db")
    with database.connection_context():
        migrations.run(database, str(MIGRATIONS))
        with database.bind_ctx(models.ALL, bind_refs=False, bind_backrefs=False):
            difference = diff_models(database, models.ALL)
        assert not difference, difference
        extra = set(database.get_tables()) - {model._meta.table_name for model in models.ALL}
        assert len(extra) == 1, f"tables without a model, besides the list of migrations: {extra}"


def test_files_and_functions_stay_small():
    long = [named(path) for path in (*PYTHON, *TEMPLATES, *SCRIPTS) if len(path.read_text().splitlines()) > 250]
    none(long)
    functions = [(path, node) for path in PYTHON for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]
    too_long = [
        f"{named(path)}: {node.name} has {lines}"
        for path, node in functions
        if (lines := node.end_lineno - node.lineno + 1) > (25 if path in ROUTES else 40)
        and "migrations" not in path.parts
    ]
    none(too_long)


def test_the_domain_knows_neither_clock_nor_floats():
    clock = re.compile(r"\bfloat\(|\bdate\.today\(|\bdatetime\.(now|utcnow|today)\(|\btime\.time\(")
    none([named(path) for path in DOMAIN if clock.search(path.read_text())])


def test_everything_the_worker_keeps_is_there(client, client_as):
    worker = client.get("/sw.js").text
    files = json.loads(re.search(r"const FILES = (\[.*?\]);", worker, re.S)[1])
    others = re.findall(r'"(/[^"]+)"', re.search(r"\[\.\.\.FILES,([^\]]*)\]", worker)[1])
    shells = re.findall(r'"(/[a-z]+)"', re.search(r"const SHELLS_FIRST = \[\.\.\.PAGES,([^\]]*)\]", worker)[1])
    shells += [kind.page for kind in kinds.KINDS.values() if kind.page]
    assert files
    assert others
    none([url for url in (*files, *others) if client.get(url).status_code != 200])
    volunteer = client_as("volunteer")
    none([url for url in shells if volunteer.get(url).status_code != 200])


@pytest.mark.slow
def test_the_village_is_the_same_every_time(tmp_path):
    once, twice = [village_in(tmp_path / name) for name in ("one", "two")]
    assert once.keys() == twice.keys()
    none([f"{table} differs" for table in once if once[table] != twice[table]])


def village_in(folder):
    """Build the demo village; return what a person could read of it, and how many rows every table has."""
    at = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)
    open_data(from_environment({}, data=folder))
    db.migrate()
    with db.database.connection_context():
        keyring.prepare(at=at)
        demo.build(at=at)
        none(promises.check())
        counts = {model._meta.table_name: model.select().count() for model in models.ALL}
        return counts | {f"rows of {model._meta.table_name}": rows(model) for model in READABLE}


def rows(model):
    """Every row, without what is sealed or keyed afresh in each village."""
    fields = [f for f in model._meta.sorted_fields if not isinstance(f, BlobField) and f.name not in KEYED]
    return sorted(map(repr, model.select(*fields).tuples()))


def test_nothing_made_by_a_machine_is_kept_in_git():
    """A compiled catalogue in git is older than its source on every fresh clone, and nothing makes it anew."""
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    none([path for path in kept if path.endswith((".mo", ".pyc", ".db", ".whl"))])


def test_decisions_have_a_day_and_stand_in_one_place():
    """In docs/decisions.md, each once; STYLE.md says how we write."""
    lines = [line for line in (ROOT / "docs/decisions.md").read_text().splitlines() if line.startswith("- ")]
    none([line for line in lines if not re.match(r"- \d{4}-\d\d-\d\d \*\*", line)])
    heads = [line[13:60] for line in lines]
    none({head for head in heads if heads.count(head) > 1})
    style = (ROOT / "STYLE.md").read_text().partition("## Decisions")[2]
    none([line for line in style.splitlines() if line.startswith("- ")])


def test_a_script_is_known_by_its_name():
    """Stories and people find a script by its name alone, whatever its folder."""
    names = [path.name for path in (ROOT / "pwa/static/js").rglob("*.js")]
    none([name for name in names if names.count(name) > 1])
