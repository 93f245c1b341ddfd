"""No request makes a 500: every parameter of every door, headers and cookies, each with thirty texts, limits off.

A twenty-fourth of it is asked in `make test`, another one for each parameter; `make test-all` asks the rest.
"""

import io
import json
import zlib

import pytest

from pwa import web
from pwa.domain.crypto import keyring
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts, enrolments
from tests.fuzz import doors
from tests.fuzz.values import BODIES, TEXTS, THINGS
from tests.sync import line

SHARES = 24
FORM = {
    "reason": "ทดสอบ",
    "how": "told",
    "role": "volunteer",
    "unit": "C01",
    "board": "1",
    "meeting": "1",
    "accepted": "yes",
}
BROWSERS = {"stranger": ("/", "/sign-in"), "registrar": ("/households", "/review"), "phone": ("/sync/status", "/kit")}

pytestmark = pytest.mark.slow
shared = pytest.mark.parametrize(
    "share", [0, *(pytest.param(share, marks=pytest.mark.fuzz) for share in range(1, SHARES))]
)


@pytest.fixture
def phone(client_as):
    """The volunteer's phone with the browser that carries its cookie."""
    client = client_as("volunteer")
    phone = Phone(client.account, at=web.system_clock(), device=client.device)
    phone.client = client
    return phone


def some(values, share, *about):
    """The values of this share; another parameter has others in it."""
    first = share + zlib.crc32(" ".join(about).encode())
    return [values[place] for place in range(first % SHARES, len(values), SHARES)]


@shared
def test_no_text_in_an_address(app, ask, reader, things, share):
    for method, rule, access in doors.rules(app):
        for name in rule.arguments:
            for text in some(TEXTS, share, method, rule.rule, name):
                path = doors.address(rule, things | {name: text})
                ask(reader(access), method, path, data=FORM if method == "POST" else None)


@shared
def test_no_text_in_a_parameter(app, ask, reader, things, share):
    for method, rule, access in doors.rules(app):
        path = doors.address(rule, things)
        for name in doors.parameters(doors.room(rule)):
            for text in some(TEXTS, share, method, rule.rule, name):
                given = {"query_string": {name: text}} if method == "GET" else {"data": FORM | {name: text}}
                ask(reader(access), method, path, **given)


@shared
def test_no_json(app, ask, reader, things, share):
    for method, rule, access in doors.rules(app):
        path, room = doors.address(rule, things), doors.room(rule)
        if method == "GET":
            continue
        for body in some(BODIES, share, method, rule.rule):
            ask(reader(access), method, path, data=body, content_type="application/json")
        for name in doors.parameters(room) if doors.reads_json(room) else ():
            for thing in some(THINGS, share, method, rule.rule, name):
                ask(reader(access), method, path, json={name: thing})
                ask(reader(access), method, path, data={name: json.dumps(thing)})


@shared
@pytest.mark.parametrize("who", BROWSERS)
def test_no_header_and_no_cookie(app, ask, reader, client, who, share):
    browser = client if who == "stranger" else reader(("registrar",) if who == "registrar" else ("volunteer",))
    wanted = [("GET", path) for path in BROWSERS[who]] + [("POST", "/language")]
    for method, path in wanted:
        for name in doors.headers():
            for text in some(TEXTS, share, path, name):
                ask(browser, method, path, environ_overrides=doors.header(name, text))
        for name in ("session", "device", "language"):
            cookie = app.config["OMBUN"].cookie(f"ombun_{name}")
            for text in some(TEXTS, share, path, name):
                for value in (text, f"{text}.{text}.{text}"):
                    ask(browser, method, path, environ_overrides=doors.header("Cookie", f"{cookie}={value}"))


@shared
def test_no_line_and_no_photo(app, ask, reader, phone, share):
    whole = json.loads(line(phone))
    for name in (*whole, "sig"):
        for thing in some(THINGS, share, name):
            sent = json.dumps(whole | {name: thing}).encode()
            ask(phone.client, "POST", "/sync/entries", data=sent, content_type="application/x-ndjson")
    for body in some(BODIES, share, "body"):
        ask(phone.client, "POST", "/sync/entries", data=body, content_type="application/x-ndjson")
        ask(phone.client, "PUT", "/sync/blobs/" + "0" * 64, data=body)
        ask(reader(("registrar",)), "POST", "/custody", data={"file": (io.BytesIO(body), "queue")})


@shared
@pytest.mark.parametrize("path", ["/session", "/passkeys"])
def test_no_credential(app, ask, client, things, path, share):
    token = enrolments.issue(accounts.named("member"), by=None, at=web.system_clock(), reason="ทดสอบ").token
    whole = {"id": "x", "rawId": "x", "type": "public-key", "response": {"clientDataJSON": "e30", "signature": "x"}}
    for name in (*whole, "authenticatorAttachment", "clientExtensionResults"):
        for thing in some(THINGS, share, path, name):
            ask(client, "POST", path, data={"token": token, "credential": json.dumps(whole | {name: thing})})
    for name in ("clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject", "transports"):
        for thing in some(THINGS, share, path, name):
            said = whole | {"response": whole["response"] | {name: thing}}
            ask(client, "POST", path, data={"token": token, "credential": json.dumps(said)})
            packed = keyring.b64url(json.dumps({"challenge": thing, "type": thing, "origin": thing}).encode())
            said = whole | {"response": {"clientDataJSON": packed}}
            ask(client, "POST", path, data={"token": token, "credential": json.dumps(said)})
