"""The registrar finds applicants in a long list, chooses all that are shown, and sees how many are chosen."""

import uuid
from datetime import timedelta

from playwright.sync_api import expect

from pwa.domain.custody.phones import Phone
from pwa.domain.people import accounts
from pwa.domain.review import review
from pwa.web import system_clock
from tests.browser.stories import office
from tests.hamlets import applies, bunma, form


def apply(village, count):
    """So many approved applicants, each in a house of their own."""
    with office(village):
        at = system_clock() - timedelta(days=2)
        phone, leader = Phone(accounts.named("volunteer"), at=at), accounts.named("zone-leader")
        for n in range(count):
            who = bunma(id=str(uuid.uuid4()), first_name=f"สม{n:02}", last_name="ลองดี", **applies("F1"))
            payload = form(who, number=f"77/{n}")
            entry = phone.record("household", payload, at=at, subject=uuid.uuid4(), place="C01")
            review.approve(entry, by=leader, at=at)


def test_it_finds_chooses_and_counts(village, phones):
    apply(village, 20)
    registrar = phones("registrar")
    page = registrar.page
    page.goto("/admissions")
    boxes = page.locator("input[name=application]")
    told = page.locator("[data-chosen]")
    told.get_by_text("เลือกแล้ว 0 จาก").wait_for()
    whole = boxes.count()
    expect(told).to_contain_text(f"เลือกแล้ว 0 จาก {whole} คน")
    page.locator("[data-find]").fill("ลองดี ๗๗/๑")
    shown = page.locator("input[name=application]:visible")
    expect(shown).to_have_count(11)
    page.locator("[data-all]").check()
    told.get_by_text(f"เลือกแล้ว 11 จาก {whole} คน").wait_for()
    page.locator("[data-find]").fill("")
    expect(shown).to_have_count(whole)
    expect(page.locator("input[name=application]:checked")).to_have_count(11)
    expect(page.locator("[data-all]")).to_be_checked(indeterminate=True)
    button = page.get_by_role("button", name="บันทึกมติ")
    assert button.bounding_box()["y"] < 740
    registrar.fits()
    registrar.is_accessible()
