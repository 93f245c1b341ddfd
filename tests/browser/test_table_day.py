"""Collection day at the table without a signal: thirty members one after the other, a number and a tap each, and all of it in the books once."""

import re

import pytest
from playwright.sync_api import expect

from db.models import Receipt
from pwa.domain.operations import promises
from tests.browser.collecting import opened, own, sent_to_collect
from tests.browser.many_houses import counted, settled, taps
from tests.browser.phones import wait_until
from tests.browser.stories import looked_over, no_signal, office, sent

MEMBERS = 30
MOST = 3
"""Taps a member: typing the number is none, choosing among two of a name is one."""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_thirty_members_pay_at_the_table_by_a_tap_each_and_the_books_have_each_once(village, phones):
    settled(village, MEMBERS)
    volunteer = sent_to_collect(village, counted(phones("volunteer")))
    with no_signal(village, volunteer):
        page = opened(volunteer, "#counter")
        expect(page.locator("#number")).to_be_focused()
        before = taps(volunteer)
        for made, number in enumerate(members(page), 1):
            start = taps(volunteer)
            page.keyboard.type(number)
            expect(page.locator("[data-take]")).to_have_text(re.compile("รับ .* บาท"))
            page.locator("[data-take]").click()
            expect(page.locator('[data-list="last"]')).to_contain_text(f"M1/{made}")
            expect(page.locator("#number")).to_have_value("")
            expect(page.locator("#number")).to_be_focused()
            assert taps(volunteer) - start <= MOST
        assert taps(volunteer) - before == MEMBERS, "typed, one tap, and the next may come"
        kept = own(volunteer)
        baht = sum(one["payload"]["total_satang"] for one in kept) // 100
        expect(page.locator('[data-slot="sum"]')).to_have_text(f"{baht:,} บาท")
        expect(page.locator('[data-slot="count"]')).to_contain_text(str(MEMBERS))
        looked_over(volunteer, "table-day")
        page.locator('[data-list="last"] .row').click()
        expect(page.locator('[data-slot="receipt"]')).to_have_text(f"ใบเสร็จ M1/{MEMBERS}")
        assert taps(volunteer) - before == MEMBERS + 1, "the receipt is one tap away"
    sent(volunteer, MEMBERS, timeout=120)
    wait_until(lambda: booked(village) == list(range(1, MEMBERS + 1)))
    with office(village):
        assert sum(row.total_satang for row in Receipt.select()) == baht * 100
        assert len({row.payer for row in Receipt.select()}) == MEMBERS and promises.check() == []


def booked(village):
    """The numbers in the books, which come a moment after custody."""
    with office(village):
        return sorted(row.no for row in Receipt.select())


def members(page):
    """The numbers of so many members of whom something is due, as the phone knows them."""
    kit = page.evaluate("async () => (await import(moduleOf('kit'))).open().then(({ people }) => people)")
    found = [one["pays"][0][1] for one in kit if "pays" in one and one["name"]["first_name"][-1].isdecimal()]
    assert len(found) >= MEMBERS
    return found[:MEMBERS]
