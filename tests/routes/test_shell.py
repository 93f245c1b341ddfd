"""What a phone keeps of the app: the worker, its files, the manifest and the page for no network."""

import json
import re

import pytest

from pwa.server import assets

SHELL = {"Ombun-Shell": "1"}


def test_it_serves_a_worker_of_this_version(client):
    response = client.get("/sw.js")
    assert response.mimetype == "text/javascript"
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Service-Worker-Allowed"] == "/"
    assert assets.version() in response.text
    assert not re.search(r"__[A-Z]+__", response.text)


def test_it_keeps_every_file_of_ours(client):
    kept = json.loads(re.search(r"const FILES = (\[.*?\]);", client.get("/sw.js").text, re.S)[1])
    assert [url for url in [*kept, "/offline", "/manifest.webmanifest"] if client.get(url).status_code != 200] == []
    folder = f"/static/{assets.version()}/"
    expected = {
        name for name in assets.names() if name.split("/")[0] in ("app.css", "icons.svg", "js", "icons", "vendor")
    }
    assert expected <= {url.removeprefix(folder) for url in kept}
    assert not any(url.endswith("/sw.js") for url in kept)


def test_its_manifest_can_be_installed(client):
    response = client.get("/manifest.webmanifest")
    assert response.mimetype == "application/manifest+json"
    manifest = response.json
    assert manifest["name"] == manifest["short_name"] == "ออมบุญ"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        picture = client.get(icon["src"]).data
        side = int(icon["sizes"].split("x")[0])
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(picture[16:20]) == int.from_bytes(picture[20:24]) == side


def test_its_offline_page_is_everybodys(client, client_as, page):
    page("/offline", client)
    signed_in = client_as("volunteer")
    assert signed_in.get("/offline", headers=SHELL).text == client.get("/offline").text
    assert signed_in.account.name not in client.get("/offline").text


@pytest.mark.parametrize("path", ["/offline", "/sign-in"])
def test_its_open_pages_speak_the_language_of_the_phone(client, page, path):
    assert page(path, client).get("lang") == "th"
    answer = client.get(path, headers={"Ombun-Language": "en"})
    assert '<html lang="en"' in answer.text and client.get(path, headers={"Ombun-Language": "xx"}).status_code == 200
    assert json.dumps(["th", "en"]) in client.get("/sw.js").text


@pytest.mark.parametrize("path", ["/", "/households/new", "/phone", "/saved", "/kit", "/round", "/me"])
@pytest.mark.parametrize("handle", ["volunteer", "zone-leader"])
def test_the_kept_pages_name_nobody(client_as, page, path, handle):
    client = client_as(handle)
    response = client.get(path, headers=SHELL)
    assert response.status_code == 200
    assert client.account.name not in response.text
    assert str(client.account.id) not in response.text
    assert "data-account" not in response.text


def test_every_answer_says_that_it_is_ours(client):
    """Phones tell a server that is down, and a Wi-Fi that answers in its place, by this header being away."""
    for path in ("/", "/offline", "/nope", "/sync/keys", "/sync/status", "/health", "/sw.js", "/static/x/app.css"):
        assert client.get(path).headers["Ombun"] == "1", path
