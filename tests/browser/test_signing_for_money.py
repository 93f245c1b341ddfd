"""Money at the door: the payee signs on the volunteer's phone without a signal; another sum is told to the treasurer, who takes it from there."""

import pytest
from playwright.sync_api import expect

from db.models import Household, Person
from pwa.domain.fund import claim_payments
from pwa.domain.people import accounts
from pwa.domain.places import units
from tests.browser.fields import open_round, sent_out
from tests.browser.stories import looked_over, no_signal, office, sent
from tests.claim_paying import BANK, pay, payment, rich
from tests.claiming import AT, birth, decided, member


@pytest.fixture
def paper(village):
    """The voucher of 1,000 baht for a birth, paid to a member of the volunteer's communities."""
    with office(village):
        treasurer = rich()
        place = units.communities(accounts.named("volunteer"), "volunteer")[0]
        house = Person.get(Person.id == member().person).household_id
        Household.update(place=place).where(Household.id == house).execute()
        granted = decided(birth())
        claim_payments.hold(payment(granted), by=treasurer, at=AT)
        return granted, pay(payment(granted), treasurer, BANK)


def sign(page):
    """A line with the finger on the pad."""
    pad = page.locator("signature-pad canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 80, steps=6)
    page.mouse.up()
    page.locator("signature-pad .photo__kept:visible").wait_for()


def chosen(page, name, value):
    page.locator(f'#payout [name="{name}"][value="{value}"]').check()


def save(page):
    page.locator("#payout [type=submit]").click()


def opened(volunteer):
    page = volunteer.page
    page.goto("/payouts/new")
    page.locator("main[data-ready]").wait_for()
    if page.locator("[data-locked]").is_visible():
        page.locator("[data-unlock]").click()
    page.locator('[data-list="unsigned"] .row').click()
    page.locator("#payout:not([hidden])").wait_for()
    return page


def test_a_payee_signs_without_a_signal_and_the_treasurer_sees_it(village, phones, paper):
    granted, _ = paper
    volunteer = phones("volunteer")
    sent_out(village, volunteer)
    open_round(volunteer)
    with no_signal(village, volunteer):
        volunteer.restart()
        page = opened(volunteer)
        expect(page.locator("#payout")).to_contain_text("1,000 บาท")
        save(page)
        expect(page.locator('[data-field="came"]')).to_contain_text("เลือกคำตอบ")
        chosen(page, "came", "less")
        page.locator('#payout [name="baht"]').fill("1200")
        chosen(page, "how", "signature")
        save(page)
        expect(page.locator('[data-field="baht"]')).to_contain_text("เกินกว่าที่จ่าย")
        page.locator('#payout [name="baht"]').fill("900")
        expect(page.locator('[data-field="signature"]')).to_contain_text("ให้ผู้รับลงชื่อก่อน")
        looked_over(volunteer, "payout-less")
        sign(page)
        save(page)
        expect(page.locator('[data-list="lately"]')).to_contain_text("ว่าไม่ตรง")
        page = opened(volunteer)
        chosen(page, "came", "all")
        chosen(page, "how", "signature")
        sign(page)
        looked_over(volunteer, "payout-signed")
        save(page)
        expect(page.locator('[data-list="unsigned"]')).to_be_hidden()
        looked_over(volunteer, "payout-lately")
    sent(volunteer, 2)
    treasurer = phones("treasurer", width=1280)
    treasurer.page.goto(f"/payments/{granted.claim.id}/0")
    main = treasurer.page.locator("main")
    expect(main).to_contain_text("ผู้รับได้เงินแล้ว")
    expect(main).to_contain_text("900 บาท")
    looked_over(treasurer, "payment-signed")
    treasurer.page.locator("main img").first.scroll_into_view_if_needed()
    treasurer.until("() => document.querySelector('main img').naturalWidth > 100")
    looked_over(treasurer, "payment-signature")


def test_the_form_fits_in_large_letters_and_answers_to_the_keyboard(village, phones, paper):
    volunteer = phones("volunteer", text_scale=2)
    sent_out(village, volunteer)
    open_round(volunteer)
    page = opened(volunteer)
    volunteer.fits()
    page.locator('#payout [name="came"][value="all"]').focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator('#payout [name="came"][value="none"]')).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("ไปสามครั้งไม่พบ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator('[data-list="lately"]')).to_contain_text("ว่าไม่ตรง")
    volunteer.fits()
