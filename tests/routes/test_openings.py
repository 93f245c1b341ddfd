"""/ledger/opening: typed, added up until both sides meet, then booked."""

import html
import re

import pytest

from pwa.domain.fund import banks
from pwa.domain.people import accounts
from tests.collecting import TODAY, balances
from tests.small_fund import NOW

HERE = "/ledger/opening"


@pytest.fixture
def treasurer(site, settled_fund):
    for role in ("treasurer", "auditor"):
        settled_fund.people[role] = accounts.add(role, name=role, unit=settled_fund.units["town"], role=role, at=NOW)
    for digits in ("4471", "9902"):
        about = dict(since=TODAY, by=settled_fund.people["treasurer"], at=NOW)
        banks.write(settled_fund.fund, "ธ.ก.ส.", digits, **about)
    return site.browser("treasurer")


def typed(**more):
    said = {
        "fund": "fund",
        "on:day": "1",
        "on:month": "1",
        "on:year": "2569",
        "bank.0.name": "ธ.ก.ส. 4471",
        "bank.0": "4,000",
    }
    return said | {"sum.4010": "๕๐๐๐", "sum.5003": "900.50"} | more


def text_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_it_says_what_is_missing_and_books_what_was_seen(treasurer):
    assert f'href="{HERE}?fund=fund"' in treasurer.get("/ledger").text
    shown = treasurer.post(HERE, data=typed())
    assert "-99.50 บาท" in text_of(shown) and balances() == {}
    assert 'value="๕๐๐๐"' in shown.text, "what was typed stays"
    met = typed(**{"sum.5003": "1,000", "remainder": "0", "book": "yes"})
    assert treasurer.post(HERE, data=met).status_code == 303
    assert balances() == {"1100-ธ.ก.ส.-4471": 400000, "4010 before": -500000, "5003 before": 100000}
    assert "เปิดแล้ว" in text_of(treasurer.get(HERE)) and HERE not in treasurer.get("/ledger").text


@pytest.mark.parametrize(
    "more",
    [
        {"sum.4010": "1.000"},
        {"sum.4010": "1e3"},
        {"bank.1": "30"},
        {"on:day": "31", "on:month": "2"},
        {"pot.main": "-5"},
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_booked(treasurer, more):
    answer = treasurer.post(HERE, data=typed(**more, remainder="0", book="yes"))
    assert (answer.status_code, balances()) == (422, {})
    assert answer.text.count("field--problem") == 1


def test_a_difference_that_was_not_seen_is_refused(treasurer):
    assert treasurer.post(HERE, data=typed(remainder="0", book="yes")).status_code == 422
    assert balances() == {}


def test_only_who_keeps_the_books_opens_them(site, treasurer):
    assert [site.browser(handle).get(HERE).status_code for handle in ("auditor", "registrar")] == [404, 404]
