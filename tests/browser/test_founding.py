"""A fund from nothing: an administrator founds it on a phone in six steps, goes wrong once, and its treasurer enrols from the QR page."""

import re

import pytest
from playwright.sync_api import expect

from db.models import Fund
from pwa.domain.people import accounts
from tests.browser.stories import keeps_every_promise, looked_over, office

NAME = "กองทุนสวัสดิการชุมชนบ้านทดสอบ"
EXPECTED_REFUSAL = r"status of 422"


def goes_on(phone, to):
    phone.page.locator("#step .button--big").click()
    phone.page.wait_for_url(re.compile(rf"/{to}$"))
    looked_over(phone, f"founding-{to}")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_fund_from_nothing(village, phone, width):
    admin = phone("admin", width=width)
    admin.expects(EXPECTED_REFUSAL)
    page = admin.page
    page.goto("/funds/new")
    looked_over(admin, "founding")
    page.get_by_role("button", name="เริ่ม").click()
    page.wait_for_url(re.compile("/basics$"))
    page.fill("[name=name]", NAME)
    goes_on(admin, "places")
    page.fill("[name=q]", "คอหงส์")
    page.locator("button[name=stay]").click()
    page.get_by_label("ต.คอหงส์ อ.หาดใหญ่ จ.สงขลา 90110").check()
    page.locator("#step .button--big").click()
    expect(page.locator('[data-field="zones"] .field__message')).to_be_visible()
    page.fill("[name=home_name]", "กลุ่มออมบุญบ้านทดสอบ")
    page.select_option("[name=network]", "NET")
    page.fill("[name=zones]", "1: 1-3, บ้านดอน")
    goes_on(admin, "counting")
    page.fill("[name=cut_over_on]", "1/1/2570")
    goes_on(admin, "regulation")
    goes_on(admin, "officers")
    page.fill("[name='officer.0.name']", "สมปอง เก็บเงิน")
    goes_on(admin, "look")
    page.get_by_role("button", name="ตั้งกองทุนนี้").click()
    expect(page.locator("main")).to_contain_text("ตั้งกองทุนแล้ว")
    looked_over(admin, "founded")
    page.get_by_role("link", name=re.compile("สมปอง")).click()
    page.wait_for_url(re.compile("/enrolments/new"))
    with office(village):
        fund = Fund.get(Fund.name == NAME)
        assert accounts.named(f"{fund.code.lower()}-treasurer-1").unit == fund.unit
    keeps_every_promise(village)
