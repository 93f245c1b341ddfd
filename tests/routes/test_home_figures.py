"""The figures of the last month on the homes of those who sign for them: each opens its list, and the list is as long as the figure says."""

import html
import re

import pytest

from tests.routes.test_ledger_reports import LINK, figures, opened, rows_of

MEMBERS = "/ledger/reports/members"


@pytest.fixture(scope="module")
def template_data(village_of_two_years):
    return village_of_two_years


def people(page):
    """[(address, how many)] of the figures of members that a page links."""
    found = [(html.unescape(at), int(said.replace(",", "").replace("−", "-"))) for at, said in LINK.findall(page)]
    return [(at, many) for at, many in found if at.startswith(MEMBERS)]


@pytest.mark.parametrize("handle", ["treasurer", "committee", "auditor"])
def test_each_figure_opens_a_list_that_comes_to_it(app, client_as, handle):
    client = client_as(handle)
    assert re.search(r'<section[^>]* id="figures"[^>]* data-late="/figures"', client.get("/").text)
    page, seen = client.get("/figures").text, set()
    assert "ตุลาคม" in page
    for at, said in figures(page):
        opened(client, at, said, seen)
    assert len(seen) > 5
    assert is_as_long_as_it_says(client, page) >= {"before", "after"}


def test_the_registrar_finds_the_members_and_no_money(app, client_as):
    client = client_as("registrar")
    page = client.get("/figures").text
    assert figures(page) == []
    assert is_as_long_as_it_says(client, page) >= {"before", "after"}
    assert client.get("/ledger/reports/meeting").status_code == client.get("/ledger/reports/income").status_code == 404


def is_as_long_as_it_says(client, page):
    """The kinds of the lists of members that a page opens; each has a row for every one that its figure counts."""
    kinds = set()
    for at, many in people(page):
        rows = [row for row in rows_of(client, at) if len(row) > 2][1:-1]
        assert len(rows) == abs(many), at
        assert client.get(at).status_code == 200
        kinds.add(re.search(r"kind=(\w+)", at)[1])
    return kinds


@pytest.mark.parametrize("handle", ["volunteer", "zone-leader", "admin", "network", "province", "member"])
def test_nobody_else_has_them(app, client_as, handle):
    client = client_as(handle)
    assert 'id="figures"' not in client.get("/").text
    assert client.get("/figures").status_code == 404
    assert client.get(f"{MEMBERS}?period=2026-10&kind=after").status_code == 404


def test_a_page_that_a_phone_keeps_holds_no_figures(app, client_as):
    assert 'id="figures"' not in client_as("treasurer").get("/", headers={"Ombun-Shell": "1"}).text
