"""What a printer gets of a list: the list without what only a screen needs, no row split, and on every sheet which it is of how many."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.stories import ready

STYLES = Path(__file__).parents[2] / "pwa" / "static" / "app.css"
SHEET = re.compile(r"@page([^{]*)\{((?:[^{}]|\{[^{}]*\})*)\}")
NUMBERS = re.compile(r'@bottom-center \{ content: counter\(page\) " / " counter\(pages\)')


def test_a_printed_list_has_no_search_and_no_split_row(phones):
    phone = ready(phones("zone-leader"))
    phone.page.goto("/households")
    search, row = phone.page.locator("[role=search]").first, phone.page.locator("main .row").first
    expect(search).to_be_visible()
    phone.page.emulate_media(media="print")
    for one in (search, phone.page.locator(".topbar nav").first):
        expect(one).to_be_hidden()
    expect(row).to_be_visible()
    expect(row).to_have_css("break-inside", "avoid")
    expect(phone.page.locator("h1").first, "a sheet says what it is").to_be_visible()


def test_every_sheet_says_which_one_it_is():
    sheets = SHEET.findall(STYLES.read_text())
    assert {name.strip() for name, _ in sheets} >= {"", "report", "wide", "minutes"}
    assert [name for name, inside in sheets if not NUMBERS.search(inside)] == []
