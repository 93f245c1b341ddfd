"""An unfinished form in custody: given back to its author on any phone, and on nobody else's page."""

import uuid

import pytest

from db.models import Person
from pwa import web
from pwa.domain.custody.phones import Phone
from pwa.domain.operations import promises
from pwa.domain.people import accounts

WORDS = "คำที่ยังกรอกไม่เสร็จ"
VALUES = {"house": {"description": WORDS}}
OFFICES = {
    "zone-leader": ["/", "/review", "/review/{id}", "/custody", "/custody/{id}", "/quarantine", "/households/{home}"],
    "registrar": ["/review", "/review/{id}", "/custody/{id}", "/quarantine", "/households/{home}"],
    "admin": ["/custody", "/custody/{id}", "/quarantine", "/quarantine/{id}", "/devices"],
}


def home_of_member():
    return Person.get_by_id(accounts.named("member").person).household_id


@pytest.fixture
def draft(phone):
    """A draft about a household that the register knows, as its number."""
    home = home_of_member()
    payload = {"form": "household@1", "draft": str(home), "values": VALUES}
    entry = phone.record("draft", payload, subject=home, at=web.system_clock())
    assert entry.outcome == "received" and promises.check() == []
    return str(entry.entry_id)


def test_its_author_gets_it_back(phone, draft, client_as):
    entries = client_as("volunteer").get("/sync/status").json["entries"]
    (told,) = [one for one in entries if one["id"] == draft]
    assert {"kind": "draft", "state": "received", "finished": False}.items() <= told.items()
    assert phone.client.get(f"/sync/entries/{draft}").json["plaintext"]["payload"]["values"] == VALUES


@pytest.mark.parametrize("handle", ["volunteer-2", "zone-leader", "admin", "member"])
def test_nobody_else_does(draft, client_as, handle):
    client = client_as(handle)
    assert client.get(f"/sync/entries/{draft}").status_code == 404
    assert all(one["id"] != draft for one in client.get("/sync/status").json["entries"])


@pytest.mark.parametrize("handle", OFFICES)
def test_no_page_of_an_office_shows_it(draft, client_as, handle):
    client, home = client_as(handle), home_of_member()
    for path in OFFICES[handle]:
        text = client.get(path.format(id=draft, home=home)).text
        assert WORDS not in text, path
        assert f"/review/{draft}" not in text, path


@pytest.mark.parametrize("decision", ["approval", "return", "rejection"])
def test_nobody_decides_about_it(draft, client_as, decision):
    answer = client_as("zone-leader").post(f"/review/{draft}/{decision}", data={"reason": "ดูแล้ว"})
    assert answer.status_code == 404


def test_a_member_without_a_role_may_put_one_away_too(client_as):
    client = client_as("member")
    phone = Phone(client.account, at=web.system_clock(), device=client.device)
    line = phone.line(
        "draft", {"form": "correction@1", "draft": str(uuid.uuid4()), "values": {}}, at=web.system_clock()
    )
    answer = client.post("/sync/entries", data=line + b"\n", headers={"Content-Type": "application/x-ndjson"})
    assert '"outcome": "received"' in answer.text
