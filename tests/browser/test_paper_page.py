"""A page of the paper book, typed without a signal as fast as the walk: a key a line, and the browser may die in between."""

import re

from playwright.sync_api import expect

from db.models import Receipt, ReceiptLine
from tests.browser.collecting import opened, own, sent_to_collect
from tests.browser.household_form import photo
from tests.browser.stories import keeps_every_promise, looked_over, no_signal, sent, when_booked

BOOK = "เล่มที่ 12"
OFFERED = """async () => (await import(moduleOf("payers"))).load().then(({ houses, today }) =>
  houses.filter(({ dues }) => dues.F1).map(({ id, dues }) => [id, dues.F1.reduce((sum, { due }) => sum + due.satang, 0)]))"""
HOLD = """async () => {
  const { get } = await import(moduleOf("store"));
  const { account } = await get("meta", "me");
  window.held = [`page|${account}`, await get("meta", `page|${account}`)];
}"""
AGAIN = """async () => {
  const [key, page] = window.held;
  await (await import(moduleOf("store"))).put("meta", page, key);
}"""
SWEPT = """async () => {
  const { all, put, remove } = await import(moduleOf("store"));
  for (const blob of await all("blobs")) await put("blobs", { ...blob, saved: blob.saved - 2 * 86_400_000 });
  await remove("meta", "swept");
  await (await import(moduleOf("chain-answers"))).sweep();
  return (await all("blobs")).length;
}"""


def head(page, collector="zone-leader"):
    page.locator("#book").fill(BOOK)
    page.locator("#collector").select_option(collector)


def lines(page):
    return page.locator('[data-list="page-lines"] .row')


WRITTEN = """async (book) => {
  const kept = await import(moduleOf("page-kept"));
  return (await kept.begun())?.head.book === book;
}"""
"""Whether the head of the page lies on the disk with this name of the book."""


def message(page, field):
    return page.locator(f'[data-face="page"] [data-field="{field}"] [data-message]')


def save(page):
    page.locator('[data-slot="page-save"]').click()


def test_a_page_is_typed_with_a_key_a_line_and_its_cash_is_the_collectors(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        page = opened(volunteer, "#page")
        due = page.evaluate(OFFERED)
        head(page)
        page.locator("#line-no").fill("51")
        page.locator('[data-face="page"] input[type=file]').set_input_files(photo(volunteer))
        expect(page.locator("[data-picture-kept]")).to_be_visible()
        page.locator("#line-who").focus()
        page.keyboard.press("Enter")
        expect(lines(page)).to_have_count(1)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(lines(page)).to_have_count(2)
        looked_over(volunteer, "page")
        volunteer.restart()
        page = opened(volunteer, "#page")
        expect(lines(page)).to_have_count(2)
        expect(page.locator("#book")).to_have_value(BOOK)
        expect(page.locator("#collector")).to_have_value("zone-leader")
        assert own(volunteer) == []
        total = due[0][1] + due[2][1]
        expect(page.locator('[data-slot="sum"]')).to_have_text(f"{total // 100:,} บาท")
        page.locator("#foot").fill("1")
        save(page)
        expect(message(page, "foot")).to_contain_text(f"{total // 100:,} บาท")
        page.locator("#foot").fill(str(total // 100))
        save(page)
        expect(page.locator('[data-slot="page-saved"]')).to_contain_text("2 ใบ")
        made = own(volunteer)
        assert [(one["name"], one["subject"]) for one in made] == [(f"{BOOK}/51", due[0][0]), (f"{BOOK}/52", due[2][0])]
        assert {one["payload"]["collector"] for one in made} == {"zone-leader"}
        assert {one["payload"]["evidence"][0]["role"] for one in made} == {"page"}
        page.locator('[data-tab="walk"]').click()
        expect(page.locator('[data-slot="sum"]')).to_have_text("0 บาท")
        the_next_page_is_of_the_same_book(volunteer)
    sent(volunteer, 2)
    held_by_the_leader(village, total)


def the_next_page_is_of_the_same_book(volunteer):
    """Also in a browser that was closed; and what is typed at its head is kept before the field is left."""
    volunteer.restart()
    page = opened(volunteer, "#page")
    expect(page.locator("#book")).to_have_value(BOOK)
    expect(page.locator("#collector")).to_have_value("zone-leader")
    expect(page.locator("#line-no")).to_have_value("53")
    expect(lines(page)).to_have_count(0)
    page.locator("#book").fill(f"{BOOK} ข")
    volunteer.until(WRITTEN, f"{BOOK} ข")
    volunteer.restart()
    expect(opened(volunteer, "#page").locator("#book")).to_have_value(f"{BOOK} ข")


def held_by_the_leader(village, total):
    """What the books say of the page."""
    with when_booked(village):
        booked = {(row.book, row.no): row.hand.code for row in Receipt.select()}
        assert booked == {(BOOK, 51): "1000-zone-leader", (BOOK, 52): "1000-zone-leader"}
        assert sum(row.amount_satang for row in ReceiptLine.select()) == total
    keeps_every_promise(village)


def test_what_stands_on_the_page_or_was_typed_before_is_asked_about(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        page = opened(volunteer, "#page")
        page.locator("#line-who").press("Enter")
        expect(message(page, "book")).to_contain_text("กรอกชื่อเล่ม")
        page.locator("#book").fill("M7")
        page.locator("#line-who").press("Enter")
        expect(message(page, "book")).to_contain_text("เล่มของเครื่อง")
        kit = page.evaluate("async () => (await import(moduleOf('kit'))).open().then(({ people }) => people)")
        number = next(one["pays"][0][1] for one in kit if "pays" in one and one["pays"][0][2])
        head(page, "")
        who = page.locator("#line-who")
        who.fill(number)
        page.locator("#line-baht").fill("๑๐๐")
        who.press("Enter")
        expect(lines(page)).to_have_count(1)
        expect(lines(page)).to_contain_text("100")
        who.fill(number)
        who.press("Enter")
        expect(page.locator("[data-page-alike]")).to_contain_text("เลขที่ 1 ของหน้านี้")
        expect(who).to_have_value(number)
        page.locator("[data-leave-out]").click()
        expect(lines(page)).to_have_count(1)
        save(page)
        expect(message(page, "who")).to_contain_text("จดบรรทัดนี้ก่อน")
        who.fill("")
        page.locator("#foot").fill("100")
        save(page)
        expect(page.locator('[data-slot="page-saved"]')).to_be_visible()
        typed_again(volunteer, number)


def typed_again(volunteer, number):
    """A number of the book and a person that were saved from a page before."""
    page, who = volunteer.page, volunteer.page.locator("#line-who")
    page.locator("#line-no").fill("1")
    page.locator("#line-who").press("Enter")
    expect(message(page, "no")).to_contain_text("พิมพ์ไว้แล้ว")
    page.locator("#line-no").fill("2")
    who.fill(number)
    who.press("Enter")
    expect(page.locator("[data-page-alike]")).to_contain_text(f"{BOOK}/1")
    page.locator("[data-page-alike] button[value=again]").click()
    expect(lines(page)).to_have_count(1)
    page.locator("#line-who").scroll_into_view_if_needed()
    looked_over(volunteer, "page-again")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("#book").scroll_into_view_if_needed()
    looked_over(volunteer, "page-wide")


def test_a_browser_that_dies_while_a_page_is_saved_writes_no_line_twice(village, phones):
    volunteer = sent_to_collect(village, phones("volunteer"))
    with no_signal(village, volunteer):
        page = opened(volunteer, "#page")
        head(page)
        page.locator('[data-face="page"] input[type=file]').set_input_files(photo(volunteer))
        expect(page.locator("[data-picture-kept]")).to_be_visible()
        for count in (1, 2):
            page.locator("#line-who").press("Enter")
            expect(lines(page)).to_have_count(count)
        assert page.evaluate(SWEPT) == 1
        page.evaluate(HOLD)
        total = re.search(r"([\d,]+) บาท", page.locator('[data-slot="page-save"]').inner_text())[1]
        page.locator("#foot").fill(total)
        save(page)
        expect(page.locator('[data-slot="page-saved"]')).to_be_visible()
        page.evaluate(AGAIN)
        volunteer.restart()
        page = opened(volunteer, "#page")
        expect(lines(page)).to_have_count(2)
        page.locator("#foot").fill(total)
        save(page)
        expect(page.locator('[data-slot="page-saved"]')).to_be_visible()
        assert [one["name"] for one in own(volunteer)] == [f"{BOOK}/1", f"{BOOK}/2"]
    sent(volunteer, 2)
