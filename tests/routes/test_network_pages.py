"""The network's rooms for looking: charts beside their table, the sheet of the month, and the page for everybody; nobody's name on any."""

import gzip
import re

import pytest

from db.models import Person
from pwa.domain.people import accounts
from tests.domain.test_network_months import pinned, quarter, tell


@pytest.fixture
def told(app):
    network = pinned()
    quarter("F1", 30, 900, 100)
    tell("F1", "2026-10", 4)
    quarter("F8", 12, 500, 200)
    return network


def names():
    return [row.first_name for row in Person.select(Person.first_name).limit(50) if len(row.first_name) > 3]


def test_the_room_shows_charts_with_their_table_and_leads_to_sheet_and_public_page(told, client_as, page):
    client = client_as("network")
    page("/network", client)
    text = client.get("/network").text
    charts = re.findall(r'<figure class="chart">.*?</figure>', text, re.S)
    assert charts and all("<title" in one and "<desc" in one and "<script" not in one for one in charts)
    assert max(len(gzip.compress(one.encode())) for one in charts) <= 4096
    assert "/network/NET/" in text and "/networks/NET" in text


def test_the_sheet_of_a_month_has_a_line_a_fund_and_their_sum(told, client_as, page):
    tree = page("/network/NET/2026-09", client_as("network"))
    rows = ["".join(row.itertext()) for row in tree.findall(".//tbody/tr")]
    assert len(rows) == 2 and "กองทุน F1" in rows[0]
    assert "42" in "".join(tree.find(".//tfoot").itertext())
    assert "ยังไม่มีกองทุนส่งรายงาน" in client_as("network").get("/network/NET/2020-01").text


@pytest.mark.parametrize("address", ["/network/NET/2026-13", "/network/M01/2026-09", "/network/X/2026-09"])
def test_another_months_or_units_sheet_is_not_there(told, client_as, address):
    assert client_as("network").get(address).status_code == 404


@pytest.mark.parametrize("handle", ["volunteer", "treasurer", "registrar", "admin", "member"])
def test_nobody_else_enters(told, client_as, handle):
    assert client_as(handle).get("/network/NET/2026-09").status_code == 404


def test_everybody_reads_the_public_page_and_finds_nobody_in_it(told, client, page):
    shown = client.get("/networks/NET").text
    assert "กันยายน\N{NO-BREAK SPACE}2569" in shown and "42" in shown
    assert [name for name in names() if name in shown] == []
    assert accounts.named("network").name not in shown
    assert client.get("/networks/X").status_code == client.get("/networks/M01").status_code == 404
    page("/networks/NET", client)
