"""Thumbs are faster than phones: whatever is tapped while a receipt is being written, a house gives one receipt of a kind."""

from playwright.sync_api import expect

from tests.browser.collecting import houses, opened, own, sent_to_collect
from tests.browser.stories import no_signal

IMPATIENT = """() => {
  window.impatient = setInterval(() => {
    for (const box of document.querySelectorAll('[data-list="houses"] .collect input:not(:checked)')) box.click();
  }, 3);
}"""
CALM = "() => clearInterval(window.impatient)"


def test_whoever_taps_every_open_box_again_and_again_gets_one_receipt_a_house(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        page = opened(volunteer)
        expect(houses(page).nth(2)).to_be_visible()
        count = len(houses(page).all())
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.evaluate(IMPATIENT)
        expect(page.locator('[data-list="houses"] .collect [data-slot="note"]', has_text="ใบเสร็จ M")).to_have_count(
            count
        )
        page.wait_for_timeout(1_000)
        page.evaluate(CALM)
        expect(page.locator('[data-list="houses"] .collect[aria-busy]')).to_have_count(0)
        made = own(volunteer)
        assert [one["name"] for one in made] == [f"M1/{n}" for n in range(1, count + 1)]
        assert len({one["subject"] for one in made}) == count and not any(one["isVoid"] for one in made)
