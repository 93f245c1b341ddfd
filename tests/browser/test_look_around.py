"""A newcomer without fingerprint reader or screen lock looks around the demo village: records, checks, and may take nothing along."""

import re

from playwright.sync_api import expect

from db.models import EnrolmentUse, Trial
from tests.browser.household_form import nobody_home
from tests.browser.stories import (
    call,
    held,
    keeps_every_promise,
    looked_over,
    no_signal,
    office,
    ready,
    sent,
    sign_out,
    waiting,
)

BAND = ".trial"
WHO = "async () => (await import(moduleOf('person'))).me()"


def look_around(phone, village, handle):
    """Open a printed link and go in without a key."""
    phone.page.goto(village.invite(handle))
    phone.page.locator("[data-trial-who]", has_text="ท่านจะลองเป็น").wait_for()
    phone.page.locator("[data-trial-offer] button").click()
    phone.page.wait_for_url(re.compile(r"^(?!.*/enrol)"))
    return phone


def test_a_household_is_recorded_and_checked_without_a_key(village, phones):
    volunteer, leader = phones(None), phones(None)
    volunteer.page.goto(village.invite("volunteer"))
    volunteer.page.locator("[data-trial-who]", has_text="สมหญิง").wait_for()
    looked_over(volunteer, "trial-link")
    volunteer.page.locator("[data-trial-offer] button").scroll_into_view_if_needed()
    volunteer.picture("trial-offer")
    look_around(volunteer, village, "volunteer")
    ready(volunteer)
    looked_over(volunteer, "trial-home")
    with no_signal(village, volunteer):
        volunteer.restart()
        entry = nobody_home(volunteer, "99/7")
        expect(volunteer.page.locator(BAND)).to_be_visible()
        volunteer.picture("trial-saved-offline")
        volunteer.page.goto("/review")
        volunteer.page.locator("[data-retry]").wait_for()
        volunteer.page.locator(BAND).wait_for()
        volunteer.picture("trial-offline")
        volunteer.page.goto("/")
        waiting(volunteer, 1)
    sent(volunteer, 1)
    (row,) = held(village, entry)
    assert (row["outcome"], row["transport"]) == ("received", "proved")

    look_around(leader, village, "zone-leader")
    leader.page.goto("/review")
    looked_over(leader, "trial-review")
    leader.page.locator(f'a[href="/review/{entry}"]').first.click()
    leader.page.get_by_role("heading", name="99/7").wait_for()
    looked_over(leader, "trial-sheet")
    leader.page.locator(".dock button:not([formaction])").click()
    leader.page.wait_for_url(re.compile(rf"/review(?!/{entry})"))
    (row,) = held(village, entry)
    assert row["state"] == "approved"
    with office(village):
        assert Trial.select().count() == 2 and not EnrolmentUse.select().exists()
    keeps_every_promise(village)


def test_what_needs_a_key_is_not_shown_as_if_it_worked(village, phones):
    volunteer = look_around(phones(None), village, "volunteer")
    ready(volunteer)
    for path, name in (("/kit", "trial-kit"), ("/phone", "trial-phone")):
        volunteer.page.goto(path)
        volunteer.page.locator(".shut:visible").first.wait_for()
        expect(volunteer.page.locator("[data-prepare]:visible, [data-export]:visible")).to_have_count(0)
        looked_over(volunteer, name)
    admin = look_around(phones(None, width=1280, height=700), village, "admin")
    for path in ("/accounts", "/backups", "/enrolments/new"):
        admin.expects("403")
        admin.page.goto(path)
        looked_over(admin, "trial-admin" + path.replace("/", "-"))
    admin.page.goto("/accounts?q=member")
    admin.page.locator("#accounts a.row").last.click()
    admin.page.locator(".shut:visible").first.wait_for()
    looked_over(admin, "trial-account")
    admin.page.mouse.wheel(0, 400)
    box = admin.page.locator(BAND).bounding_box()
    assert (box["x"], box["y"], box["width"]) == (0, 0, 1280), "across the top, also of a wide page and further down"


def test_another_persons_link_in_the_same_window_says_so_first(village, phones):
    phone = look_around(phones(None), village, "volunteer")
    ready(phone)
    phone.page.goto(village.invite("volunteer"))
    phone.page.locator("[data-trial-who]", has_text="สมหญิง").wait_for()
    expect(phone.page.locator("[data-taken]"), "it is their own window").to_be_hidden()
    phone.page.goto("/")
    phone.page.goto(village.invite("zone-leader"))
    banner = phone.page.locator("[data-taken]")
    banner.wait_for()
    for person in ("สมหญิง", "บุญมี"):
        expect(banner).to_contain_text(person)
    looked_over(phone, "trial-taken")
    assert call(phone, "person", "me")["handle"] == "volunteer"
    sign_out(phone)
    phone.page.goto(village.invite("zone-leader"))
    phone.page.locator("[data-trial-who]", has_text="บุญมี").wait_for()
    expect(phone.page.locator("[data-taken]")).to_be_hidden()


def test_a_key_works_too_and_ends_it_for_the_next(village, phones):
    link = village.invite("volunteer")
    phone, other = phones(None), phones(None)
    phone.page.goto(link)
    phone.page.locator("[data-trial-offer] button").click()
    phone.page.wait_for_url(re.compile(r"^(?!.*/enrol)"))
    assert ready(phone).until(WHO)["trial"] == "yes"
    phone.enrol(link)
    ready(phone)
    expect(phone.page.locator(BAND)).to_have_count(0)
    phone.page.goto("/households/new")
    expect(phone.page.locator(BAND), "nor on the pages that the phone keeps").to_have_count(0)
    assert not phone.until(WHO).get("trial")
    other.page.goto(village.invite("zone-leader"))
    other.page.locator("[data-enrol]").wait_for()
    expect(other.page.locator("[data-trial-offer]")).to_have_count(0)
    phone.page.goto(village.invite("member"))
    phone.page.locator("[data-taken]").wait_for()
