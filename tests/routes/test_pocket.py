"""/me/pocket, what a member's own phone keeps for when there is no signal, and the page that it is shown on there."""

import pytest

from pwa import web
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts
from pwa.domain.text.dates import BANGKOK
from tests.collecting import receipt, told

JSON = {"Accept": "application/json"}


def test_it_tells_a_member_their_own_in_their_language(client_as):
    member = client_as("member")
    answer = member.get("/me/pocket", headers=JSON)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert answer.json["account"] == str(accounts.named("member").id) and answer.json["told_at"].endswith("+00:00")
    [fund] = answer.json["funds"]
    assert fund["fund"] and fund["number"] and fund["standing"]
    titles = {one["code"]: one["title"] for one in fund["benefits"]}
    assert titles["birth"] == "เกิด · ค่าทำขวัญบุตร"
    for code, day, _, number in fund["rows"]:
        assert code in titles and len(day) == 10 and fund["sentences"][number]["says"]
    assert any("ยังไม่" in one["says"] for one in fund["sentences"])


def test_what_it_costs_is_what_the_page_shows(client_as):
    member = client_as("member")
    shown = member.get("/me").text
    for one in member.get("/me/pocket", headers=JSON).json["funds"][0]["benefits"]:
        assert one["title"] in shown
        assert all(price in shown for price in one["prices"]), one


def test_it_tells_every_payment_with_its_receipt_and_the_months_that_are_covered(client_as):
    told(Phone(accounts.named("zone-leader"), at=web.system_clock()), of_today(), web.system_clock())
    member = client_as("member")
    [book] = member.get("/me/pocket", headers=JSON).json["passbook"]
    [line] = book["lines"]
    assert (line["receipt"], line["satang"], line["state"]) == ("เล่มหนึ่ง/7", 3000, "waiting")
    assert len(book["months"]) >= 1 and set(book["months"]) <= {"paid", "part", "open"}
    shown = member.get("/me").text
    assert book["covered"] in shown and line["until"] in shown and line["kind"] in shown


def of_today():
    """A receipt for the member of the demo village."""
    person = str(accounts.named("member").person)
    days = {"covers_from": "2026-12-01", "covers_to": "2026-12-31"}
    lines = [{"person": person, "kind": "contribution", "amount_satang": 3000, **days}]
    on = web.system_clock().astimezone(BANGKOK).date().isoformat()
    return receipt(7, book="เล่มหนึ่ง", fund="F1", paid_on=on, lines=lines, payer={"type": "self", "person": person})


@pytest.mark.parametrize("handle", ["admin", "zone-leader"])
def test_an_account_of_nobody_has_none(client_as, handle):
    assert client_as(handle).get("/me/pocket", headers=JSON).status_code == 404


def test_a_stranger_is_told_nothing(client):
    answer = client.get("/me/pocket", headers=JSON)
    assert answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("handle", ["member", "volunteer"])
def test_the_kept_page_says_nothing_of_anybody(client_as, handle):
    client = client_as(handle)
    shell = client.get("/me", headers={"Ombun-Shell": "1"}).text
    assert "data-locked" in shell and "data-account" not in shell
    for words in (client.account.name, str(client.account.id), "ค่าทำขวัญบุตร", "1,000", "วิรัตน์"):
        assert words not in shell, words
