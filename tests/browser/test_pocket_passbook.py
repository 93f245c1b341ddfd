"""The member's passbook on their own phone: every payment and the covered months, without a signal and only after an unlock."""

from playwright.sync_api import expect

from pwa import web
from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts
from tests.browser.stories import looked_over, no_signal, office
from tests.browser.test_pocket import SEALED, locked, with_a_pocket
from tests.collecting import told
from tests.routes.test_pocket import of_today


def test_the_passbook_is_read_without_a_signal_and_is_sealed(village, phones):
    with office(village):
        told(Phone(accounts.named("zone-leader"), at=web.system_clock()), of_today(), web.system_clock())
    phone = with_a_pocket(phones)
    strip = phone.page.locator(".coins").first
    months, says = len(strip.locator("span").all()), strip.get_attribute("aria-label")
    assert "เล่มหนึ่ง" not in phone.page.evaluate(SEALED)
    with no_signal(village, phone):
        phone.restart()
        locked(phone)
        book = phone.page.locator("[data-passbook]")
        expect(book).not_to_contain_text("เล่มหนึ่ง")
        phone.page.locator("[data-unlock]").click()
        expect(book.locator(".row")).to_contain_text("ใบเสร็จ เล่มหนึ่ง/7")
        expect(book.locator(".row")).to_contain_text("รับเงินแล้ว รอตรวจ")
        expect(book.locator(".coins span")).to_have_count(months)
        expect(book.locator(".coins")).to_have_attribute("aria-label", says)
        book.scroll_into_view_if_needed()
        looked_over(phone, "pocket-passbook")
        phone.page.goto("/phone")
        phone.page.go_back()
        expect(phone.page.locator("[data-unlock]")).to_be_visible()
        expect(book).not_to_contain_text("เล่มหนึ่ง")
