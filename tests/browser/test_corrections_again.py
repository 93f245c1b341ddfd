"""A member's correction comes back: it opens as what it is, with the checker's words, and takes the first one's place."""

import re

from playwright.sync_api import expect

from pwa.domain.people import accounts
from pwa.domain.review import review
from pwa.web import system_clock
from tests.browser.stories import held, no_signal, office, ready, sent


def said_once_more(phone, first):
    """From the address that an earlier version led to; gives the id of what takes its place."""
    phone.page.goto(f"/households/new#returned={first}")
    unlock = phone.page.locator("[data-locked]:visible button")
    form = phone.page.locator("[data-again]:visible")
    form.or_(unlock).wait_for()
    if unlock.is_visible():
        unlock.click()
    form.wait_for()
    expect(phone.page).to_have_url(re.compile(f"/corrections#returned={first}$"))
    expect(phone.page.locator("[data-came-back]")).to_contain_text("ต้องสะกดอย่างไร")
    expect(phone.page.locator("#statement")).to_have_value("สะกดผิด")
    phone.fits()
    phone.is_accessible()
    phone.picture("correction-again")
    phone.page.locator("#statement").fill(" ")
    form.locator("button").click()
    phone.page.locator("[data-message]:visible").wait_for()
    phone.page.locator("#statement").fill("บุญมา ไม่ใช่ บุนมา")
    form.locator("button").click()
    phone.page.wait_for_url("**/saved#*")
    return phone.page.url.partition("#")[2]


def test_a_correction_that_came_back_is_said_once_more(village, phones):
    phone = ready(phones("member"))
    phone.page.goto("/me")
    value = phone.page.locator("#data correction-form").first
    phone.page.locator("#data-person > summary").click()
    phone.page.locator("#data details.value > summary").first.click()
    value.locator("summary").click()
    value.locator("textarea").fill("สะกดผิด")
    value.locator("button").click()
    value.locator("[data-saved]").wait_for()
    (first,) = [one["id"] for one in sent(phone, 1)]
    with office(village):
        leader, at = accounts.named("zone-leader"), system_clock()
        entry = review.get(first, seen_by=leader, at=at)
        review.send_back(entry, by=leader, at=at, reason="ต้องสะกดอย่างไร", comments={})
    phone.page.goto("/me")
    again = phone.page.locator(f'#corrections a[href$="{first}"]')
    again.wait_for()
    phone.page.goto("/phone")
    row = phone.page.locator('[data-list="returned"] a')
    expect(row).to_have_attribute("href", f"/corrections#returned={first}")
    with no_signal(village, phone):
        second = said_once_more(phone, first)
    sent(phone, 2)
    old, new = held(village, first, second)
    assert (old["state"], new["state"], new["outcome"]) == ("replaced", "received", "received")
    assert new["plain"]["kind"] == "correction" and new["plain"]["replaces"] == first
    assert new["plain"]["payload"]["statement"] == "บุญมา ไม่ใช่ บุนมา"
    assert new["plain"]["payload"]["path"] == old["plain"]["payload"]["path"]
    phone.page.goto("/me")
    expect(phone.page.locator("#corrections .row", has_text="บุญมา ไม่ใช่ บุนมา")).to_have_count(1)
    expect(phone.page.locator("#corrections .row", has_text="สะกดผิด")).to_have_count(0)
