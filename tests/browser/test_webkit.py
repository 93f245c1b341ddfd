"""The offline cycle in the engine of every iPhone: shells kept, an entry saved without a network, the app opened again, everything sent once."""

import json
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from db.models import Receipt
from pwa import web
from pwa.access import DEVICE, SESSION
from pwa.domain.fund import bookings
from pwa.domain.people import accounts, devices, sessions
from tests.browser.modules import MODULE_OF
from tests.browser.stories import CALL, SHELLS, held, keeps_every_promise, office

# The driver of WebKit speaks to itself in a way that selenium has given up.
pytestmark = [pytest.mark.webkit, pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")]

ACTIVE = """
const done = arguments[arguments.length - 1];
navigator.serviceWorker.getRegistration().then((worker) => done(worker?.active?.state === "activated"), () => done(false));
"""
KEPT = """
const done = arguments[arguments.length - 1];
navigator.serviceWorker.getRegistration()
  .then((worker) => (worker?.active?.state === "activated" ? caches.keys() : []))
  .then((names) => names.find((name) => name.startsWith("person-")))
  .then((name) => (name ? caches.open(name).then((cache) => cache.keys()).then((keys) => keys.length) : 0))
  .then(done, () => done(0));
"""
ASKED = f"""{MODULE_OF}
const done = arguments[arguments.length - 1];
({CALL})(arguments[0]).then(done, (error) => done(String(error)));"""
NUMBERED = f"""{MODULE_OF}
const done = arguments[arguments.length - 1];
({CALL})(["store", "get", "meta", "chain"]).then((chain) => done(Boolean(chain)), () => done(false));"""
TAKEN_OUT = f"""{MODULE_OF}
const done = arguments[arguments.length - 1];
({CALL})(["store", "get", "meta", "signing"]).then((signing) => crypto.subtle.exportKey("jwk", signing.private))
  .then(() => done("taken out"), (error) => done(error.name));"""
SAVED = "บันทึกในเครื่องแล้ว"
PATIENCE = 90  # seconds; a loaded machine makes WebKit slow


@pytest.fixture
def screen():
    """A screen that nobody looks at."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    process.terminate()
    process.wait()


@pytest.fixture
def browser(screen, tmp_path):
    """WebKit on an empty home of its own."""
    (tmp_path / "home").mkdir()
    options = Options()
    options.binary_location = str(next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")))
    options.add_argument("--automation")
    settings = {**os.environ, "DISPLAY": screen, "HOME": str(tmp_path / "home"), "LANG": "th_TH.UTF-8"}
    service = Service("/usr/bin/WebKitWebDriver", env=settings | {"WEBKIT_DISABLE_COMPOSITING_MODE": "1"})
    driver = webdriver.WebKitGTK(options=options, service=service)
    driver.set_script_timeout(PATIENCE)
    yield driver
    driver.quit()


def test_it_saves_without_a_network_and_sends_once(village, browser):
    sign_in(village, browser)
    ready(browser)
    with no_signal(village):
        first = save(village, browser, "45/2")
        browser.get(village.origin + "/")
        second = save(village, browser, "47")
        assert counts(browser)["waiting"] == 2
    browser.get(village.origin + "/phone")
    until(browser, lambda: (told := counts(browser))["waiting"] == 0 and told["sent"] == 2)
    rows = held(village, first, second)
    assert [(row["outcome"], row["seq"]) for row in rows] == [("received", 1), ("received", 2)]
    keeps_every_promise(village)


def test_it_keeps_a_key_that_nobody_can_take_out_and_signs_with_it(village, browser):
    """Made in one page, read back and used in the next ones, online or not."""
    sign_in(village, browser)
    ready(browser)
    with no_signal(village):
        entries = [save(village, browser, "45/2"), save(village, browser, "47")]
        assert browser.execute_async_script(TAKEN_OUT) == "InvalidAccessError"
    browser.get(village.origin + "/phone")
    until(browser, lambda: (told := counts(browser))["waiting"] == 0 and told["sent"] == 2)
    held_lines = browser.execute_async_script(ASKED, ["store", "all", "outbox"])
    assert [json.loads(one["line"])["v"] for one in held_lines] == [2, 2]
    assert [(row["outcome"], row["transport"]) for row in held(village, *entries)] == [("received", "proved")] * 2
    keeps_every_promise(village)


def test_a_lost_answer_makes_no_second_entry(village, browser):
    sign_in(village, browser)
    ready(browser)
    village.proxy.fault("drop_response", "POST /sync/entries", times=2)
    entry = save(village, browser, "45/2")
    until(browser, lambda: len(held(village, entry)) == 1)
    village.proxy.clear()
    browser.get(village.origin + "/phone")
    until(browser, lambda: (told := counts(browser))["waiting"] == 0 and told["sent"] == 1)
    assert [row["seq"] for row in held(village, entry)] == [1]
    keeps_every_promise(village)


def test_what_waits_and_what_is_half_written_outlive_their_pages(village, browser):
    sign_in(village, browser)
    ready(browser)
    with no_signal(village):
        first = save(village, browser, "45/2")
        browser.refresh()
        until(browser, lambda: SAVED in browser.find_element(By.TAG_NAME, "body").text)
        assert counts(browser)["waiting"] == 1
        begin(village, browser, "47/9")
        until(browser, lambda: shown(browser, "[data-saved]"))
        browser.get(village.origin + "/phone")
        browser.back()
        until(browser, lambda: shown(browser, "#household") or shown(browser, "[data-drafts] button"))
        browser.refresh()
        until(browser, lambda: shown(browser, "[data-drafts] button"))
        press(browser, "[data-drafts] button")
        until(browser, lambda: shown(browser, "#household"))
        until(browser, lambda: browser.find_element(By.NAME, "house.number").get_attribute("value") == "47/9")
        second = finish(browser)
        assert counts(browser)["waiting"] == 2
    browser.get(village.origin + "/phone")
    until(browser, lambda: (told := counts(browser))["waiting"] == 0 and told["sent"] == 2)
    rows = held(village, first, second)
    assert [(row["outcome"], row["seq"]) for row in rows] == [("received", 1), ("received", 2)]
    assert rows[1]["plain"]["payload"]["house"]["number"] == "47/9"
    keeps_every_promise(village)


def test_receipts_are_numbered_without_a_network_and_reach_the_books_once(village, browser):
    """A kit is brought, the page opened cold, two houses tapped with a reload between them; no number is used twice or left out."""
    sign_in(village, browser)
    ready(browser)
    browser.execute_async_script(ASKED, ["kit", "prepare"])
    with no_signal(village):
        for number in (1, 2):
            browser.get(village.origin + "/collections/new")
            until(browser, lambda: shown(browser, '[data-list="houses"] .collect') or shown(browser, "[data-unlock]"))
            if shown(browser, "[data-unlock]"):
                press(browser, "[data-unlock]")
                until(browser, lambda: shown(browser, '[data-list="houses"] .collect'))
            press(browser, '[data-list="houses"] .collect input:not(:checked)')
            until(browser, lambda number=number: f"M1/{number}" in browser.find_element(By.TAG_NAME, "body").text)
        assert counts(browser)["waiting"] == 2
    browser.get(village.origin + "/phone")
    until(browser, lambda: (told := counts(browser))["waiting"] == 0 and told["sent"] == 2)
    with office(village):
        bookings.catch_up(at=web.system_clock())
        assert sorted((row.book, row.no) for row in Receipt.select()) == [("M1", 1), ("M1", 2)]
    keeps_every_promise(village)


def ready(browser):
    """Wait until the pages lie in the phone, and the phone has its number."""
    until(browser, lambda: browser.execute_async_script(KEPT) >= len(SHELLS))
    until(browser, lambda: browser.execute_async_script(NUMBERED))


def sign_in(village, browser):
    """There are no passkeys here, so the session comes as cookies; the phone then knows its person by the page."""
    with office(village):
        at = web.system_clock()
        account, device = accounts.named("volunteer"), devices.register(at=at)
        token = sessions.start(account, device=device, at=at)
        given = {SESSION: token, DEVICE: devices.token(device.id, at=at)}
    names = village.config
    browser.get(village.origin + "/sign-in")
    # WebKit never ends an installation whose page was left.
    until(browser, lambda: browser.execute_async_script(ACTIVE))
    for name, value in given.items():
        browser.add_cookie({"name": names.cookie(name), "value": value, "httpOnly": True, "path": "/"})
    browser.get(village.origin + "/")


@contextmanager
def no_signal(village):
    with village.proxy.offline():
        yield


def save(village, browser, number):
    """The shortest visit: nobody was at home. Returns the id of the entry."""
    begin(village, browser, number)
    return finish(browser)


def begin(village, browser, number):
    browser.get(village.origin + "/households/new")
    until(browser, lambda: shown(browser, "#household") or shown(browser, "[data-fresh]"))
    if shown(browser, "[data-fresh]"):
        press(browser, "[data-fresh]")
        until(browser, lambda: shown(browser, "#household"))
    Select(browser.find_element(By.NAME, "_place")).select_by_value("C01")
    browser.find_element(By.NAME, "house.number").send_keys(number)


def finish(browser):
    press(browser, '[name="visit.outcome"][value="absent"]')
    until(browser, lambda: browser.find_element(By.CSS_SELECTOR, "[data-next]").is_enabled())
    press(browser, "[data-next]")
    until(browser, lambda: "/saved#" in browser.current_url)
    until(browser, lambda: SAVED in browser.find_element(By.TAG_NAME, "body").text)
    return browser.current_url.partition("#")[2]


def press(browser, selector):
    """A tap that no animation can move away."""
    browser.execute_script("arguments[0].click()", browser.find_element(By.CSS_SELECTOR, selector))


def counts(browser):
    return browser.execute_async_script(ASKED, ["outbox", "counts"])


def shown(browser, selector):
    return any(one.is_displayed() for one in browser.find_elements(By.CSS_SELECTOR, selector))


def until(browser, condition, seconds=PATIENCE):
    gone = [StaleElementReferenceException]  # the page has just become another one
    return WebDriverWait(browser, seconds, poll_frequency=0.1, ignored_exceptions=gone).until(lambda _: condition())
