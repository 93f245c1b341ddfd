"""New versions of the app arrive while forms are in progress and entries wait: they ask, they wait, and lose nothing."""

import json
import shutil
from pathlib import Path

from playwright.sync_api import expect

import pwa
from tests.browser.household_form import Form, half_written, nobody_home
from tests.browser.stories import NO_SIGNAL, call, held, keeps_every_promise, ready, sent, waiting

VERSION = """() => document.querySelector('script[src*="js/app.js"]').src.match(/static\\/([^/]+)/)[1]"""
LOOK_FOR_UPDATE = "async () => void (await (await navigator.serviceWorker.ready).update())"
UPDATE_WAITS = "async () => Boolean((await navigator.serviceWorker.ready).waiting)"
VERSIONS_KEPT = "async () => (await caches.keys()).filter((name) => name.startsWith('app-'))"


def test_it_asks_before_it_changes_over(village, phones, tmp_path):
    volunteer = ready(phones("volunteer"))
    old = volunteer.page.evaluate(VERSION)
    volunteer.expects(NO_SIGNAL)
    village.proxy.fault("reset", "(POST|PUT) /sync/")
    entry = nobody_home(volunteer, "45/2")
    volunteer.page.goto("/households/new")
    form = Form(volunteer).shown()
    form.house("47/9", "absent")

    arrives(village, volunteer, a_newer_version(tmp_path / "newer"))
    prompt = volunteer.page.locator("[data-update]")
    expect(prompt).to_be_hidden()
    expect(volunteer.page.locator('[name="house.number"]')).to_have_value("47/9")
    form.save()
    prompt.wait_for()
    assert volunteer.page.evaluate(VERSION) == old
    volunteer.picture("update-offered")

    new = changed_over(volunteer, old)
    waiting(volunteer, 2)
    volunteer.page.goto("/households/new")
    assert volunteer.page.evaluate(VERSION) == new
    volunteer.until(f"async () => String(await ({VERSIONS_KEPT})()) === 'app-{new}'")
    village.proxy.clear()
    call(volunteer, "sync", "flush", "test")
    sent(volunteer, 2)
    assert held(village, entry)[0]["outcome"] == "received"
    keeps_every_promise(village)


def test_three_versions_of_the_form_are_all_taken(village, phones, tmp_path):
    phone = ready(phones("volunteer"))
    phone.expects(NO_SIGNAL)
    village.proxy.fault("reset", "(POST|PUT) /sync/")
    entries, drafts = [], []
    for number in (1, 2, 3):
        if number > 1:
            arrives(village, phone, a_newer_version(tmp_path / f"v{number}", household=number))
            old = phone.page.evaluate(VERSION)
            phone.page.goto("/")
            phone.page.locator("[data-update]").wait_for()
            changed_over(phone, old)
        drafts.append(half_written(phone, f"{number}/9"))
        entries.append(nobody_home(phone, f"{number}/1"))
    waiting(phone, 3)
    listed = {one["id"]: one["form"] for one in call(phone, "drafts", "list")}
    assert [listed[draft] for draft in drafts] == ["household@1", "household@2", "household@3"]
    village.proxy.clear()
    call(phone, "sync", "flush", "test")
    sent(phone, 3)
    for number, draft in enumerate(drafts, 1):
        phone.page.goto("/")
        phone.page.goto(f"/households/new#draft={draft}")
        form, locked = (
            phone.page.locator("#household:not([hidden])"),
            phone.page.locator("[data-locked] button:visible"),
        )
        form.or_(locked).first.wait_for()
        if locked.is_visible():
            locked.click()
        written = Form(phone).shown()
        expect(phone.page.locator('[name="house.number"]')).to_have_value(f"{number}/9")
        written.choose("visit.outcome", "absent")
        entries.append(written.save())
    sent(phone, 6)
    rows = held(village, *entries)
    assert {one["outcome"] for one in rows} == {"received"}
    recorded = {one["id"]: one["plain"]["form"] for one in rows}
    forms = ["household@1", "household@2", "household@3", *["household@3"] * 3]
    assert [recorded[entry] for entry in entries] == forms


def test_a_reload_helps_a_new_version_that_does_not_take_over(village, phones, tmp_path):
    phone = ready(phones("volunteer"))
    phone.expects(NO_SIGNAL)
    arrives(village, phone, a_newer_version(tmp_path / "newer"))
    phone.page.locator("[data-update]").wait_for()
    phone.page.evaluate("() => { ServiceWorker.prototype.postMessage = () => {}; }")  # nothing that is said to it helps
    with phone.page.expect_navigation():
        phone.page.locator("[data-update] button").click()


def test_it_looks_for_a_new_version_with_one_small_request(village, phones):
    phone = ready(phones("volunteer"))
    before = len(village.proxy.requests)
    phone.page.evaluate(LOOK_FOR_UPDATE)
    asked = village.proxy.requests[before:]
    assert "GET /sw.js" in asked
    assert [one for one in asked if "/static/" in one] == []


def arrives(village, phone, tree):
    """The server is another version from now on, and the phone has found out."""
    village.become(tree)
    phone.page.evaluate(LOOK_FOR_UPDATE)
    phone.until(UPDATE_WAITS)


def changed_over(phone, old):
    """The person lets the new version in; its number."""
    with phone.page.expect_navigation():
        phone.page.locator("[data-update] button").click()
    phone.until(f"() => ({VERSION})() !== {old!r}")
    return phone.page.evaluate(VERSION)


def a_newer_version(tree, household=1):
    """The same app from another folder, with one file changed, and with this version of the household form."""
    here = Path(pwa.__file__).parents[1]
    for part in ("pwa", "db", "locales"):
        shutil.copytree(here / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    with open(tree / "pwa" / "static" / "app.css", "a") as styles:
        styles.write(f"/* newer {household} */\n")
    folder = tree / "pwa" / "forms"
    schema = json.loads((folder / "household@1.json").read_text())
    schema["properties"]["house"]["properties"]["colour"] = {"title": "สีบ้าน", "type": "string"}
    for number in range(2, household + 1):
        form = schema | {"$id": f"/forms/household@{number}.json"}
        (folder / f"household@{number}.json").write_text(json.dumps(form))
        older = folder / f"household@{number - 1}.json"
        older.write_text(json.dumps(json.loads(older.read_text()) | {"x-replaced-on": "2026-11-22"}))
    return tree
