"""The field kit locks when idle, and goes when its time, its right or its person is over."""

from playwright.sync_api import expect

from tests.browser.kit_phone import (
    DAY,
    HELD,
    LEFT,
    MINUTE,
    OPENED,
    UNLOCKED,
    bring,
    call_back,
    later,
    opened,
    send_out_for_long,
)
from tests.browser.passkeys import Passkeys
from tests.browser.stories import NO_SIGNAL, call, no_signal, ready


def test_it_locks_after_five_idle_minutes(village, phones):
    phone = ready(phones("volunteer"))
    bring(phone)
    phone.page.clock.install()
    phone.page.goto("/kit")
    phone.page.locator("[data-kit]:visible").wait_for()
    call(phone, "kit", "unlock")
    assert phone.page.evaluate(HELD) > 10
    later(phone, 4 * MINUTE)
    phone.page.keyboard.press("Tab")
    later(phone, 4 * MINUTE)
    assert phone.page.evaluate("() => window.held.people.length") > 10, "a touch begins the minutes anew"
    later(phone, 2 * MINUTE)
    phone.until("() => window.held.people.length === 0 && window.told.includes('locked')")
    assert phone.page.evaluate(OPENED) == "locked"
    assert len(opened(phone)["people"]) > 10
    later(phone, 6 * MINUTE)
    phone.passkeys.verify_user(False)
    assert phone.page.evaluate(UNLOCKED) == "cancelled"
    assert phone.page.evaluate(OPENED) == "locked"


def test_it_is_gone_after_seven_days_without_a_signal(village, phones):
    phone = ready(phones("volunteer"))
    send_out_for_long(village)
    bring(phone)
    with no_signal(village, phone):
        phone.page.clock.install()
        phone.page.goto("/kit")
        phone.page.locator("[data-kit]:visible").wait_for()
        later(phone, 6.5 * DAY)
        assert call(phone, "kit", "status"), "six days and a half are not seven"
        later(phone, DAY)
        phone.until(f"async () => (await ({LEFT})()) === 0")
        phone.page.locator("[data-no-kit]:visible").wait_for()
        phone.picture("kit-erased")


def test_it_goes_with_the_assignment(village, phones):
    phone = ready(phones("volunteer"))
    bring(phone)
    call_back(village)
    call(phone, "sync", "flush", "test")
    phone.until(f"async () => (await ({LEFT})()) === 0")
    phone.page.goto("/kit")
    expect(phone.page.locator("[data-no-kit]:visible")).to_contain_text("สิ้นสุด")
    expect(phone.page.locator("[data-prepare]")).to_be_hidden()
    phone.fits()


def test_another_person_does_not_meet_it(village, phones):
    phone = ready(phones("volunteer"))
    bring(phone)
    phone.page.goto("/phone")
    phone.page.locator('form[action="/session/end"] button').click()
    phone.page.wait_for_url("**/sign-in*")
    phone.enrol(village.invite("volunteer-2"))
    phone.page.goto("/kit")
    phone.until(f"async () => (await ({LEFT})()) === 0")
    assert call(phone, "kit", "status") is None


def test_basic_protection_is_called_by_its_name(village, phones):
    phone = ready(phones("volunteer", passkeys=Passkeys(hasPrf=False)))
    assert bring(phone)["protection"] == "basic"
    expect(phone.page.locator("[data-kit]:visible")).to_contain_text("ป้องกันระดับพื้นฐาน")
    phone.page.clock.install()
    phone.page.goto("/kit")
    assert len(opened(phone)["people"]) > 10
    later(phone, 6 * MINUTE)
    assert phone.page.evaluate(OPENED) == "locked"
    expect(phone.page.locator("[data-kit]:visible")).to_contain_text("ป้องกัน")
    phone.expects(NO_SIGNAL)


def test_every_page_of_ours_locks_together(village, phones):
    phone = ready(phones("volunteer"))
    bring(phone)
    call(phone, "kit", "unlock")
    assert phone.page.evaluate(HELD) > 10
    first = phone.page
    second = phone.tab()
    second.goto("/kit")
    assert second.evaluate(HELD) > 10, "unlocked in one page, open in the next"
    call(phone, "kit", "lock")
    for page in (first, second):
        page.bring_to_front()
        phone.page = page
        phone.until("() => window.held.people.length === 0")
        assert page.evaluate(OPENED) == "locked"
