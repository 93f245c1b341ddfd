"""A member reads what the fund would give, tries other days, and answers the one question that decides."""

import re

from playwright.sync_api import expect

from db.models import Membership
from pwa.domain.people import accounts
from tests.browser.stories import office, ready, sent

MM = 96 / 25.4


def long_a_member(village):
    """Since January 2021, of whom nobody has confirmed a passbook."""
    with office(village):
        person = accounts.named("member").person
        mine = Membership.update(joined_on="2021-01-05", tenure_from="2021-01-05").where(Membership.person == person)
        assert mine.execute() == 1


def test_what_would_i_get_and_what_if(village, phones):
    phone = ready(phones("member", width=320))
    phone.page.goto("/me")
    card = phone.page.locator("#right-illness")
    expect(card.locator("summary")).to_contain_text("200 บาท ต่อคืน")
    card.locator("summary").click()
    expect(card).to_contain_text("ปีละไม่เกิน 1,000 บาท")
    phone.fits()
    phone.is_accessible()
    phone.picture("rights")
    card.get_by_role("link", name="ลองเปลี่ยนวันหรือจำนวนดู").click()
    answer = phone.page.locator("#answer")
    expect(answer).to_contain_text("ยังไม่มีสิทธิ")
    for field, (day, month, year) in {"event_on": (1, 6, 2575), "paid_through": (30, 4, 2575)}.items():
        for part, value in {"day": day, "month": month, "year": year}.items():
            phone.page.locator(f'[name="{field}_{part}"]').fill(str(value))
    phone.page.locator('[name="units"]').fill("4")
    phone.page.locator('[name="units"]').blur()
    expect(answer.locator(".amount")).to_have_text("600 บาท")
    expect(phone.page).to_have_url(re.compile("/me/what-if"))
    phone.page.locator('[name="units"]').fill("1e9")
    phone.page.locator('[name="units"]').blur()
    expect(phone.page.locator("#units-message")).to_be_visible()
    expect(phone.page.locator('[name="units"]')).to_have_value("1e9")
    phone.fits()
    phone.is_accessible()
    phone.picture("rights-what-if")


def test_one_answer_goes_to_the_zone_leader(village, phones):
    long_a_member(village)
    phone = ready(phones("member"))
    phone.page.goto("/me")
    expect(phone.page.locator("#right-birth")).to_contain_text("ยังขาดหนึ่งข้อ")
    question = phone.page.locator("#rights-F1 correction-form")
    phone.is_accessible()
    question.locator('[name="statement"]').fill("31 ธ.ค. 2569")
    question.locator("button").click()
    question.locator("[data-saved]:visible").wait_for()
    (entry,) = sent(phone, 1)
    assert entry["id"]
    phone.page.goto("/me")
    expect(phone.page.locator("#corrections")).to_contain_text("31 ธ.ค. 2569")


def test_rights_stand_on_one_sheet_of_paper(village, phones):
    """A5 with margins of 8 mm and 12 mm at the foot leaves 132 by 190 mm; what else is written begins on the next sheet."""
    with office(village):
        person = accounts.named("member").person
    phone = ready(phones("zone-leader", width=320))
    phone.page.goto(f"/members/{person}/paper")
    phone.fits()
    phone.is_accessible()
    phone.page.emulate_media(media="print")
    phone.page.set_viewport_size({"width": round(132 * MM), "height": round(190 * MM)})
    sheet = phone.page.locator(".paper").first
    expect(sheet).to_contain_text("เกิด · ค่าทำขวัญบุตร")
    phone.until("() => document.fonts.status === 'loaded'")
    assert sheet.bounding_box()["height"] <= 190 * MM
    phone.picture("rights-on-paper")
