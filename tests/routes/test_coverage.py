"""/coverage: every number opens its houses, for those who may see houses; and a round begins there."""

import uuid

import pytest

from db.models import AssignmentAim
from pwa import web
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.review import review
from tests.hamlets import bunma, form


@pytest.mark.parametrize("handle", ["volunteer", "zone-leader", "registrar", "treasurer", "committee", "auditor"])
def test_every_number_opens_as_many_houses_and_nobody_sees_beyond_their_places(client_as, page, handle):
    client = client_as(handle)
    tree = page("/coverage", client)
    links = [(a.get("href"), int("".join(a.itertext()))) for a in tree.findall(".//td//a[@href]")]
    assert bool(links) == (handle in ("volunteer", "zone-leader", "registrar"))
    for address, n in links:
        shown = page(address, client)
        assert len([a for a in shown.findall(".//a") if a.get("href", "").startswith("/households/")]) == n


@pytest.mark.parametrize("handle", ["network", "province", "admin", "member", "stranger"])
def test_who_sees_no_house_finds_nothing(client_as, handle):
    client = client_as(handle)
    assert client.get("/coverage").status_code == 404
    assert client.get("/coverage/C01/not").status_code == 404


@pytest.mark.parametrize("address", ["/coverage/C05/not", "/coverage/X/not", "/coverage/C01/half"])
def test_another_place_or_state_is_not_there(client_as, address):
    assert client_as("zone-leader").get(address).status_code == 404


def test_a_leader_sends_a_volunteer_to_these_houses(client_as, page):
    client = client_as("zone-leader")
    at = web.system_clock()
    phone = Phone(accounts.named("volunteer"), at=at)
    entry = phone.record("household", form(bunma(), outcome="not_ready"), at=at, place="C01", subject=uuid.uuid4())
    review.approve(entry, by=client.account, at=at, choices={})
    place = units.get("C01")
    tree = page(f"/coverage/{place.code}/not", client)
    [link] = [a.get("href") for a in tree.findall(".//a") if "/assignments/new" in a.get("href", "")]
    chosen = page(link, client).findall(".//input[@checked]")
    assert {(one.get("name"), one.get("value")) for one in chosen} >= {("place", place.code), ("aim", "uncovered")}
    taker = next(one.get("value") for one in page(link, client).findall(".//input[@name='account']"))
    days = {
        f"{name}:{part}": value
        for name in ("starts_on", "ends_on")
        for part, value in (("day", "1"), ("month", "1"), ("year", "2570"))
    }
    answer = client.post("/assignments", data={"account": taker, "place": place.code, "aim": "uncovered", **days})
    assert answer.status_code == 303, answer.text
    assert AssignmentAim.select().count() == 1
    assert "บ้านที่ยังไม่ครอบคลุม" in client.get(answer.location).text
