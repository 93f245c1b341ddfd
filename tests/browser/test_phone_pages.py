"""A volunteer's phone without a signal: the kept pages open after the battery was out, count what waits, and let nothing go."""

import contextlib
import re

import pytest
from playwright.sync_api import expect

from tests.browser.stories import SHELLS

SCRIPT = """async (name) => import(moduleOf(name))"""
SAVE = f"""async (number) => {{
  const outbox = await ({SCRIPT})("outbox");
  return (await outbox.add({{
    kind: "household", form: "household@1", subject: crypto.randomUUID(),
    payload: {{ house: {{ number }}, visit: {{ outcome: "absent" }}, people: [] }},
  }})).id;
}}"""
DRAFT = f"""async (number) => (await ({SCRIPT})("drafts")).save("household@1", crypto.randomUUID(), {{ house: {{ number }} }})"""
KEPT = """async () => {
  const name = (await caches.keys()).find((key) => key.startsWith("person-"));
  return name && (await (await caches.open(name)).keys()).length;
}"""


@pytest.fixture
def volunteer(phones):
    """A phone ready for the field: signed in, worker active, pages kept."""
    phone = phones("volunteer")
    phone.page.goto("/")
    phone.until("async () => (await navigator.serviceWorker.ready).active.state === 'activated'")
    phone.page.goto("/")
    phone.worker_ready()
    phone.until(f"async () => (await ({KEPT})()) >= {len(SHELLS)}")
    return phone


@contextlib.contextmanager
def no_signal(village, phone):
    phone.expects("Failed to load resource|ERR_CONNECTION|NetworkError|Failed to fetch")
    with village.proxy.offline():
        yield


def listed(phone, name, number):
    """Wait until a list has this many rows."""
    phone.until(f"() => document.querySelectorAll('[data-list={name}] .row').length === {number}")


def test_an_installable_app_opens_its_pages_after_a_cold_start(village, volunteer):
    session = volunteer.context.new_cdp_session(volunteer.page)
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    with no_signal(village, volunteer):
        volunteer.restart()
        for path in SHELLS:
            volunteer.page.goto(path)
            expect(volunteer.page.locator("h1")).to_have_count(1)
            volunteer.fits()
            volunteer.is_accessible()
        volunteer.page.goto("/")
        volunteer.until("() => document.querySelector('h1').textContent.includes('คุณ')")
        volunteer.page.locator('[data-stop="network"]').wait_for()


def test_home_says_how_many_wait_and_since_when(village, volunteer):
    with no_signal(village, volunteer):
        volunteer.page.goto("/")
        volunteer.page.evaluate(SAVE, "61/9")
        entry = volunteer.page.evaluate(SAVE, "46")
        volunteer.page.evaluate(DRAFT, "47/1")
        volunteer.restart()
        volunteer.page.goto("/")
        volunteer.until("() => document.querySelector('[data-slot=waiting]').textContent === '2'")
        expect(volunteer.page.locator('[data-slot="since"]').first).to_have_text(re.compile(r"^ตั้งแต่ .*น\.$"))
        listed(volunteer, "drafts", 1)
        volunteer.picture("home-waiting")
        volunteer.is_accessible()
        volunteer.page.goto(f"/saved#{entry}")
        volunteer.page.get_by_role("heading", name="บันทึกในเครื่องแล้ว").wait_for()
        volunteer.picture("saved")
        volunteer.is_accessible()
        volunteer.page.goto("/phone")
        volunteer.page.get_by_role("heading", name="ยังล้างเครื่องไม่ได้").wait_for()
        listed(volunteer, "waiting", 2)
        volunteer.page.locator("[data-unlock]").click()
        volunteer.page.get_by_text("บ้านเลขที่ 61/9").wait_for()
        volunteer.picture("phone-waiting")
        volunteer.is_accessible()
    volunteer.page.locator("[data-send]").click()
    listed(volunteer, "sent", 2)
    expect(volunteer.page.locator('[data-list="sent"]')).to_contain_text("ใบรับ")
    volunteer.picture("phone-sent")
    volunteer.page.goto(f"/saved#{entry}")
    volunteer.page.locator("[data-step=sent].timeline__item--done").wait_for()


def test_what_waits_can_leave_as_a_sealed_file(village, volunteer):
    with no_signal(village, volunteer):
        volunteer.page.evaluate(SAVE, "45/2")
        volunteer.page.goto("/phone")
        with volunteer.page.expect_download() as download:
            volunteer.page.locator("#file-title ~ [data-export]").click()
        lines = download.value.path().read_text().splitlines()
        assert len(lines) == 1 and "45/2" not in lines[0]


def test_a_new_version_waits_for_the_person_and_loses_nothing(village, volunteer):
    with no_signal(village, volunteer):
        volunteer.page.goto("/phone")
        volunteer.page.evaluate(SAVE, "45/2")
        waiting = volunteer.page.evaluate("() => navigator.serviceWorker.controller.scriptURL")
        assert waiting.endswith("/sw.js")
    volunteer.expects("503")
    village.proxy.fault("answer", "POST /sync/entries", status=503, headers={"Retry-After": "600"}, body="")
    worker = volunteer.page.evaluate("async () => (await fetch('/sw.js')).text()")
    headers = {"Content-Type": "text/javascript", "Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    village.proxy.fault("answer", "GET /sw.js", status=200, headers=headers, body=worker + "\n// newer")
    volunteer.page.evaluate("() => (document.documentElement.dataset.busy = '1')")
    volunteer.page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    volunteer.until("async () => Boolean((await navigator.serviceWorker.ready).waiting)")
    expect(volunteer.page.locator("[data-update]")).to_be_hidden()
    volunteer.page.evaluate("() => delete document.documentElement.dataset.busy")
    volunteer.page.locator("[data-update]").wait_for()
    volunteer.is_accessible()
    with volunteer.page.expect_navigation():
        volunteer.page.locator("[data-update] button").click()
    volunteer.until("async () => !(await navigator.serviceWorker.ready).waiting")
    listed(volunteer, "waiting", 1)


def test_signing_out_leaves_the_outbox_and_takes_the_pages(village, volunteer):
    with no_signal(village, volunteer):
        volunteer.page.goto("/phone")
        volunteer.page.evaluate(SAVE, "45/2")
    village.proxy.fault("reset", "POST /sync/entries")
    volunteer.expects("Failed to load resource")
    volunteer.page.goto("/phone")
    volunteer.page.locator('form[action="/session/end"] button').click()
    volunteer.page.wait_for_url("**/sign-in*")
    assert volunteer.page.evaluate(KEPT) is None
    volunteer.page.goto("/phone")
    listed(volunteer, "waiting", 1)
    village.proxy.clear()
    volunteer.page.locator("[data-send]").click()
    listed(volunteer, "sent", 1)


def test_a_session_that_ended_is_said_and_nothing_is_lost(village, volunteer):
    volunteer.context.clear_cookies(name=next(c["name"] for c in volunteer.context.cookies() if "session" in c["name"]))
    volunteer.page.goto("/phone")
    volunteer.page.locator("[data-expired]").wait_for()
    volunteer.is_accessible()


def test_english_is_kept_for_offline_too(village, volunteer):
    volunteer.page.goto("/phone")
    with volunteer.page.expect_navigation():
        volunteer.page.locator('[data-language] button[value="en"]').click()
    volunteer.page.get_by_role("heading", name="This phone", exact=True).wait_for()
    volunteer.is_accessible()
    with no_signal(village, volunteer):
        volunteer.restart()
        volunteer.page.goto("/")
        volunteer.page.get_by_text("Register a household").wait_for()


@pytest.mark.parametrize("screen", [{"width": 320}, {"width": 320, "text_scale": 2}], ids=["320px", "200%"])
def test_it_fits_small_screens_and_large_letters(phones, screen):
    phone = phones("volunteer", **screen)
    for path in ("/", "/phone", "/saved", "/offline"):
        phone.page.goto(path)
        phone.page.wait_for_load_state("networkidle")
        phone.fits()


def test_a_stranger_sees_an_accessible_front_page(phones):
    phone = phones(None, width=320)
    for path in ("/", "/offline", "/phone"):
        phone.page.goto(path)
        phone.fits()
        phone.is_accessible()
    for scheme in ("dark", "light"):
        phone.page.emulate_media(color_scheme=scheme)
        phone.page.goto("/")
        phone.is_accessible()
        phone.picture(f"front-{scheme}")


def test_it_says_why_nothing_goes_out(village, volunteer):
    volunteer.expects("40[13]|50[23]")
    volunteer.page.goto("/phone")
    village.proxy.captive_portal("POST /sync/entries")
    volunteer.page.evaluate(SAVE, "45/2")
    for stop, fault in (
        ("portal", None),
        ("down", {"status": 502}),
        ("sign-in", {"status": 401, "body": '{"error": "device"}'}),
        ("refused", {"status": 403, "headers": {"Ombun": "1"}}),
        ("wait", {"status": 503, "headers": {"Retry-After": "600"}}),
    ):
        if fault:
            village.proxy.clear()
            village.proxy.fault("answer", "POST /sync/entries", **{"headers": {}, "body": "", **fault})
        volunteer.page.locator("[data-send]").click()
        volunteer.page.locator(f'[data-stop="{stop}"]').wait_for()
        expect(volunteer.page.locator("[data-stop]:visible")).to_have_count(1)
        volunteer.page.locator("[data-said]").wait_for()


def test_a_refusal_stands_at_its_field(phones):
    phone = phones("admin")
    phone.expects("422")
    phone.page.goto("/accounts/new")
    for value in ("", "สมหญิง"):
        phone.page.locator("main [name=name]").fill(value)
        phone.page.evaluate(
            "() => document.querySelectorAll('[required]').forEach((field) => (field.required = false))"
        )
        phone.page.locator("main form button[type=submit]").last.click()
        phone.page.locator("[aria-invalid]:focus").wait_for()
        expect(phone.page.locator(".field__message")).to_have_count(1)
        expect(phone.page.locator("main [name=name]")).to_have_value(value)
    phone.is_accessible()
