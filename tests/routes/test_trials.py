"""Going into the demo village without a key: from this very machine alone, and what ends it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db.models import EnrolmentUse, Trial
from pwa import web
from pwa.access import SESSION
from pwa.domain.people import accounts
from tests.conftest import browser_of
from tests.hamlets import open_access
from tests.people_fixtures import enrol, printed
from tests.routes.conftest import enter

pytestmark = pytest.mark.only("sqlite")
ELSEWHERE = {
    "an https origin": dict(origin="https://localhost"),
    "a public origin": dict(origin="https://ombun.example.org"),
    "a public host": dict(host="0.0.0.0"),
    "every address": dict(host="::"),
    "a name as host": dict(host="ombun.example.org"),
    "a proxy": dict(proxies=1),
    "another database": dict(database_url="postgresql://localhost/ombun"),
}
PASSED_ON = {
    "a phone in the house": dict(REMOTE_ADDR="192.168.1.7"),
    "IPv6 from outside": dict(REMOTE_ADDR="2001:db8::7"),
    "nobody knows who": dict(REMOTE_ADDR=""),
    "IPv4 that is spelled as IPv6": dict(REMOTE_ADDR="::ffff:192.168.1.7"),
    "another name (DNS rebinding)": dict(HTTP_HOST="evil.example"),
    "a name that ends alike": dict(HTTP_HOST="localhost.evil.example"),
    "a number instead of the name": dict(HTTP_HOST="127.0.0.1"),
    "another port": dict(HTTP_HOST="localhost:9000"),
    "two names": dict(HTTP_HOST="localhost,evil.example"),
    "a page elsewhere": dict(HTTP_ORIGIN="https://evil.example"),
    "Forwarded": dict(HTTP_FORWARDED="for=192.0.2.1"),
    "Via": dict(HTTP_VIA="1.1 proxy"),
    "X-Forwarded-For": dict(HTTP_X_FORWARDED_FOR="127.0.0.1"),
    "X-Forwarded-Host": dict(HTTP_X_FORWARDED_HOST="localhost"),
    "X-Forwarded-Proto": dict(HTTP_X_FORWARDED_PROTO="http"),
    "one that says nothing": dict(HTTP_X_FORWARDED_PORT=""),
    "one that nobody knows yet": dict(HTTP_X_FORWARDED_ANYTHING="1"),
}
HERE = {
    "IPv6": dict(REMOTE_ADDR="::1"),
    "another address of the loopback": dict(REMOTE_ADDR="127.9.9.9"),
    "our own page": dict(HTTP_ORIGIN="http://localhost"),
}


def test_the_link_tells_who_one_would_be_and_lets_in(client, page):
    token = printed("treasurer").token
    offer = client.post("/trials/offer", data={"token": token}).get_json()
    assert offer == {"name": "สมศรี รักษาทรัพย์", "role": "เหรัญญิก"}
    answer = enter(client, token)
    said = answer.get_json()
    assert (said["handle"], said["trial"], said["next"]) == ("treasurer", "yes", "/")
    [cookie] = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith(SESSION)]
    assert f"Max-Age={12 * 3600}" in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert page("/", client).get("data-name") == "สมศรี รักษาทรัพย์"


def test_a_plain_form_is_sent_on_to_where_it_was_going(client):
    answer = client.post("/trials", data={"token": printed().token, "next": "//evil.example"})
    assert (answer.status_code, answer.location) == (303, "/")


def test_the_page_of_a_link_offers_it_only_here(app, client):
    assert "data-trial-offer" in client.get("/enrol").text
    assert "data-trial-offer" not in client.get("/enrol", environ_overrides={"HTTP_VIA": "1.1 x"}).text
    open_access(accounts.named("admin"), by=None, at=web.system_clock())
    assert "data-trial-offer" not in client.get("/enrol").text


@pytest.mark.parametrize("about", ELSEWHERE.values(), ids=ELSEWHERE)
def test_served_in_another_way_there_is_nothing(app, client, looking, about):
    inside, token = looking("volunteer"), printed().token
    value = inside.get_cookie(app.config["OMBUN"].cookie(SESSION)).value
    app.config["OMBUN"] = replace(app.config["OMBUN"], **about)
    shut = dict(base_url=about.get("origin", "http://localhost"))
    inside.set_cookie(app.config["OMBUN"].cookie(SESSION), value, domain=shut["base_url"].partition("//")[2])
    for path in ("/trials", "/trials/offer"):
        assert client.post(path, data={"token": token}, **shut).status_code == 404
    assert Trial.select().count() == 1
    for path in ("/", "/me", "/households/new", "/phone", "/sign-in"):
        assert inside.get(path, **shut).status_code == 404, path


@pytest.mark.parametrize("environ", PASSED_ON.values(), ids=PASSED_ON)
def test_passed_on_by_somebody_there_is_nothing(app, client, looking, environ):
    inside, token = looking("volunteer"), printed().token
    name, bare = app.config["OMBUN"].cookie(SESSION), app.test_client(use_cookies=False)
    shown = f"{name}={inside.get_cookie(name).value}"
    assert bare.get("/me", environ_overrides={"HTTP_COOKIE": shown}).status_code == 200
    for path in ("/trials", "/trials/offer"):
        assert client.post(path, data={"token": token}, environ_overrides=environ).status_code == 404
    assert Trial.select().count() == 1
    for path in ("/", "/me", "/households/new", "/phone", "/sign-in"):
        assert bare.get(path, environ_overrides={"HTTP_COOKIE": shown, **environ}).status_code == 404, path


@pytest.mark.parametrize("environ", HERE.values(), ids=HERE)
def test_from_this_machine_it_is_open(client, environ):
    assert enter(client, printed().token, **environ).status_code == 200


def test_another_site_cannot_send_anybody_in(client):
    token = printed().token
    assert enter(client, token, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert enter(client, token, HTTP_SEC_FETCH_SITE="same-site").status_code == 403


def test_the_first_passkey_ends_it_and_spares_who_is_inside(client, looking):
    inside, token = looking("member"), printed().token
    assert enrol(browser_of(client.application), token)[0].status_code == 303
    assert enter(client, printed().token).status_code == 404
    assert inside.get("/me").status_code == 200


def test_the_same_link_makes_a_passkey_afterwards(looking):
    client = looking("volunteer")
    token = printed().token
    answer, _ = enrol(client, token)
    assert answer.status_code == 303
    assert EnrolmentUse.select().count() == 1
    assert 'class="trial"' not in client.get("/").text, "whoever has a key looks around no more"


def test_it_ends_after_twelve_hours(app, looking):
    client, at = looking("volunteer"), web.system_clock()
    app.config["CLOCK"] = lambda: at + timedelta(hours=12, seconds=5)
    assert client.get("/me").location.startswith("/sign-in")


def test_leaving_ends_it(looking):
    client = looking("volunteer")
    assert client.post("/session/end").status_code == 303
    assert client.get("/me").location.startswith("/sign-in")


def test_the_sign_in_page_says_where_the_links_are(client):
    assert "data-sign-in-form" in client.get("/sign-in").text
    hamlet = "หมู่บ้านตัวอย่าง"
    assert hamlet in client.get("/sign-in").text
    assert hamlet not in client.get("/sign-in", headers={"Ombun-Language": "th"}).text, "the phone keeps it for longer"
    assert hamlet not in client.get("/sign-in", environ_overrides={"HTTP_VIA": "1.1 x"}).text
    open_access(accounts.named("admin"), by=None, at=web.system_clock())
    assert hamlet not in client.get("/sign-in").text


def test_the_home_of_who_looks_around_says_what_is_closed(looking, client_as):
    closed = "ทำไม่ได้เมื่อไม่ใช้กุญแจ"
    assert closed in looking("treasurer").get("/").text
    assert closed not in client_as("treasurer").get("/").text
