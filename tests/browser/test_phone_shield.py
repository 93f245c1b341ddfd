"""May this phone be wiped? Red, amber and green as they come on a volunteer's day, and the wiping in each."""

import re

import pytest
from playwright.sync_api import expect

from pwa.domain.people import accounts
from pwa.domain.review import review
from pwa.web import system_clock
from tests.browser.stories import call, no_signal, office, ready, sent
from tests.browser.test_phone_pages import DRAFT, SAVE

PHOTO = """async (address) => {
  const { add, addBlob } = await import(address);
  const photo = await addBlob(new Uint8Array(3000).fill(7).buffer, "house");
  return (await add({
    kind: "household", form: "household@1", subject: crypto.randomUUID(), blobs: [photo],
    payload: { house: { number: "45/2" }, visit: { outcome: "absent" }, people: [], evidence: [{ blob: photo.sha256, role: "house" }] },
  })).id;
}"""
LEFT = """async () => ({
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"databases": [], "caches": [], "workers": 0}
CHAIN = """async (address) => (await import(address)).get("meta", "chain")"""


@pytest.fixture
def phone(phones):
    phone = ready(phones("volunteer"))
    phone.expects("sync/status.*401")  # after the wiping, that is how the server says that it knows nobody here
    return phone


def module(phone, name):
    return phone.page.evaluate("(name) => moduleOf(name)", name)


def chain(phone):
    """Number and place of the phone, once it has got one."""
    return phone.until(CHAIN, module(phone, "store"))


STANDS_ABOVE = """(both) => {
  const [one, other] = both.map((each) => document.querySelector(each)?.getBoundingClientRect());
  return one?.height && one.y < other?.y;
}"""


def shield(phone, colour):
    phone.page.goto("/phone")
    shown = phone.page.locator(f'[data-shield="{colour}"]')
    shown.wait_for()
    expect(phone.page.locator("[data-shield]:visible")).to_have_count(1)
    return shown


def back_up(village):
    village.ombun("backup", str(village.data.with_name("copy.ombun")), OMBUN_BACKUP_PASSPHRASE="หนึ่งสองสามสี่ห้าหก")


def open_wipe(phone):
    phone.page.locator("[data-wipe] summary").click()
    return phone.page.locator("[data-wipe] form button")


def cookies(phone):
    return sorted(re.sub(r"_\d+$", "", cookie["name"]) for cookie in phone.context.cookies())


def test_it_turns_from_red_to_amber_to_green(village, phone):
    with no_signal(village, phone):
        phone.page.evaluate(SAVE, "61/9")
        phone.page.evaluate(PHOTO, module(phone, "outbox"))
        phone.page.evaluate(DRAFT, "47/1")
        red = shield(phone, "red")
        for words in ("รอส่ง 2 รายการ", "ร่างค้าง 1", "ที่ว่าง", "รับปาก"):
            expect(red).to_contain_text(words, use_inner_text=True)
        for step in ("send", "drafts", "export"):
            phone.page.locator(f"[data-next-{step}]").wait_for()
        expect(phone.page.locator("[data-next-aside]")).to_be_hidden()
        phone.picture("shield-red")
        phone.is_accessible()
        phone.fits()
    draft = call(phone, "drafts", "list")[0]["id"]
    call(phone, "drafts", "remove", draft)
    sent(phone, 2)
    amber = shield(phone, "amber")
    expect(amber).to_contain_text("ส่งครบแล้ว รอสำรองข้อมูล", use_inner_text=True)
    phone.picture("shield-amber")
    phone.is_accessible()
    back_up(village)
    shield(phone, "green")
    phone.picture("shield-green")
    phone.is_accessible()


def test_what_came_back_stands_before_the_word_that_it_may_be_wiped(village, phone):
    phone.page.evaluate(SAVE, "61/9")
    first = sent(phone, 1)[0]["id"]
    with office(village):
        leader, at = accounts.named("zone-leader"), system_clock()
        entry = review.get(first, seen_by=leader, at=at)
        review.send_back(entry, by=leader, at=at, reason="ขาดปีเกิด", comments={})
    back_up(village)
    phone.page.goto("/phone")
    row = phone.page.locator(f'[data-list="returned"] .row[href$="{first}"]')
    row.wait_for()
    green = shield(phone, "green")
    row.wait_for()
    expect(green).to_contain_text("ยังมีที่ต้องแก้ 2 รายการ", use_inner_text=True)
    phone.until(STANDS_ABOVE, [f'[data-list="returned"] .row[href$="{first}"]', '[data-shield="green"]'])
    expect(row.locator(".row__main > .chip")).to_have_count(1)
    phone.picture("shield-green-returned")
    phone.is_accessible()


def test_in_green_one_confirmation_wipes_and_the_phone_can_start_again(village, phone):
    phone.page.evaluate(SAVE, "61/9")
    sent(phone, 1)
    back_up(village)
    shield(phone, "green")
    number = chain(phone)["device"]
    button = open_wipe(phone)
    expect(phone.page.locator("#wipe-word")).to_be_hidden()
    button.click()
    phone.page.get_by_role("heading", name="ล้างเครื่องนี้แล้ว").wait_for()
    assert phone.page.evaluate(LEFT) == NOTHING
    assert cookies(phone) == []
    expect(phone.page.locator("[data-not-signed-out]")).to_be_hidden()
    phone.picture("wiped")
    phone.is_accessible()
    phone.page.get_by_role("link", name="เริ่มใช้เครื่องนี้ใหม่").click()
    phone.page.locator("[data-sign-in]").click()
    phone.page.wait_for_url(re.compile(r"^(?!.*/sign-in)"))
    assert chain(phone)["device"] != number
    phone.page.evaluate(SAVE, "62/1")
    sent(phone, 1)
    expect(phone.page.locator('[data-trouble="vanished"]')).to_be_hidden()


def test_in_red_it_asks_for_typed_words_and_offers_the_file_first(village, phone):
    with no_signal(village, phone):
        phone.page.evaluate(SAVE, "61/9")
        phone.page.evaluate(SAVE, "61/10")
        shield(phone, "red")
        button, word = open_wipe(phone), phone.page.locator("#wipe-word")
        expect(phone.page.locator("[data-wipe] [data-export]")).to_be_visible()
        button.click()
        message = phone.page.locator("#wipe-word-problem")
        expect(message).to_contain_text("พิมพ์ “ทิ้ง 2”")
        word.fill("ทิ้ง 3")
        button.click()
        expect(message).to_contain_text("ยังไม่ตรงกัน")
        expect(word).to_have_value("ทิ้ง 3")
        phone.picture("wipe-mistyped")
        phone.is_accessible()
        assert call(phone, "outbox", "counts")["waiting"] == 2
        word.fill(" ทิ้ง๒ ")
        word.press("Enter")
        phone.page.get_by_role("heading", name="ล้างเครื่องนี้แล้ว").wait_for()
        assert phone.page.evaluate(LEFT) == NOTHING
        phone.page.locator("[data-not-signed-out]").wait_for()
        phone.picture("wiped-offline")
    phone.page.locator("[data-not-signed-out]").wait_for(state="hidden")
    assert cookies(phone) == []


def test_nothing_is_wiped_that_came_after_the_question(village, phone):
    phone.page.evaluate(SAVE, "61/9")
    sent(phone, 1)
    shield(phone, "amber")
    button = open_wipe(phone)
    phone.page.locator("#wipe-word").fill("ล้างเครื่อง")
    with no_signal(village, phone):
        button.evaluate(f"async (button) => {{ await ({SAVE})('61/10'); button.click(); }}")
        expect(phone.page.locator("[data-wipe-failed]:visible")).to_contain_text("ยังไม่ได้ล้าง")
        assert call(phone, "outbox", "counts")["waiting"] == 1
        phone.page.locator('[data-shield="red"]').wait_for()


def test_what_others_left_and_earlier_numbers_of_the_phone_count(village, phones, phone):
    with no_signal(village, phone):
        phone.page.evaluate(SAVE, "61/9")
        phone.page.goto("about:blank")
        phone.context.clear_cookies(name=re.compile("ombun_"))  # now, when no answer on its way can set them again
        village.proxy.fault("reset", "POST /sync/entries")
    phone.sign_in()
    phone.page.goto("/phone")
    phone.until(
        f"async () => (await ({CHAIN})('{module(phone, 'store')}')).seq === 0",
    )
    shield(phone, "red")
    village.proxy.clear()
    phone.page.locator("[data-send]").click()
    sent(phone, 1)
    shield(phone, "amber")
    back_up(village)
    shield(phone, "green")


@pytest.mark.parametrize("screen", [{}, {"width": 320, "text_scale": 2}], ids=["360px", "200%"])
def test_it_works_by_keyboard_and_fits(village, phones, screen):
    phone = ready(phones("volunteer", **screen))
    with no_signal(village, phone):
        phone.page.evaluate(SAVE, "61/9")
        shield(phone, "red")
        phone.page.locator("[data-wipe] summary").focus()
        phone.page.keyboard.press("Enter")
        phone.page.locator("#wipe-word").focus()
        phone.page.keyboard.press("Enter")
        expect(phone.page.locator("#wipe-word")).to_be_focused()
        phone.page.locator("#wipe-word-problem").wait_for()
        phone.fits()
        phone.picture(f"wipe-{screen.get('width', 360)}")
