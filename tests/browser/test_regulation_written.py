"""A regulation without JSON: a draft from a template on a laptop, a sum changed at its field, and a second officer's phone that puts it in force."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from pwa import web
from pwa.domain.fund import versions
from pwa.domain.text.dates import BANGKOK
from tests.browser.stories import keeps_every_promise, looked_over, office

DRAFT = re.compile(r"/rules/F1/drafts/\d+$")
ILLNESS = 1
CAP = '[name$=".caps.0.satang"]'


def day_typed(page, name, day):
    page.locator(f'[name="{name}:day"]').fill(str(day.day))
    page.locator(f'[name="{name}:month"]').select_option(str(day.month))
    page.locator(f'[name="{name}:year"]').fill(str(day.year + 543))


def pressed(page, name):
    page.get_by_role("button", name=re.compile(name)).click()


def drafted(laptop):
    """From a template; a sum that is no number is kept and named at its field, then put right. Returns the draft's address."""
    page = laptop.page
    page.goto("/rules/F1/drafts")
    page.locator('[name="source"][value="chamuang-2556"]').check()
    looked_over(laptop, "draft-begin")
    pressed(page, "^เริ่มร่าง")
    page.wait_for_url(DRAFT)
    address = page.url
    looked_over(laptop, "draft")
    page.locator(f'main a[href$="/parts/benefit-{ILLNESS}"]').click()
    for typed, message in (("แปดร้อย", "ตัวเลข"), ("800", "")):
        page.locator(CAP).fill(typed)
        pressed(page, "^บันทึกร่าง")
        expect(page.locator(f"div.field:has({CAP})")).to_contain_text(message)
        expect(page.locator(CAP)).to_have_value(typed)
    looked_over(laptop, "draft-benefit")
    return address


def proposed(laptop, address, today):
    """With its first day and the meeting's resolution; beside the version in force it says what changes."""
    page = laptop.page
    page.goto(f"{address}/proposal")
    expect(page.locator("main")).to_contain_text("ครั้งละไม่เกิน 800 บาท")
    day_typed(page, "in_force_from", (today.replace(day=28) + timedelta(days=7)).replace(day=1))
    page.fill('[name="board"]', "ประชุมใหญ่")
    page.fill('[name="meeting"]', "1")
    day_typed(page, "resolved_on", today)
    looked_over(laptop, "draft-proposal")
    pressed(page, "^เสนอให้คนที่สอง")
    expect(page.locator("main")).to_contain_text("รอกรรมการหรือนายทะเบียน")


def test_a_regulation_goes_from_a_template_to_in_force_by_two_officers(village, phones):
    with office(village):
        fund, today = versions.fund_of("F1"), web.system_clock().astimezone(BANGKOK).date()
        before = len(versions.of_fund(fund))
    laptop, phone = phones("committee", width=1280, height=900), phones("registrar")
    address = drafted(laptop)
    proposed(laptop, address, today)
    page = phone.page
    page.goto("/")
    page.locator('main a[href="/rules"]').first.click()
    page.locator(f'main a[href*="{address.rpartition("/rules")[2]}"]').first.click()
    looked_over(phone, "draft-second")
    pressed(page, "^ยืนยัน ใช้ตั้งแต่")
    page.wait_for_url(re.compile(r"/rules/F1\?version=\d+$"))
    expect(page.locator("main")).to_contain_text("ครั้งละไม่เกิน 800 บาท")
    looked_over(phone, "draft-in-force")
    laptop.page.goto(address)
    expect(laptop.page.locator("main")).to_contain_text("แก้ไม่ได้อีก")
    with office(village):
        assert len(versions.of_fund(fund)) == before + 1
    keeps_every_promise(village)
