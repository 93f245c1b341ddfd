"""A month closed by two on their own devices, a treasurer's laptop and an auditor's phone; then a sample of it, a finding and its answer."""

import re
import uuid
from datetime import timedelta

from playwright.sync_api import expect

from db.models import AuditWord, CloseSignature, Fund, MonthClose
from pwa import web
from pwa.domain.fund import banks, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.people import accounts
from pwa.domain.text.dates import BANGKOK
from tests.browser.phones import wait_until
from tests.browser.stories import NO_SIGNAL, keeps_every_promise, looked_over, office

BANK = "1100-ออมสิน-001"
BAHT = 500


def an_income_of_last_month(village):
    """What the fund had in its bank when the month ended."""
    with office(village):
        at, by, fund = web.system_clock(), accounts.named("treasurer"), Fund.get(Fund.code == "F1")
        today = at.astimezone(BANGKOK).date()
        last = today.replace(day=1) - timedelta(days=1)
        banks.write(fund, "ออมสิน", "001", since=last, by=by, at=at)
        said = dict(payee="อบต.", ground="สมทบ", code="4040", source="bank", bank="ออมสิน 001")
        asked = Asked("income", last, BAHT * 100, **said)
        vouchers.write(fund, asked, command_id=uuid.uuid4(), by=by, at=at, on=today)


def pressed(page, name):
    page.get_by_role("button", name=re.compile(name)).click()


def signed_first(laptop):
    """The treasurer types what the bank's statement says; what differs is said at its field before it is right."""
    page = laptop.page
    page.goto("/ledger/closes")
    looked_over(laptop, "close-begin")
    balance = page.locator(f'[name="{BANK}"]')
    balance.fill(str(BAHT - 15))
    pressed(page, "^ลงชื่อปิดเดือน")
    expect(page.locator(f'[data-field="{BANK}"]')).to_contain_text("ต่างจากบัญชี −15 บาท")
    balance.fill(str(BAHT))
    pressed(page, "^ลงชื่อปิดเดือน")
    page.wait_for_url(re.compile(r"/ledger/closes/[0-9a-f-]+$"))
    expect(page.locator("main")).to_contain_text("รอผู้ตรวจสอบลงชื่อ")
    looked_over(laptop, "close-waits")


def signed_second(village, phone):
    """The auditor finds it from home and signs the number that the treasurer signed; the answer is lost, and whoever opens it again finds it
    closed.
    """
    page = phone.page
    page.goto("/")
    page.locator('main a[href*="/ledger/closes"]').first.click()
    page.locator("main .banner a.go").click()
    looked_over(phone, "close-second")
    address, number = page.url, page.locator("code.hash").inner_text()
    phone.expects(NO_SIGNAL)
    village.proxy.fault("drop_response", "POST /ledger/closes")
    pressed(page, "^ลงชื่อปิดเดือน")
    wait_until(lambda: signatures(village) == 2)
    page.wait_for_url("chrome-error://**")
    village.proxy.clear()
    page.goto(address)
    expect(page.locator("main")).to_contain_text("ปิดแล้ว ลงชื่อครบสองคน")
    expect(page.locator("code.hash")).to_have_text(number)
    looked_over(phone, "close-closed")


def signatures(village):
    with office(village):
        return CloseSignature.select().count()


def found(phone):
    """A sample by rolled digits; of what was drawn a finding is written. Returns its address."""
    page = phone.page
    page.goto("/ledger/audits")
    page.fill('[name="seed"]', "3 1 5 2")
    looked_over(phone, "audit-draw")
    pressed(page, "^สุ่ม")
    page.wait_for_url(re.compile(r"/ledger/audits/[0-9a-f-]+$"))
    looked_over(phone, "audit-sample")
    page.locator("main article .row").first.click()
    looked_over(phone, "audit-item")
    page.fill("#words-finding", "ไม่มีใบเสร็จของ อบต. แนบ")
    pressed(page, "^เขียนข้อสังเกต")
    expect(page.locator("main article.sheet")).to_contain_text("ไม่มีใบเสร็จ")
    return page.url


def test_a_month_is_closed_by_two_and_its_sample_looked_at(village, phones):
    an_income_of_last_month(village)
    laptop, phone = phones("treasurer", width=1280, height=900), phones("auditor")
    laptop.expects("422")
    signed_first(laptop)
    village.restart()
    signed_second(village, phone)
    assert signatures(village) == 2
    item = found(phone)
    laptop.page.goto("/")
    laptop.page.locator('main a[href*="/ledger/audits"]').first.click()
    laptop.page.locator(f'main a[href$="{item.rpartition("/")[2]}"]').first.click()
    laptop.page.fill("#words-answer", "แนบใบเสร็จแล้ว")
    looked_over(laptop, "audit-answer")
    pressed(laptop.page, "^คำตอบ")
    expect(laptop.page.locator("main")).to_contain_text("แนบใบเสร็จแล้ว")
    phone.page.reload()
    phone.page.locator("#words-settled").scroll_into_view_if_needed()
    pressed(phone.page, "^ถือว่าจบเรื่อง")
    expect(phone.page.locator("main")).to_contain_text("จบเรื่องแล้ว")
    looked_over(phone, "audit-settled")
    with office(village):
        assert MonthClose.select().count() == 1
        assert [one.kind for one in AuditWord.select().order_by(AuditWord.n)] == ["finding", "answer", "settled"]
    keeps_every_promise(village)
