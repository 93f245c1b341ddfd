"""The registrar finds applicants in a long list, chooses all that are shown, and sees how many are chosen."""

import uuid
from datetime import timedelta

from pwa.domain.field.phones import Phone
from pwa.domain.people import accounts
from pwa.domain.registry import review
from pwa.web import system_clock
from tests.browser.stories import office
from tests.villages import applies, bunma, form


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
    whole = boxes.count()
    told = page.locator("[data-chosen]")
    told.get_by_text(f"เลือกแล้ว 0 จาก {whole} คน").wait_for()
    page.locator("[data-find]").fill("ลองดี ๗๗/๑")
    shown = page.locator("input[name=application]:visible")
    assert shown.count() == 11
    page.locator("[data-all]").check()
    told.get_by_text(f"เลือกแล้ว 11 จาก {whole} คน").wait_for()
    page.locator("[data-find]").fill("")
    assert (shown.count(), page.locator("input[name=application]:checked").count()) == (whole, 11)
    assert page.locator("[data-all]").evaluate("(box) => box.indeterminate")
    button = page.get_by_role("button", name="บันทึกมติ")
    assert button.bounding_box()["y"] < 740
    registrar.fits()
    registrar.is_accessible()
