"""What no page of ours sends: each is answered like anything else that is not known here, and never by an error of ours."""

import json

import pytest

from pwa.access import DEVICE, safe_next
from pwa.domain.crypto import keyring

HUGE = 10**40
GOOD = ["/", "/review", "/review?order=oldest&page=2", "/households/1#a", "/search?q=บุญมา", "/a//b"]
ELSEWHERE = [
    None, "", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
    "/\n/evil.example", "\t//evil.example", " //evil.example", "https://evil.example", "javascript:alert(1)", "evil.example",
    "http:evil.example", "/ok\r\nSet-Cookie: a=b", "/ok\x00", "/\u2028/evil.example", "/http://[::1/\\",
]  # fmt: skip


@pytest.mark.parametrize("address", GOOD)
def test_it_goes_on_to_an_address_of_ours(address):
    assert safe_next(address) == address


@pytest.mark.parametrize("address", ELSEWHERE)
def test_it_goes_nowhere_else_after_sign_in(client, address):
    assert safe_next(address) == "/"
    page = client.get("/sign-in", query_string={"next": address or ""})
    assert (
        page.status_code == 200 and "evil.example" not in page.text.partition("<main")[2].partition("data-outside")[0]
    )


@pytest.mark.parametrize("number", [HUGE, 2**31, 2**63, "9" * 5000, -HUGE, "²", "1e9", "\x00"])
def test_a_number_that_no_table_holds_is_none(client_as, number):
    registrar = client_as("registrar")
    for path in ("/review", "/quarantine", "/board"):
        assert registrar.get(path, query_string={"page": str(number)}).status_code == 200, path
    for path in (f"/admissions/{number}", f"/custody/imports/{number}"):
        assert registrar.get(path).status_code == 404
    asked = {"application": str(number), "accepted": "yes"}
    assert registrar.post("/admissions/F1/resolutions", data=asked).status_code == 404


@pytest.mark.parametrize("referer", ["http://[::1", "http://[zz]/", "//[", "\x00", "é" * 9000, "http://x\x00/"])
def test_a_malformed_referer_leads_home(client, referer):
    answer = client.post("/language", data={"language": "en"}, environ_overrides={"HTTP_REFERER": referer})
    assert answer.status_code == 303 and answer.location.startswith("/")


@pytest.mark.parametrize("claimed", ["\ud800", "ก", "x\x00", "x" * 5000, None, 1, [], {}])
def test_a_credential_of_any_name_is_refused(client, claimed):
    made = {"id": claimed, "rawId": claimed, "type": "public-key", "response": {"clientDataJSON": claimed}}
    for said in (
        made,
        made | {"response": claimed},
        made | {"response": {"clientDataJSON": keyring.b64url(b'{"challenge": 1}')}},
    ):
        assert client.post("/session", data={"credential": json.dumps(said)}).status_code == 422


@pytest.mark.parametrize("cookie", ["ก.1.ข", "é", "..", "x.².y", "\x00.1.1", "a" * 5000, "...." * 500])
def test_a_device_cookie_of_any_letters_is_no_phone(client, app, cookie):
    sent = f"{app.config['OMBUN'].cookie(DEVICE)}={cookie}".encode().decode("latin-1")
    assert client.get("/sync/status", environ_overrides={"HTTP_COOKIE": sent}).status_code == 401
    assert client.get("/", environ_overrides={"HTTP_COOKIE": sent}).status_code == 200


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b"null", b'"\\ud800"', b"\xff", b"9" * 5000, b'{"since": {"\\ud800": "\\u0000"}}']
)
def test_json_of_any_shape_asks_for_a_whole_kit(client_as, body):
    answer = client_as("volunteer").post("/kit/downloads", data=body, content_type="application/json")
    assert answer.status_code in (200, 404, 422)


def test_a_word_that_no_table_holds_is_shown_in_part(client_as):
    answer = client_as("registrar").get("/households?q=%00บุญ%00")
    assert answer.status_code == 200 and "\x00" not in answer.text
    assert client_as("registrar").post("/admissions/F%001/resolutions").status_code == 404
