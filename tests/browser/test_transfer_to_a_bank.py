"""A transfer without a signal is to one of the fund's bank accounts, chosen from those that the kit tells."""

from datetime import date

from playwright.sync_api import expect

from db.models import Fund, Receipt
from pwa import web
from pwa.domain.fund import banks
from pwa.domain.people import accounts
from tests.browser.collecting import houses, known, opened, own, photo, said, sent_to_collect, take
from tests.browser.stories import no_signal, office, sent, when_booked


def test_the_account_of_a_transfer_is_chosen_and_never_typed(village, phones):
    with office(village):
        fund, about = Fund.get(Fund.code == "F1"), dict(by=accounts.named("treasurer"), at=web.system_clock())
        for digits in ("4471", "9902"):
            banks.write(fund, "ธ.ก.ส.", digits, since=date(2020, 1, 1), **about)
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        page = opened(volunteer)
        expect(houses(page).nth(0)).to_be_visible()
        known(page).locator("[data-dots]").click()
        page.locator("[data-other] summary").click()
        page.locator("input[name=channel][value=transfer]").check()
        page.locator("input[name=kind][value=donation]").check()
        page.locator("input[name=who]").last.check()
        page.fill("#baht", "50")
        page.locator("#slip").set_input_files(photo(volunteer))
        expect(page.locator("[data-slip-kept]")).to_be_visible()
        expect(page.locator("#bank_account")).to_be_hidden()
        take(page)
        expect(said(page, "bank")).to_have_count(1)
        page.locator("input[name=bank]").nth(1).check()
        take(page)
        expect(page.locator('[data-face="receipt"] [data-slot="channel"]')).to_have_text("โอนเข้า ธ.ก.ส. 9902")
    assert [one["payload"]["bank_account"] for one in own(volunteer)] == ["ธ.ก.ส. 9902"]
    sent(volunteer, 1)
    with when_booked(village):
        assert Receipt.get().hand.code == "1150-ธ.ก.ส.-9902"
