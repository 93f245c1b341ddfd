"""Who takes money by office holds no kit: with a signal, a member number asked of the server is enough for a receipt."""

import re

from playwright.sync_api import expect

from db.models import Fund, Membership, Receipt
from tests.browser.collecting import opened
from tests.browser.stories import looked_over, office, ready, sent, when_booked


def test_the_treasurer_receives_at_the_table_by_a_members_number(village, phones):
    with office(village):
        member = Membership.select().join(Fund).where(Fund.code == "F1").first()
    treasurer = ready(phones("treasurer"))
    treasurer.page.locator('a[href="/collections/new"]').click()
    page = opened(treasurer, "#counter")
    page.locator("#number").fill(member.number)
    expect(page.locator("[data-take]")).to_have_text(re.compile("รับ .* บาท"))
    looked_over(treasurer, "counter-by-office")
    page.locator("[data-take]").click()
    expect(page.locator('[data-list="last"]')).to_contain_text("M1/1")
    sent(treasurer, 1)
    with when_booked(village):
        [receipt] = Receipt.select()
        assert receipt.hand.code == "1000-treasurer" and receipt.payer == member.person


def test_the_treasurer_types_a_page_of_the_paper_book_by_numbers_and_the_collector_holds_its_cash(village, phones):
    with office(village):
        member, other = Membership.select().join(Fund).where(Fund.code == "F1").limit(2)
    treasurer = ready(phones("treasurer"))
    page = opened(treasurer, "#page")
    expect(page.locator('#collector option[value="volunteer"]')).to_have_count(1)
    page.locator("#book").fill("เล่มที่ 9")
    page.locator("#collector").select_option("volunteer")
    for count, number in enumerate((member.number, other.number), 1):
        page.locator("#line-who").fill(number)
        page.locator("#line-who").press("Enter")
        expect(page.locator('[data-list="page-lines"] .row')).to_have_count(count)
    page.locator("#foot").fill(re.search(r"([\d,]+) บาท", page.locator('[data-slot="page-save"]').inner_text())[1])
    page.locator("#foot").press("Enter")
    expect(page.locator('[data-slot="page-saved"]')).to_contain_text("2 ใบ")
    sent(treasurer, 2)
    with when_booked(village):
        assert {row.hand.code for row in Receipt.select()} == {"1000-volunteer"}
