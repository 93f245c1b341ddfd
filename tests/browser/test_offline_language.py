"""The pages that are everybody's speak the language of the phone, also without a network."""

from playwright.sync_api import expect

from tests.browser.stories import no_signal, ready, sign_out

KEPT = """async () => (await (await import(
  moduleOf("store"))).get("meta", "language"))"""


def test_without_a_signal_it_goes_on_in_the_readers_language(village, phones):
    phone = ready(phones("volunteer"))
    for language, heading in (("en", "This page needs a signal"), ("th", "หน้านี้ต้องมีสัญญาณ")):
        phone.page.goto("/phone")
        with phone.page.expect_navigation():
            phone.page.locator(f'[data-language] [value="{language}"]').click()
        phone.until(f"{KEPT} === '{language}'")
        with no_signal(village, phone):
            phone.page.goto("/review")
            expect(phone.page.locator("html")).to_have_attribute("lang", language)
            phone.page.get_by_role("heading", name=heading).wait_for()
            phone.page.goto("/phone")  # with a signal, the other page would try again by itself
    with no_signal(village, phone):
        sign_out(phone)
        phone.page.goto("/")
        expect(phone.page.locator("html")).to_have_attribute("lang", "th")
        phone.page.goto("/offline")
        phone.page.locator("[data-sign-in]").wait_for()
        phone.picture("signed-out-offline")
