"""The server is down behind its proxy, or somebody's Wi-Fi answers in its place: the phone shows its own pages and blames the right one."""

import json
import re

import pytest
from playwright.sync_api import expect

from db.models import SessionEnd
from pwa.domain.people import accounts, sessions
from pwa.web import system_clock
from tests.browser.household_form import Form
from tests.browser.phones import wait_until
from tests.browser.stories import NO_SIGNAL, call, office, ready

BARE = {"status": 502, "headers": {"Content-Type": "text/html"}, "body": "<h1>502 Bad Gateway</h1>"}
JSON = {"Content-Type": "application/json"}
SOMEBODY_ELSE = [(200, "{}"), (200, '{"device": 1}'), (401, ""), (401, '{"error": "login"}'), (404, ""), (502, "")]
AGE = """async ([address]) => {
  const { all, put } = await import(address);
  for (const draft of await all("drafts")) await put("drafts", { ...draft, saved: draft.saved - 7_200_000 });
}"""


@pytest.fixture
def volunteer(village, phones):
    phone = ready(phones("volunteer"))
    phone.expects(f"{NO_SIGNAL}|50[023]|40[134]")
    return phone


def heading(phone, path):
    phone.page.goto(path)
    return phone.page.locator("h1").first


def test_the_phone_shows_its_own_pages_while_the_proxy_answers(village, volunteer):
    pages = ("/kit", "/sign-in", "/phone", "/round", "/offline")
    whole = {path: heading(volunteer, path).inner_text() for path in pages}
    village.proxy.fault("answer", ".", **BARE)
    for path, said in whole.items():
        expect(heading(volunteer, path), path).to_have_text(said)
    expect(heading(volunteer, "/")).not_to_contain_text("502")
    volunteer.page.locator("[data-field-work]").wait_for()
    volunteer.picture("home-while-the-server-is-down")
    for path in ("/review", "/households"):
        expect(heading(volunteer, path)).to_have_text(whole["/offline"])


def test_what_our_own_server_says_passes(village, volunteer):
    own = {"headers": {"Content-Type": "text/html", "Ombun": "1"}, "body": "<h1>our own words</h1>"}
    for status in (500, 503):
        village.proxy.fault("answer", "GET /(review|kit)", status=status, **own)
        for path in ("/review", "/kit"):
            expect(heading(volunteer, path)).to_have_text("our own words")
        village.proxy.clear()
    village.proxy.redirect("GET /review", to="/kit")
    volunteer.page.goto("/review")
    expect(volunteer.page).to_have_url(re.compile("/kit$"))
    village.proxy.clear()
    village.proxy.captive_portal("GET /review")
    expect(heading(volunteer, "/review")).to_have_text("Please sign in to this network")
    village.proxy.clear()
    village.proxy.fault("answer", "POST /language", **BARE)
    volunteer.page.goto("/offline")
    volunteer.page.evaluate("""() => { const form = document.createElement("form");
      Object.assign(form, { method: "post", action: "/language" }); document.body.append(form); form.submit(); }""")
    volunteer.page.get_by_text("502 Bad Gateway").wait_for()


def test_a_download_passes(village, volunteer):
    village.proxy.fault(
        "answer",
        "GET /dictionary.csv",
        status=200,
        headers={"Content-Type": "text/csv", "Content-Disposition": "attachment; filename=words.csv", "Ombun": "1"},
        body="a,b\n",
    )
    volunteer.page.goto("/offline")
    with volunteer.page.expect_download() as download:
        volunteer.page.evaluate("() => { location.href = '/dictionary.csv'; }")
    assert download.value.suggested_filename == "words.csv"


def test_only_the_server_itself_ends_a_sign_in(village, volunteer):
    Form(volunteer).open().house("45/2", "interested")
    volunteer.page.locator("[data-saved]:visible").wait_for()
    store = volunteer.page.evaluate("""() => moduleOf("store")""")
    volunteer.page.goto("/phone")
    volunteer.page.evaluate(AGE, [store])
    banner = volunteer.page.locator("[data-expired]")
    for status, body in SOMEBODY_ELSE:
        village.proxy.fault("answer", "/sync/status", status=status, headers=JSON, body=body)
        with volunteer.page.expect_response("**/sync/status*"):
            volunteer.page.goto("/phone")
        volunteer.page.wait_for_timeout(300)
        expect(banner, f"{status} {body}").to_be_hidden()
        village.proxy.clear()
    ours = {"headers": {**JSON, "Ombun": "1"}, "body": json.dumps({"error": "device"})}
    village.proxy.fault("answer", "/sync/status", status=401, **ours)
    volunteer.page.goto("/phone")
    banner.wait_for()
    volunteer.page.wait_for_timeout(500)
    assert call(volunteer, "store", "all", "outbox") == [], "nothing is handed over for it"
    village.proxy.clear()
    with office(village):
        account = accounts.named("volunteer")
        for session in sessions.live(account, at=system_clock()):
            sessions.end(session, by=account, at=system_clock())
        assert SessionEnd.select().exists()
    volunteer.page.goto("/phone")
    banner.wait_for()
    wait_until(lambda: [one["kind"] for one in call(volunteer, "store", "all", "outbox")] == ["draft"])
