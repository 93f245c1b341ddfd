"""A whole day of money: sixty houses without a signal, cash by codes between two phones, the sheet approved in one act, and the deposit."""

import re

import pytest
from playwright.sync_api import expect

from db.models import Fund, LedgerTransaction, Receipt
from pwa import web
from pwa.domain.fund import banks
from pwa.domain.operations import promises
from pwa.domain.people import accounts
from pwa.domain.text.dates import BANGKOK
from tests.browser import handing
from tests.browser.collecting import houses, opened, own, sent_to_collect, tap
from tests.browser.handing import coins, count, scanned, shown
from tests.browser.many_houses import counted, settled, taps
from tests.browser.phones import wait_until
from tests.browser.stories import looked_over, no_signal, office, ready, sent
from tests.browser.test_hand_over_by_codes import HANDS, books

HOUSES, ODD = 60, 4
A_HOUSE = 1.3
"""Taps a household at most, with those that are not as usual."""


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_sixty_houses_two_phones_a_sheet_and_a_deposit(village, phones):
    settled(village, HOUSES)
    volunteer, leader = sent_to_collect(village, counted(phones("volunteer"))), ready(phones("zone-leader"))
    treasurer = ready(phones("treasurer"))
    with no_signal(village, volunteer, leader, treasurer):
        satang = collected(volunteer)
        given(volunteer, leader, satang)
    sent(volunteer, HOUSES + 2, timeout=120)
    sent(leader, 2, timeout=60)
    wait_until(lambda: books(village) == {"1000-zone-leader": satang, "2000": -satang}, timeout=60)
    approved(leader, satang)
    assert books(village) == {"1000-zone-leader": satang}
    with no_signal(village, leader, treasurer):
        given(leader, treasurer, satang)
    sent(leader, 4, timeout=60)
    sent(treasurer, 2, timeout=60)
    wait_until(lambda: books(village) == {"1000-treasurer": satang}, timeout=60)
    deposited(village, treasurer, satang)
    assert books(village) == {"1150-ธ.ก.ส.-4471": satang}
    with office(village):
        assert sorted(row.no for row in Receipt.select()) == list(range(1, HOUSES + 1))
        assert LedgerTransaction.select().where(LedgerTransaction.kind == "deposit").count() == 1
        assert promises.check() == []


def collected(volunteer):
    """Sixty houses: most by one tap; of some more than what is due. The taps are counted from the open page to the last receipt."""
    page = opened(volunteer)
    rows = houses(page).filter(has_text=re.compile(r"^9\d\d\d ·"))
    expect(rows.nth(HOUSES // 2)).to_be_visible()
    before = taps(volunteer)
    page.locator("[data-more]").click()
    expect(rows).to_have_count(HOUSES)
    names = [name.strip() for name in page.locator('[data-list="houses"] .collect__name').all_text_contents()]
    names = [name for name in names if re.match(r"9\d\d\d ·", name)][:HOUSES]
    for number, name in enumerate(names):
        house = houses(page).filter(has_text=name)
        if number % (HOUSES // ODD):
            tap(house)
        else:
            more_than_usual(page, house)
    chosen = 2 * ODD  # a list that opens, and what is chosen of it, are no clicks to the browser
    assert len(own(volunteer)) == HOUSES
    assert taps(volunteer) - before + chosen <= A_HOUSE * HOUSES
    looked_over(volunteer, "sixty-houses")
    return sum(one["payload"]["total_satang"] for one in own(volunteer))


def more_than_usual(page, house):
    """Three times at once, and back to the walk."""
    house.locator("[data-dots]").click()
    page.locator("#periods").select_option("3")
    page.locator('form[data-other] [data-slot="take"]').click()
    expect(page.locator('[data-face="receipt"] .amount')).to_contain_text("บาท")
    page.locator("[data-next] a").click()
    expect(page.locator('[data-face="walk"]')).to_be_visible()


def given(giver, taker, satang):
    """All cash of a hand by codes, both phones without a signal; the answer goes back."""
    page = handing.opened(giver)
    page.locator(HANDS).click()
    count(page, **coins(satang))
    expect(page.locator('[data-face="shown"] .amount')).to_have_text(f"{satang // 100:,} บาท")
    offer = shown(giver)
    theirs = handing.opened(taker)
    scanned(taker, offer)
    count(theirs, **coins(satang))
    expect(theirs.locator('[data-of="answer"]')).to_be_visible()
    scanned(giver, shown(taker))
    expect(page.locator('[data-slot="answered"]')).to_contain_text(f"{satang // 100:,} บาท")


def approved(leader, satang):
    """From home to the sheet; what is flagged is looked at by itself, the rest is one act."""
    page = leader.page
    page.goto("/collections")
    page.locator("main .row").first.click()
    expect(page.locator(".sums__line--total dd")).to_contain_text(f"{satang // 100:,}")
    looked_over(leader, "sheet-of-sixty")
    page.locator(".dock button[form=clean]").click()
    expect(page.locator("main")).to_contain_text("ใบนำส่งนี้ตรวจครบแล้ว")


def deposited(village, treasurer, satang):
    with office(village):
        on = web.system_clock().astimezone(BANGKOK).date()
        banks.write(
            Fund.get(Fund.code == "F1"),
            "ธ.ก.ส.",
            "4471",
            since=on,
            by=accounts.named("treasurer"),
            at=web.system_clock(),
        )
    page = treasurer.page
    page.goto("/vouchers/new?fund=F1&kind=deposit")
    page.fill("[name=satang]", f"{satang // 100}")
    page.fill("[name=payee]", "สมศรี")
    page.fill("[name=ground]", "ฝากเงินสมทบ")
    looked_over(treasurer, "deposit")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/vouchers/F1/1*")
