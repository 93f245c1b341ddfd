"""The harness itself: the network fails as told, and a phone without power keeps what a real one keeps."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.chaos import Chaos
from tests.browser.phones import Phone, wait_until

PAGE = b"<!doctype html><html lang=th><title>x</title><body><main><h1>x</h1></main>"
CREATE = """async () => (await navigator.credentials.create({publicKey: {
  rp: {name: "x"}, user: {id: new Uint8Array([7]), name: "x", displayName: "x"}, challenge: new Uint8Array(32),
  pubKeyCredParams: [{type: "public-key", alg: -7}], extensions: {prf: {}},
  authenticatorSelection: {residentKey: "required", userVerification: "required"},
}})).id"""
EVALUATE = """async () => {
  const credential = await navigator.credentials.get({publicKey: {
    challenge: new Uint8Array(32), userVerification: "required", extensions: {prf: {eval: {first: new Uint8Array(32)}}},
  }});
  return [...new Uint8Array(credential.getClientExtensionResults().prf.results.first)];
}"""


class Site(BaseHTTPRequestHandler):
    """Remembers the writes it committed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self._answer(PAGE)

    def do_POST(self):
        self.server.committed.append(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(b"done")

    def log_message(self, *_):
        pass

    def _answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.committed = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.proxy = Chaos(server.server_port)
    yield server
    server.proxy.clear()
    server.proxy.down()
    server.shutdown()
    server.server_close()


def post(site, body=b"line", timeout=5):
    connection = http.client.HTTPConnection("localhost", site.proxy.port, timeout=timeout)
    try:
        connection.request("POST", "/sync/entries", body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_it_passes_requests_on(site):
    assert post(site, b"x" * 900_000) == (200, b"done")
    assert [len(body) for body in site.committed] == [900_000]
    assert site.proxy.seen("POST /sync") == ["POST /sync/entries"]


@pytest.mark.parametrize(
    ("kind", "error", "commits"),
    [
        ("reset", ConnectionResetError, 0),
        ("drop_response", ConnectionResetError, 1),
        ("truncate", (http.client.IncompleteRead, ConnectionResetError), 1),
        ("hang", TimeoutError, 0),
    ],
)
def test_it_fails_as_told(site, kind, error, commits):
    site.proxy.fault(kind, "POST /sync", times=1)
    with pytest.raises(error):
        post(site, timeout=0.5)
    assert len(site.committed) == commits
    assert post(site)[0] == 200


def test_it_answers_like_a_captive_portal(site):
    site.proxy.captive_portal()
    assert b"Wi-Fi" in post(site)[1]
    site.proxy.clear()
    site.proxy.fault("answer", status=503, headers={"Retry-After": "2"})
    assert post(site)[0] == 503
    assert site.committed == []


def test_it_goes_down_and_comes_back_at_the_same_port(site):
    with site.proxy.offline(), pytest.raises(ConnectionRefusedError):
        post(site)
    assert post(site)[0] == 200


def test_a_phone_keeps_passkey_and_storage_without_power(playwright, site, tmp_path):
    phone = Phone(playwright, f"http://localhost:{site.proxy.port}", tmp_path / "phone")
    phone.page.goto("/")
    passkey = phone.page.evaluate(CREATE)
    secret = phone.page.evaluate(EVALUATE)
    phone.page.evaluate("() => localStorage.setItem('draft', 'x')")
    phone.context.add_cookies([{"name": "device", "value": "1", "url": phone.origin}])
    wait_until(lambda: passkey and phone.passkeys.prf)
    phone.restart()
    phone.page.goto("/")
    assert phone.page.evaluate(EVALUATE) == secret
    assert phone.context.cookies()[0]["name"] == "device"
    phone.is_accessible()
    phone.fits()
    phone.page.evaluate("() => console.error('seen')")
    assert wait_until(lambda: phone.page.title() and phone.unexpected())[0].endswith("seen")
    phone.close()


def test_a_reader_may_have_letters_twice_as_large(playwright, site, tmp_path):
    phone = Phone(playwright, f"http://localhost:{site.proxy.port}", tmp_path / "phone", text_scale=2, width=320)
    phone.page.goto("/")
    assert phone.page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "32px"
    assert phone.page.evaluate("() => innerWidth") == 320
    phone.close()
