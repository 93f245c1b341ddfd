"""The worker: pages of the field work without a network, a new version asks first, and signing out leaves no page behind."""

import pytest
from playwright.sync_api import Error, expect

from tests.browser.phone.scripts import ADD, COUNTS, ENTRY, META
from tests.browser.phones import wait_until

CACHES = "async () => (await caches.keys()).sort()"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"


@pytest.fixture
def field(context, office):
    """A page of somebody who signed in, served by the worker from now on."""
    page = context.new_page()
    page.goto(office.origin + "/home")
    until(page, CONTROLLED)
    until(page, """async () => (await caches.keys()).length === 2""")
    return page


def test_the_pages_of_the_field_open_without_the_server(field, office):
    office.close()
    for path in ("/households/new", "/phone", "/saved", "/", "/households/new?draft=1"):
        field.goto(office.origin + path)
        expect(field.locator("h1")).to_have_text(path.partition("?")[0])
    field.goto(office.origin + "/review")
    expect(field.locator("h1")).to_have_text("/offline")
    field.evaluate(ADD, ENTRY)
    assert field.evaluate(COUNTS)["waiting"] == 1


def test_home_is_fresh_while_there_is_a_network(field, office):
    seen = office.log.count("GET /")
    field.goto(office.origin + "/")
    assert office.log.count("GET /") == seen + 1
    field.goto(office.origin + "/households/new")
    assert office.log.count("GET /households/new") == 1, "only once, for the shells"


def test_no_page_of_a_person_is_kept(field, office):
    field.goto(office.origin + "/households/0199f0a1-0000-4000-8000-000000000001")
    kept = """async () => (await Promise.all((await caches.keys()).map(async (name) =>
      (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)))).flat().sort()"""
    pages = [
        "/",
        "/claims/new",
        "/collections/new",
        "/corrections",
        "/handovers/new",
        "/households/new",
        "/kit",
        "/manifest.webmanifest",
        "/me",
        "/offline",
        "/payouts/new",
        "/phone",
        "/round",
        "/saved",
        "/sign-in",
    ]
    assert field.evaluate(kept) == sorted(pages + [f"/static/v1/{name}" for name in office.files])


def test_signing_out_empties_the_pages_and_keeps_the_outbox(field, office):
    office.always = lambda desk, lines: desk.reply(401, {})
    field.evaluate(ADD, ENTRY)
    chain = field.evaluate(META, "chain")
    field.get_by_role("button", name="leave").click()
    field.wait_for_url(office.origin + "/sign-in")
    assert office.ended == [{"account": [office.account]}]
    assert field.evaluate(META, "ending") is None
    assert field.evaluate(CACHES) == ["app-v1"]
    assert field.evaluate(META, "me") is None
    assert field.evaluate(META, "chain") == chain
    assert field.evaluate(COUNTS)["waiting"] == 1


def test_a_new_version_asks_and_spares_a_form_in_progress(field, office):
    field.evaluate("() => { document.documentElement.dataset.busy = '1'; window.mark = 1; }")
    office.version = "v2"
    field.evaluate("async () => (await navigator.serviceWorker.ready).update()")
    until(field, "async () => !!(await navigator.serviceWorker.ready).waiting")
    prompt = field.locator("[data-update]")
    expect(prompt).to_be_hidden()
    field.evaluate("() => { delete document.documentElement.dataset.busy; }")
    prompt.locator("button").click()
    until(field, "() => window.mark === undefined && document.title === 'v2'")
    until(field, "async () => (await caches.keys()).sort()[0] === 'app-v2'")
    office.close()
    field.goto(office.origin + "/households/new")
    expect(field).to_have_title("v2")


def test_an_update_that_fails_leaves_the_old_version_at_work(field, office):
    office.version, office.files = "v2", [*office.files, "js/none.js"]
    with pytest.raises(Exception, match="ServiceWorker"):
        field.evaluate("async () => { const r = await navigator.serviceWorker.ready; await r.update(); "
                       "await new Promise((done) => (r.installing ?? r).addEventListener('statechange', done)); "
                       "if (!r.waiting) throw new Error('ServiceWorker failed'); }")  # fmt: skip
    assert field.evaluate(CACHES)[0] == "app-v1"
    office.close()
    field.goto(office.origin + "/households/new")
    expect(field).to_have_title("v1")


def test_it_sends_after_saving_and_when_the_network_returns(field, office):
    field.evaluate(ADD, ENTRY)
    until(field, lambda: len(office.lines) == 1)
    office.always = lambda desk, lines: desk.reset()
    field.evaluate(ADD, ENTRY)
    until(field, lambda: len(office.posts) > 1)
    office.always = None
    field.evaluate("() => dispatchEvent(new Event('online'))")
    until(field, lambda: len(office.lines) == 2)


def test_the_worker_sends_with_no_page_looking(field, context, office):
    office.always = lambda desk, lines: desk.reset()
    field.evaluate(ADD, ENTRY)
    until(field, "async () => true")
    office.always = None
    session = context.new_cdp_session(field)
    session.send("ServiceWorker.enable")
    found = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    session.send("ServiceWorker.disable")
    session.send("ServiceWorker.enable")
    until(field, lambda: found)
    field.goto("about:blank")
    session.send(
        "ServiceWorker.dispatchSyncEvent",
        {"origin": office.origin, "registrationId": found[0]["registrationId"], "tag": "outbox", "lastChance": False},
    )
    until(field, lambda: office.lines)


def until(page, condition):
    wait_until(
        lambda: condition() if callable(condition) else asked(page, condition), pause=lambda: page.wait_for_timeout(40)
    )


def asked(page, condition):
    try:
        return page.evaluate(condition)
    except Error as error:
        if "context was destroyed" in str(error):
            return None
        raise
