"""What was damaged on the phone, or refused, is told by its house, and what can be done about it is one tap away."""

from playwright.sync_api import expect

from tests.browser.household_form import half_written, nobody_home
from tests.browser.stories import NO_SIGNAL, call, held, keeps_every_promise, no_signal, ready, sent
from tests.browser.test_phone_shield import PHOTO, module

DAMAGE = """async ([address, id]) => {
  const { change } = await import(address);
  const wrong = (one) => (one === "A" ? "B" : "A");
  await change("outbox", id, (record) => ({ ...record, line: record.line.replace(/"ct":"(.)/, (all, one) => `"ct":"${wrong(one)}`) }));
}"""
DAMAGE_PHOTOS = """async (address) => {
  const { all, put } = await import(address);
  for (const blob of await all("blobs")) await put("blobs", { ...blob, sealed: blob.sealed.slice(0, -1) });
}"""
REFUSE_PHOTOS = """async (address) => {
  const { all, put } = await import(address);
  for (const blob of await all("blobs")) await put("blobs", { ...blob, state: "aside", why: "415" });
}"""
FULL = """() => {
  const real = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, key) {
    if (this.name === "outbox") throw new DOMException("full", "QuotaExceededError");
    return real.call(this, ...(key === undefined ? [value] : [value, key]));
  };
}"""


def test_a_damaged_line_is_said_and_sealed_again_by_a_tap(village, phones):
    phone = ready(phones("volunteer"))
    with no_signal(village, phone):
        entry = nobody_home(phone, "45/2")
        phone.page.evaluate(DAMAGE, [module(phone, "store"), entry])
    phone.page.goto("/phone")
    call(phone, "sync", "flush", "test")
    row = phone.page.locator('[data-list="aside"] .row')
    expect(row).to_contain_text("เสียหาย")
    assert held(village, entry) == []
    phone.picture("damaged")
    phone.fits()
    phone.is_accessible()
    row.locator("button").click()
    sent(phone, 1)
    (kept,) = held(village, entry)
    assert (kept["outcome"], kept["seq"], kept["plain"]["payload"]["house"]["number"]) == ("received", 1, "45/2")
    keeps_every_promise(village)


def test_a_picture_that_cannot_go_names_its_house(village, phones):
    phone = ready(phones("volunteer"))
    with no_signal(village, phone):
        phone.page.evaluate(PHOTO, module(phone, "outbox"))
        phone.page.evaluate(DAMAGE_PHOTOS, module(phone, "store"))
    call(phone, "keys", "unlock")
    phone.page.goto("/phone")
    call(phone, "sync", "flush", "test")
    row = phone.page.locator('[data-list="aside"] .row')
    for words in ("บ้านเลขที่", "เสียหายในเครื่องนี้ 1 จาก 1 รูป", "ถ่ายใหม่"):
        expect(row).to_contain_text(words)
    expect(row).not_to_contain_text("ศูนย์ข้อมูล")
    expect(row.locator("button"), "no tap mends it").to_have_count(0)
    phone.page.locator('[data-shield="red"] [data-slot="photos-damaged"]', has_text="1 รูป").wait_for()
    expect(phone.page.locator("[data-slot=photos-aside]:visible, [data-next-send]:visible")).to_have_count(0)
    phone.picture("picture-damaged")
    phone.fits()


def test_a_picture_that_the_server_refused_is_told_otherwise(village, phones):
    phone = ready(phones("volunteer"))
    with no_signal(village, phone):
        phone.page.evaluate(PHOTO, module(phone, "outbox"))
        phone.page.evaluate(REFUSE_PHOTOS, module(phone, "store"))
    phone.page.goto("/phone")
    row = phone.page.locator('[data-list="aside"] .row')
    row.get_by_text("ศูนย์ข้อมูลไม่รับรูป").wait_for()
    expect(row.locator("[data-again]")).to_have_count(1)


def test_send_now_says_that_receipts_find_no_room(village, phones):
    phone = ready(phones("volunteer"))
    with no_signal(village, phone):
        entry = nobody_home(phone, "45/2")
        phone.page.goto("/phone")
        phone.page.locator('[data-list="waiting"] .row').wait_for()
        phone.page.evaluate(FULL)
    phone.page.locator("[data-send]").click()
    phone.page.locator("[data-said]", has_text="ไม่มีที่ว่างพอ").wait_for()
    phone.picture("no-room-for-receipts")
    phone.page.reload()
    sent(phone, 1)
    assert [row["outcome"] for row in held(village, entry)] == ["received"]


def test_two_drafts_are_told_apart(village, phones):
    phone = ready(phones("volunteer"))
    phone.expects(NO_SIGNAL)
    for number in ("45/2", "47/9"):
        half_written(phone, number)
    phone.page.goto("/households/new")
    offers = phone.page.locator("[data-drafts] button")
    phone.until(lambda: len(set(offers.all_inner_texts())) == 2)
    names = phone.page.locator("[data-names]:visible")
    names.or_(phone.page.locator("[data-drafts] button", has_text="45/2")).first.wait_for()
    if names.count():
        names.click()
    phone.page.locator("[data-drafts] button", has_text="45/2").wait_for()
    phone.page.locator("[data-drafts] button", has_text="47/9").wait_for()
    phone.picture("drafts-apart")
    phone.fits()
    phone.is_accessible()
