"""The demo village, with fewer houses, as the tests' world: built once, copied for each test, its promises checked after every test that wrote."""

import contextlib
import fcntl
import functools
import gc
import os
import shutil
from pathlib import Path

import html5lib
import hypothesis
import pytest

import db
from pwa import config, demo, open_data, web
from pwa.access import DEVICE, SESSION
from pwa.domain.crypto import keyring
from pwa.domain.operations import promises
from pwa.domain.people import accounts, devices, sessions
from tests import databases, days, engines, tellings, two_years
from tests.apps import app_on
from tests.people_fixtures import founded, settled_fund, site  # noqa: F401

ORIGIN = "http://localhost"
SERVER = pytest.StashKey[contextlib.ExitStack]()


def pytest_addoption(parser):
    parser.addoption("--postgres", action="store_true", help="run what needs a database on PostgreSQL too")
    parser.addoption(
        "--unproved", action="store_true", help="do not prove every promise after every test: half the time"
    )


def pytest_configure(config):
    """Folders in memory where there is room, the same examples in every run, and one PostgreSQL server for all that run tests."""
    if databases.memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(databases.memory()))
    days.begin()
    hypothesis.settings.register_profile("same", derandomize=True, database=None)
    hypothesis.settings.load_profile("same")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(tellings.Listener())
    config.stash[SERVER] = contextlib.ExitStack()
    if config.getoption("postgres") and databases.SERVER not in os.environ:
        os.environ[databases.SERVER] = str(config.stash[SERVER].enter_context(databases.server()))


def pytest_unconfigure(config):
    config.stash[SERVER].close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Count the stories before a marker leaves any of them out."""
    config.stash[tellings.CASES] = tellings.cases(items)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What was imported and collected stays until the end: whoever looks for garbage in it again and again takes a thirtieth of the run."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    days.live(item)


def pytest_generate_tests(metafunc):
    """Whatever opens a database is told on each on which it matters."""
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", engines.chosen(metafunc), indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request):
    """The database that tests run on: "sqlite" or "postgres"."""
    databases.use(request.param)
    return request.param


@pytest.fixture(scope="session")
def template_data(tmp_path_factory, worker_id, engine):
    """A data folder with the demo village, one for all workers."""
    return village_for_all(tmp_path_factory, worker_id, engine)


@pytest.fixture(scope="session")
def village_of_today(tmp_path_factory, worker_id, engine):
    """The same for those whose stories live today (days.py)."""
    return village_for_all(tmp_path_factory, worker_id, f"{engine}-today")


@pytest.fixture(scope="session")
def village_of_two_years(tmp_path_factory, worker_id, engine):
    """The same with the money of two years (two_years.py), proved once."""
    village = village_for_all(tmp_path_factory, worker_id, engine)

    def build(folder):
        databases.copy(village, folder, copy_function=copy)
        open_data(settings_for(folder))
        with db.database.connection_context():
            two_years.tell()
            assert promises.check() == []
        databases.close()

    return village_for_all(tmp_path_factory, worker_id, f"{engine}-two-years", build)


def village_for_all(tmp_path_factory, worker_id, name, build=None):
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = shared / f"village-{name}"
    with open(shared / "village.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            (build or build_village)(shared / f"{name}-unfinished")
            databases.move(shared / f"{name}-unfinished", folder)
    return folder


def build_village(folder, visits=1):
    """The demo village with so many visits in each community; in a copy for every test, few are soon proved."""
    open_data(settings_for(folder))
    db.migrate()
    with db.database.connection_context():
        keyring.prepare(at=web.system_clock())
        demo.build(at=web.system_clock(), visits=visits)
    databases.close()


def settings_for(folder):
    address = databases.address(folder)
    return config.from_environment({}, data=Path(folder), database_url=address, origin=ORIGIN, demo=False)


@pytest.fixture
def data(template_data, tmp_path):
    folder = tmp_path / "data"
    databases.copy(template_data, folder, copy_function=copy)
    yield folder
    databases.drop(folder)


def copy(source, target):
    """Blobs never change, so a link will do; everything else is copied."""
    return os.link(source, target) if "/blobs/" in str(source) else shutil.copy(source, target)


@functools.cache
def untouched(template):
    """The mark of a village in which nothing has happened yet: every copy begins with it. Call before the first test writes."""
    return databases.mark()


@pytest.fixture
def app(data, template_data, request):
    """The app on a copy of the village; the database is open for the test's own domain calls too."""
    app = app_on(settings_for(data))
    db.database.connect(reuse_if_open=True)
    before = untouched(template_data)
    yield app
    db.database.connect(reuse_if_open=True)
    if engines.is_proved(request) and databases.mark() != before:
        assert promises.check() == []
    databases.close()


@pytest.fixture
def client(app):
    """A stranger's browser, same-origin as real pages are."""
    return browser_of(app)


@pytest.fixture
def client_as(app):
    """`client_as("zone-leader")`: the browser of a signed-in demo account, with a phone of its own; handle None is a stranger."""

    def make(handle):
        client = browser_of(app)
        if handle is None:
            return client
        at = web.system_clock()
        device = devices.register(at=at)
        client.account, client.device = accounts.named(handle), device
        token = sessions.start(client.account, device=device, at=at)
        names = app.config["OMBUN"]
        client.set_cookie(names.cookie(SESSION), token)
        client.set_cookie(names.cookie(DEVICE), devices.token(device.id, at=at))
        return client

    return make


def browser_of(app):
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


@pytest.fixture
def page():
    """`page("/review", client)`: a page as a person gets it, parsed strictly and looked over."""
    return get_page


def get_page(path, client, status=200):
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    assert response.mimetype == "text/html"
    return look_over(response.text)


def ids_below(node):
    """The ids below a node, without those of what comes only with an answer: of several such parts one is there at a time."""
    for child in node:
        if child.get("id"):
            yield child.get("id")
        if child.tag != "template" or not child.get("data-when"):
            yield from ids_below(child)


def look_over(text):
    """Parse strictly; one h1, a title, a language, unique ids, every field labelled. Returns the tree (no namespaces)."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(text)
    assert parser.errors == [], parser.errors[:3]
    assert tree.get("lang") in ("th", "en")
    assert len(tree.findall(".//h1")) == 1
    assert (tree.findtext(".//title") or "").strip()
    for part in (tree, *(node for node in tree.iter("template") if node.get("data-when"))):
        ids = list(ids_below(part))
        assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    labelled = {label.get("for") for label in tree.iter("label")}
    inside = {id(field) for label in tree.iter("label") for field in label.iter()}
    for field in (f for f in tree.iter() if f.tag in ("input", "select", "textarea")):
        named = field.get("type") in ("hidden", "submit") or id(field) in inside or field.get("id") in labelled
        assert named or field.get("aria-label") or field.get("aria-labelledby"), ("unlabelled", field.attrib)
    return tree
