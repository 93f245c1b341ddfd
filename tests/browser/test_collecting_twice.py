"""The same payment twice: two phones, of which neither saw the other's receipt written."""

from playwright.sync_api import expect

from tests.browser.collecting import known, opened, own, sent_to_collect, take, tap
from tests.browser.stories import looked_over, no_signal, sent


def test_what_another_took_already_is_asked_about_without_a_signal_and_nothing_typed_is_lost(village, phones):
    other = sent_to_collect(village, phones("volunteer"))
    house = known(opened(other))
    name = house.locator(".collect__name").inner_text()
    tap(house)
    sent(other, 1)
    [theirs] = own(other)
    paid = {line["person"] for line in theirs["payload"]["lines"]}
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        page = opened(volunteer)
        row = page.locator('[data-list="houses"] a.row', has_text=name)
        expect(row).to_contain_text("ใบเสร็จ M1/1 รอตรวจ")
        row.click()
        if page.locator("input[name=who][value=all]").count():
            page.locator("input[name=who]").nth(1).check()
        page.locator("[data-other] summary").click()
        page.fill("#note", "ยายว่ายังไม่ได้จ่าย")
        take(page)
        expect(page.locator("[data-alike]")).to_contain_text("ใบเสร็จ M1/1")
        looked_over(volunteer, "asked-double")
        page.locator("[data-not-again]").click()
        expect(page.locator("[data-alike]")).to_be_hidden()
        expect(page.locator("#note")).to_have_value("ยายว่ายังไม่ได้จ่าย")
        assert own(volunteer) == []
        take(page)
        page.locator("[data-alike] button[value=again]").click()
        expect(page.locator('[data-face="receipt"] [data-slot="remark"]')).to_have_text("ยายว่ายังไม่ได้จ่าย")
        [mine] = own(volunteer)
        assert mine["payload"]["lines"][0]["person"] in paid
    sent(volunteer, 1)
