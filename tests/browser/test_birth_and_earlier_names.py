"""A birth in the months whose year is uncertain, and a last name of before: said once, in nobody's way, and read back as typed."""

import re

from playwright.sync_api import expect

from tests.browser.doorstep import begin, name, to_people, to_the_end, unlocked
from tests.browser.stories import held, sent


def test_a_birth_before_april_and_an_earlier_last_name(village, phones):
    form = begin(phones("volunteer"))
    person = to_people(form)
    at = f"people.{person}."
    name(form, person)
    form.date(f"{at}birth_date", 15, 2, 2480)
    year = form.page.locator(f'[name="{at}birth_date:year"]')
    year.blur()
    said = form.page.locator("[data-doubt]:visible", has_text="2481")
    said.wait_for()
    year.focus()
    year.blur()
    expect(said).to_have_count(1)
    expect(year).to_have_value("2480")
    form.phone.picture("uncertain-year")
    form.page.locator(".more > summary", has_text="เพิ่มเติมเกี่ยวกับคนนี้").click()
    earlier = form.page.locator(f'[data-field="{at}old_last_names"]')
    earlier.scroll_into_view_if_needed()
    expect(earlier).to_contain_text("นามสกุลเดิม")
    form.write(f"{at}old_last_names", "แก้วดี, หนูแก้ว")
    form.phone.picture("earlier-names")
    form.phone.fits()
    to_the_end(form)
    entry = form.save()
    sent(form.phone, 1)
    (kept,) = held(village, entry)
    (own,) = kept["plain"]["payload"]["people"]
    assert (own["birth_date"], own["old_last_names"]) == ("1937-02-15", ["แก้วดี", "หนูแก้ว"])
    form.page.goto(f"/households/new#correct={entry}")
    unlocked(form)
    expect(year).to_have_value("2480")
    expect(form.page.locator(f'[name="{at}old_last_names"]')).to_have_value(re.compile("^แก้วดี, *หนูแก้ว$"))
    leader = phones("zone-leader")
    leader.page.goto(f"/review/{entry}")
    leader.page.locator("main", has_text="ปีเกิดอาจ").wait_for()
    expect(leader.page.locator("main")).to_contain_text("2480")
    leader.picture("uncertain-year-sheet")
