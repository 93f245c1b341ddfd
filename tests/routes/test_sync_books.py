"""GET /sync/books: the receipt books of whoever is signed in on a phone."""

import uuid

import pytest

from pwa import web
from pwa.access import SESSION
from pwa.domain.fund import receipt_books
from pwa.domain.people import devices
from tests.routes.conftest import phone_of


@pytest.fixture
def leader(client_as):
    return phone_of(client_as("zone-leader"))


def test_who_holds_an_office_gets_a_book_and_a_spare_and_the_same_ones_again(leader):
    first = leader.client.get("/sync/books")
    assert first.status_code == 200
    [used, spare] = first.get_json()["books"]
    assert list(used) == ["book", "fund", "last", "next"] and (used["next"], used["last"]) == (1, receipt_books.LAST)
    assert used["book"] != spare["book"] and used["fund"] == spare["fund"]
    assert leader.client.get("/sync/books").get_json() == first.get_json()


def test_another_number_of_the_phone_gets_others(leader):
    before = leader.client.get("/sync/books").get_json()["books"]
    assert uuid.UUID(leader.client.post("/sync/device").get_json()["device"]) != leader.device.id
    after = leader.client.get("/sync/books").get_json()["books"]
    assert not {book["book"] for book in before} & {book["book"] for book in after}


def test_without_a_session_nothing_is_told_and_nothing_given(leader, app, client):
    leader.client.delete_cookie(app.config["OMBUN"].cookie(SESSION))
    assert leader.client.get("/sync/books").status_code == 401
    assert client.get("/sync/books").status_code == 401


def test_who_may_not_collect_gets_none_and_so_does_a_phone_that_was_taken_out_of_use(client_as, leader, data):
    assert client_as("registrar").get("/sync/books").get_json() == {"books": []}
    devices.revoke(leader.device.id, by=leader.account, at=web.system_clock(), reason="หาย")
    answer = leader.client.get("/sync/books")
    assert answer.status_code == 401 or answer.get_json() == {"books": []}
