"""The phone fetches the national list of subdistricts once, and may keep it for good."""

import gzip
import json

from pwa.domain.places import addresses
from pwa.routes import places


def test_it_sends_the_list_to_anybody(client):
    answer = client.get("/places/subdistricts.json")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    assert json.loads(answer.data) == addresses.compact()


def test_it_may_be_kept_for_good_under_its_own_address(app, client):
    with app.test_request_context():
        url = places.address()
    answer = client.get(url, headers={"Accept-Encoding": "gzip"})
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) <= 90_000
    assert json.loads(gzip.decompress(answer.data))["version"] == addresses.VERSION


def test_it_is_asked_again_when_the_list_has_changed(client):
    assert client.get("/places/subdistricts.json?v=2020.1.1").headers["Cache-Control"] == "no-cache"
