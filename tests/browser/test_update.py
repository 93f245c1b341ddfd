"""A new version of the app arrives while a form is in progress and an entry waits: it asks, it waits, and loses neither."""

import shutil
from pathlib import Path

import pwa
from tests.browser.household_form import Form, nobody_home
from tests.browser.stories import NO_SIGNAL, call, held, keeps_every_promise, ready, sent, waiting

VERSION = """() => document.querySelector('script[src*="js/app.js"]').src.match(/static\\/([^/]+)/)[1]"""
LOOK_FOR_UPDATE = "async () => void (await (await navigator.serviceWorker.ready).update())"
UPDATE_WAITS = "async () => Boolean((await navigator.serviceWorker.ready).waiting)"
VERSIONS_KEPT = "async () => (await caches.keys()).filter((name) => name.startsWith('app-'))"


def test_it_asks_before_it_changes_over(village, phones, tmp_path, monkeypatch):
    volunteer = ready(phones("volunteer"))
    old = volunteer.page.evaluate(VERSION)
    volunteer.expects(NO_SIGNAL)
    village.proxy.fault("reset", "(POST|PUT) /sync/")
    entry = nobody_home(volunteer, "45/2")
    volunteer.page.goto("/households/new")
    form = Form(volunteer).shown()
    form.house("47/9", "absent")

    monkeypatch.setenv("PYTHONPATH", str(a_newer_version(tmp_path / "newer")))
    village.restart()
    volunteer.page.evaluate(LOOK_FOR_UPDATE)
    volunteer.until(UPDATE_WAITS)
    prompt = volunteer.page.locator("[data-update]")
    assert not prompt.is_visible()
    assert volunteer.page.locator('[name="house.number"]').input_value() == "47/9"
    form.save()
    prompt.wait_for()
    assert volunteer.page.evaluate(VERSION) == old
    volunteer.picture("update-offered")

    with volunteer.page.expect_navigation():
        prompt.locator("button").click()
    volunteer.until(f"() => ({VERSION})() !== {old!r}")
    new = volunteer.page.evaluate(VERSION)
    waiting(volunteer, 2)
    volunteer.page.goto("/households/new")
    assert volunteer.page.evaluate(VERSION) == new
    volunteer.until(f"async () => String(await ({VERSIONS_KEPT})()) === 'app-{new}'")
    village.proxy.clear()
    call(volunteer, "sync", "flush", "test")
    sent(volunteer, 2)
    assert held(village, entry)[0]["outcome"] == "received"
    keeps_every_promise(village)


def a_newer_version(tree):
    """The same app from another folder, with one file changed."""
    here = Path(pwa.__file__).parents[1]
    for part in ("pwa", "db", "locales"):
        shutil.copytree(here / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    with open(tree / "pwa" / "static" / "app.css", "a") as styles:
        styles.write("/* newer */\n")
    return tree
