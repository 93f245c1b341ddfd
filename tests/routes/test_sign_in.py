"""Signing in and out in a browser: cookies, the phone's number, refusals, and a page that helps."""

import json
from datetime import timedelta

import pytest

from db.models import Device, Passkey, Session, SessionEnd
from pwa.domain.people import devices, sessions, tokens
from tests.people_fixtures import enrol, invite, sign_in
from tests.small_fund import NOW
from tests.soft_passkey import SoftPasskey

LINE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 Line/14.16.0/IAB"


@pytest.fixture
def passkey(settled_fund, site):
    """The volunteer's passkey, made on another phone."""
    return enrol(site.browser(), invite(settled_fund).token)[1]


def test_the_page_says_what_to_do(site, page):
    tree = page("/sign-in", site.browser())
    button = tree.find(".//button[@data-sign-in]")
    assert button.get("type") == "submit"
    assert tree.find(".//noscript") is not None
    assert tree.find(".//*[@data-outside]") is None


def test_in_line_it_shows_the_way_out(site, page):
    client = site.browser()
    client.environ_base["HTTP_USER_AGENT"] = LINE
    for path in ("/sign-in?next=/review", "/enrol"):
        way_out = page(path, client).find(".//a[@data-outside]").get("href")
        assert "openExternalBrowser=1" in way_out
        assert ("next=/review" in way_out) == ("next" in path)


def test_it_signs_in(site, passkey):
    client = site.browser()
    answer = sign_in(client, passkey, next="/review?page=2")
    assert (answer.status_code, answer.location) == (303, "/review?page=2")
    session, device = answer.headers.getlist("Set-Cookie")
    assert all(part in session for part in ("ombun_session_80=", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert all(part in device for part in ("ombun_device_80=", "HttpOnly", "SameSite=Strict", "Path=/"))
    assert client.get("/accounts").status_code == 404
    row = Session.select().order_by(Session.id.desc()).get()
    assert (row.account.handle, row.device.id) == ("volunteer", device_of(client, site))


def device_of(client, site):
    cookie = client.get_cookie(site.settings.cookie("ombun_device"))
    return tokens.read(cookie.value, at=site.clock.at).device


def test_a_script_gets_who_it_is(site, passkey, settled_fund):
    client = site.browser()
    credential = passkey.use(client.post("/session/options").json)
    answer = client.post("/session", data={"credential": credential}, headers={"Accept": "application/json"})
    volunteer = settled_fund.people["volunteer"]
    assert answer.json == {
        "account": str(volunteer.id), "handle": "volunteer", "name": "volunteer", "unit": "zone", "next": "/",
    }  # fmt: skip


@pytest.mark.parametrize(
    "next_", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_it_goes_nowhere_else(site, passkey, next_):
    assert sign_in(site.browser(), passkey, next=next_).location == "/"


def test_a_browser_keeps_its_phone_number_whoever_signs_in(settled_fund, site, passkey):
    client = site.browser()
    sign_in(client, passkey)
    number = device_of(client, site)
    other = enrol(site.browser(), invite(settled_fund, "admin").token)[1]
    client.post("/session/end")
    sign_in(client, other)
    assert device_of(client, site) == number
    handles = {session.account.handle for session in Session.select().where(Session.device == number)}
    assert handles == {"volunteer", "admin"}


@pytest.mark.parametrize("cookie", ["x", "", "00000000-0000-4000-8000-000000000001.1.deadbeef"])
def test_a_browser_without_a_good_number_gets_one(site, passkey, cookie):
    client = site.browser()
    client.set_cookie(site.settings.cookie("ombun_device"), cookie)
    assert sign_in(client, passkey).status_code == 303
    assert device_of(client, site)


def test_signing_in_again_ends_the_session_before(site, passkey):
    client = site.browser()
    sign_in(client, passkey)
    before = client.get_cookie(site.settings.cookie("ombun_session")).value
    sign_in(client, passkey)
    assert sessions.find(before, at=NOW) is None


def test_it_signs_out_and_keeps_the_phone_number(site, passkey):
    client = site.browser()
    sign_in(client, passkey)
    number = device_of(client, site)
    token = client.get_cookie(site.settings.cookie("ombun_session")).value
    answer = client.post("/session/end")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert sessions.find(token, at=NOW) is None, "ended on the server too"
    assert client.get_cookie(site.settings.cookie("ombun_session")) is None
    assert device_of(client, site) == number
    assert SessionEnd.select().count() == 1
    assert client.post("/session/end").status_code == 303, "twice changes nothing"


def test_a_late_word_ends_only_the_session_that_it_means(site, passkey, settled_fund):
    client = site.browser()
    sign_in(client, passkey)
    own, other = str(settled_fund.people["volunteer"].id), str(settled_fund.people["volunteer-2"].id)
    as_script = {"Accept": "application/json"}
    assert client.post("/session/end", data={"account": other}, headers=as_script).json == {"ended": True}
    assert client.get_cookie(site.settings.cookie("ombun_session"))
    assert client.post("/session/end", data={"account": own}, headers=as_script).json == {"ended": True}
    assert client.get_cookie(site.settings.cookie("ombun_session")) is None
    assert SessionEnd.select().count() == 1


def test_a_session_ends_by_itself_after_ninety_days(site, passkey):
    client = site.browser()
    sign_in(client, passkey)
    assert client.get("/enrolments/new").status_code == 404
    site.clock.at = NOW + timedelta(days=90)
    assert client.get("/enrolments/new").location.startswith("/sign-in?next=")


def test_a_refusal_is_one_sentence(site, passkey):
    client = site.browser()
    options = client.post("/session/options").json
    passkey.verified = False
    wrong = {"credential": passkey.use(options)}
    assert client.post("/session", data=wrong).status_code == 422
    answer = client.post("/session", data=wrong, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json["error"]
    assert client.get_cookie(site.settings.cookie("ombun_session")) is None


def test_a_replayed_answer_an_unknown_passkey_and_another_origin_are_refused(site, passkey):
    client = site.browser()
    credential = passkey.use(client.post("/session/options").json)
    assert client.post("/session", data={"credential": credential}).status_code == 303
    assert client.post("/session", data={"credential": credential}).status_code == 422
    assert sign_in(site.browser(), SoftPasskey()).status_code == 422
    passkey.origin = "https://evil.example"
    assert sign_in(site.browser(), passkey).status_code == 422
    assert client.post("/session").status_code == 422


def test_too_many_failures_wait(site, passkey):
    passkey.verified = False
    client = site.browser()
    answers = [sign_in(client, passkey) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert answers[-1].mimetype == "text/html"


@pytest.mark.slow
def test_a_flood_from_an_address_keeps_no_good_passkey_out(settled_fund, site, passkey):
    stranger = SoftPasskey()
    said = {"clientDataJSON": "e30"}
    answers = [
        site.browser().post("/session", data={"credential": json.dumps({"id": f"x{n}", "response": said})}).status_code
        for n in range(103)
    ]
    assert answers == [422] * 101 + [429] * 2
    assert sign_in(site.browser(), stranger).status_code == 429
    assert sign_in(site.browser(), passkey).status_code == 303
    assert enrol(site.browser(), invite(settled_fund, "zone-leader").token)[0].status_code == 303


def test_a_revoked_phone_does_not_sign_in(settled_fund, site, passkey):
    client = site.browser()
    sign_in(client, passkey)
    devices.revoke(device_of(client, site), by=settled_fund.people["admin"], at=NOW, reason="หาย")
    assert client.get("/enrolments/new").status_code == 303, "signed out"
    assert sign_in(client, passkey).status_code == 422
    assert sign_in(site.browser(), passkey).status_code == 303, "another phone is not this one"


def test_asking_for_options_costs_no_row(site):
    before = [table.select().count() for table in (Device, Passkey, Session)]
    for _ in range(3):
        assert site.browser().post("/session/options").json["challenge"]
    assert [table.select().count() for table in (Device, Passkey, Session)] == before


def test_another_site_cannot_sign_anybody_out(site, passkey):
    client = site.browser()
    sign_in(client, passkey)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert client.post("/session/end").status_code == 403
