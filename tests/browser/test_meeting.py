"""A meeting on a laptop: who is there, one item at a time, a second one's phone that confirms, and minutes to be signed."""

import re
from datetime import date

from playwright.sync_api import expect

from pwa.domain.fund import claims
from tests.browser.stories import keeps_every_promise, looked_over, office
from tests.claiming import birth, certified, stay

WAITS = re.compile("^เริ่มตัดสินทีละเรื่อง")
ITEM = re.compile(r"เรื่องที่ (\d+) จาก \d+")


def begin(page, on=date(2026, 11, 28)):
    """The sitting of a day with three present; the laptop stands at its first item."""
    page.goto("/meetings")
    page.locator("#F1-board").fill("4")
    page.locator("#F1-meeting").fill("12/2569")
    form = page.locator("form", has=page.locator("#F1-board"))
    form.locator('[name="resolved_on:day"]').fill(str(on.day))
    form.locator('[name="resolved_on:month"]').select_option(str(on.month))
    form.locator('[name="resolved_on:year"]').fill(str(on.year + 543))
    form.get_by_role("button", name="เปิดการประชุมนี้").click()
    page.wait_for_url(re.compile(r"/meetings/[0-9a-f-]{36}$"))
    expect(page.locator("#attendance")).to_contain_text("บันทึกก่อนว่าใครมาประชุม")
    boxes = page.locator("#attendance [name=present]")
    for number in range(3):
        boxes.nth(number).check()
    page.locator("#attendance select").first.select_option("chair")
    page.get_by_role("button", name="บันทึกผู้มาประชุม").click()
    expect(page.locator("#attendance h2")).to_contain_text("3")
    return page.url


def decide(page, word):
    button = page.get_by_role("button", name=re.compile(word))
    expect(button).to_be_enabled()
    button.click()


def told(village, ones):
    with office(village):
        return [claims.of(one.claim).state for one in ones]


def goes_through(laptop, sitting, mine):
    """The arrow keys turn; the first is granted, the second refused with its reason, the third put off."""
    page = laptop.page
    page.goto(f"{sitting}/claims/{mine[0]}")
    expect(page.locator("h1")).to_have_text(ITEM)
    first = page.locator("h1").inner_text()
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1")).not_to_have_text(first)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("h1")).to_have_text(first)
    looked_over(laptop, "meeting-item")
    decide(page, "^อนุมัติ 1,000 บาท$")
    page.wait_for_url(lambda address: mine[0] not in address)

    page.goto(f"{sitting}/claims/{mine[1]}")
    decide(page, "^ไม่อนุมัติ$")
    expect(page.locator("#refusal")).to_contain_text("เหตุผล")
    page.locator("#reason").fill("ใบรับรองแพทย์เป็นของผู้อื่น")
    decide(page, "^ไม่อนุมัติ$")
    page.wait_for_url(lambda address: mine[1] not in address)
    page.goto(f"{sitting}/claims/{mine[2]}")
    page.locator("#reason").fill("ขอดูใบรับรองตัวจริง")
    decide(page, "^เลื่อนไปครั้งหน้า$")
    page.wait_for_url(lambda address: mine[2] not in address)


def confirms(laptop, second, sitting, mine):
    """One on its page, which the laptop shows by itself; the other on the agenda."""
    page, phone = laptop.page, second.page
    page.goto(f"{sitting}/claims/{mine[0]}")
    phone.goto(sitting)
    looked_over(second, "meeting-second-agenda")
    phone.goto(f"{sitting}/claims/{mine[0]}")
    phone.locator('[name=accepted][value="yes"]').check()
    looked_over(second, "meeting-second-confirms")
    phone.locator("#live button").click()
    expect(page.locator("#live")).to_contain_text("ยืนยันในเครื่องของตัวเองแล้ว")
    phone.goto(sitting)
    phone.locator(f'[name=claim][value="{mine[1]}:2"]').check()
    phone.get_by_role("button", name="ยืนยันเรื่องที่เลือก").click()
    expect(phone.locator("#agenda")).to_contain_text("ไม่อนุมัติ")


def test_a_meeting_goes_through_its_items_and_a_second_phone_confirms(village, phones):
    with office(village):
        ones = [certified(birth()), certified(), certified(stay(admit_on="2026-10-20", event_on="2026-10-25"))]
        mine = [str(one.claim.id) for one in ones]
    laptop, second = phones("registrar", width=1280, height=720), phones("committee")
    laptop.expects("422")
    page = laptop.page
    sitting = begin(page)
    looked_over(laptop, "meeting-sitting")
    expect(page.locator("#agenda")).to_contain_text("เรียงตามวันที่เกิดเหตุ")

    goes_through(laptop, sitting, mine)
    confirms(laptop, second, sitting, mine)
    assert told(village, ones) == ["granted", "refused", "certified"]

    page.goto(f"{sitting}/minutes?file=print")
    expect(page.locator("article")).to_contain_text("วาระที่ 4")
    expect(page.locator("article")).to_contain_text("ขอดูใบรับรองตัวจริง")
    looked_over(laptop, "meeting-minutes")
    keeps_every_promise(village)


def test_what_changes_under_the_laptop_is_said_and_what_was_typed_stays(village, phones):
    with office(village):
        one = certified()
    laptop, second = phones("registrar", width=1280, height=720), phones("committee")
    laptop.expects("422")
    page = laptop.page
    item = f"{begin(page)}/claims/{one.claim.id}"
    page.goto(item)
    page.locator("#reason").fill("พักบ้านญาติ")
    second.page.goto(item)
    decide(second.page, "^อนุมัติ 600 บาท$")
    second.page.wait_for_url(lambda address: address != item)
    expect(page.locator("#live")).to_contain_text("เรื่องนี้เปลี่ยนไประหว่างประชุม")
    decide(page, "^ไม่อนุมัติ$")
    expect(page.locator("#refusal")).to_contain_text("พิมพ์มติเรื่องนี้แล้ว")
    expect(page.locator("#reason")).to_have_value("พักบ้านญาติ")
    assert told(village, [one]) == ["proposed"]
