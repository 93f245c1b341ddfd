"""GET /sync/status for more chains than one's own, and POST /sync/entries with a packed body."""

import gzip
import uuid

import pytest

from pwa.routes import sync
from tests.sync import NDJSON, line, post, receipts


def packed(client, data):
    return client.post("/sync/entries", data=data, headers={**NDJSON, "Content-Encoding": "gzip"})


def test_a_phone_hears_of_the_chains_it_asks_for(phone):
    receipts(post(phone.client, line(phone), line(phone)))
    stranger = uuid.uuid4()
    answer = phone.client.get(f"/sync/status?chain={phone.device.id}&chain={stranger}&chain=nonsense").get_json()
    assert answer["chains"] == [
        {"device": str(phone.device.id), "seen_through": 2, "missing": [], "backed_up_through": 0},
        {"device": str(stranger), "seen_through": 0, "missing": [], "backed_up_through": 0},
    ]


def test_it_hears_of_so_many_chains_and_no_more(phone):
    asked = "&".join(f"chain={uuid.uuid4()}" for _ in range(sync.MOST_CHAINS + 5))
    assert len(phone.client.get(f"/sync/status?{asked}").get_json()["chains"]) == sync.MOST_CHAINS


def test_a_packed_batch_gets_the_receipts_of_the_plain_one(phone):
    sent = line(phone)
    [first], _ = receipts(packed(phone.client, gzip.compress(sent + b"\n")))
    [second], _ = receipts(post(phone.client, sent))
    assert second == {**first, "outcome": "replayed"}


def test_a_packed_body_never_unfolds_beyond_the_limit(phone):
    assert packed(phone.client, gzip.compress(b"\n" * (sync.MOST_BODY + 1))).status_code == 413
    assert packed(phone.client, gzip.compress(b"\n" * sync.MOST_BODY)).status_code == 200


@pytest.mark.parametrize("body", [b"not packed", gzip.compress(b"x" * 900)[:-6], b""], ids=["plain", "cut", "empty"])
def test_a_body_that_does_not_unpack_is_refused(phone, body):
    assert packed(phone.client, body).status_code == 400
