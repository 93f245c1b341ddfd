"""Somebody is moved to another zone, or their role ends: the phone's form follows, and the phone says why an entry waits."""

from playwright.sync_api import expect

from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.web import system_clock
from tests.browser.doorstep import begin, unlocked
from tests.browser.household_form import nobody_home
from tests.browser.stories import call, no_signal, office, ready

OFFERED = "() => [...document.querySelectorAll('#_place option')].map((one) => one.value).filter(Boolean)"


def moved(village, to=None):
    with office(village):
        account, admin, at = accounts.named("volunteer"), accounts.named("admin"), system_clock()
        for grant in units.grants(account):
            accounts.end_role(grant, by=admin, at=at, reason="ย้ายโซน")
        if to:
            accounts.grant(account, "volunteer", units.get(to), at=at)
        return [unit.code for unit in units.communities(account, "volunteer")]


def opened(form):
    form.page.goto("/households/new")
    return form


def test_the_form_offers_the_new_places_and_no_old_ones(village, phones):
    phone = ready(phones("volunteer"))
    form = begin(phone)
    before = form.page.evaluate(OFFERED)
    form.house("7", "absent", place=before[0])
    form.page.locator("[data-saved]", has_text="เก็บร่างแล้ว").wait_for()
    after = moved(village, "Z2")
    assert not set(before) & set(after)
    call(phone, "sync", "flush", "test")
    phone.until(f"() => ({OFFERED})().includes('{after[0]}')")
    form.page.locator('[data-field="_place"] > [data-doubt]', has_text="ชุมชนที่เลือกไว้").wait_for()
    form.go_on()
    form.page.locator("[data-problems] li", has_text="ชุมชนที่เลือกไว้").wait_for()
    with no_signal(village, phone):
        opened(form).start_anew()
        phone.until(lambda: form.page.evaluate(OFFERED) == after)
        opened(form)
        form.page.locator("[data-drafts] button").first.click()
        unlocked(form)
        expect(form.page.locator("#_place option:checked")).to_have_text("")
        form.pick("_place", after[0])
        form.go_on()
        form.saved()


def test_after_the_role_ended_there_is_no_form_and_the_phone_says_whom_to_ask(village, phones):
    phone = ready(phones("volunteer"))
    with no_signal(village, phone):
        entry = nobody_home(phone, "7")
        moved(village)
    call(phone, "sync", "flush", "test")
    phone.page.goto("/phone")
    phone.page.locator('[data-list="sent"]', has_text="ท่านไม่มีบทบาท").wait_for()
    phone.page.goto(f"/saved#{entry}")
    phone.page.locator("[data-step=checked]", has_text="ถามหัวหน้าโซน").wait_for()
    with no_signal(village, phone):
        phone.page.goto("/households/new")
        phone.page.get_by_text("ยังไม่มีชุมชน").wait_for()
        expect(phone.page.locator("#household")).to_have_count(0)
        phone.picture("no-role")
