"""A registrar admits a whole sitting by mistake, hears it, takes it back, admits again and takes one of them back alone."""

import re

from playwright.sync_api import expect

from db.models import Fund
from pwa.domain.review import admissions
from tests.browser.stories import keeps_every_promise, office
from tests.browser.test_choose_applicants import apply

RECORD = "บันทึกมติ"
BACK = re.compile("^กลับคำตัดสิน")


def waiting(village):
    with office(village):
        return admissions.count(Fund.get(Fund.code == "F1"))


def record(page, meeting):
    """Choose everybody of ลองดี and record a sitting."""
    page.locator("[data-find]").fill("ลองดี")
    page.locator("[data-all]").check()
    page.locator("input[name=board]").fill("3")
    page.locator("input[name=meeting]").fill(meeting)
    page.locator("input[name=accepted][value=yes]").check()
    page.get_by_role("button", name=RECORD, disabled=False).click()
    page.get_by_role("status").filter(has_text="รับเข้าแล้ว").wait_for()


def test_it_is_said_and_taken_back(village, phones):
    apply(village, 8)
    before = waiting(village)
    registrar = phones("registrar")
    page = registrar.page
    page.goto("/admissions")
    record(page, "8/2569")
    assert waiting(village) == before - 8
    said = page.get_by_role("status").filter(has_text="รับเข้าแล้ว 8 คน")
    expect(page.locator("h1")).to_be_focused()
    said.get_by_text("รายชื่อ 8 คน").click()
    expect(said.get_by_role("link")).to_have_count(8)
    registrar.fits()
    registrar.is_accessible()
    registrar.picture("admissions-decided")
    said.get_by_role("button", name=BACK).click()
    page.get_by_role("status").filter(has_text="กลับคำตัดสินแล้ว 8 คน").wait_for()
    assert waiting(village) == before
    registrar.fits()
    registrar.picture("admissions-taken-back")
    record(page, "9/2569")
    said = page.get_by_role("status").filter(has_text="รับเข้าแล้ว 8 คน")
    said.get_by_text("รายชื่อ 8 คน").click()
    said.get_by_role("link").first.click()
    page.get_by_role("button", name=BACK).click()
    page.get_by_role("button", name=BACK).wait_for(state="detached")
    expect(page.get_by_text("ถือว่าไม่เคยบันทึก")).to_have_count(3)
    assert waiting(village) == before - 7
    registrar.fits()
    registrar.is_accessible()
    registrar.picture("admission-taken-back")
    keeps_every_promise(village)
