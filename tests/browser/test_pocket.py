"""A member's rights on their own phone without a signal: locked, opened, closed again, and gone in time."""

import re

import pytest
from playwright.sync_api import expect

from pwa.domain.people import accounts, devices
from pwa.web import system_clock
from tests.browser.kit_phone import DAY, MINUTE, later
from tests.browser.passkeys import Passkeys
from tests.browser.stories import call, no_signal, office, ready, sign_out
from tests.browser.test_phone_shield import chain

KEPT = """async () => {
  const { all, get } = await import(moduleOf("store"));
  const accounts = (await all("keys")).map(({ account }) => account);
  return (await Promise.all(accounts.map((account) => get("meta", `pocket|${account}`)))).filter(Boolean).length;
}"""
UPDATED = """async () => {
  const { get } = await import(moduleOf("store"));
  const { account } = await get("meta", "me");
  return (await get("meta", `pocket|${account}`)).updated;
}"""
AGED = """async (ms) => {
  const { get, put } = await import(moduleOf("store"));
  const { account } = await get("meta", "me");
  const { updated, here, ...kept } = await get("meta", `pocket|${account}`);
  await put("meta", { ...kept, updated: updated - ms, here: here - ms }, `pocket|${account}`);
  return updated - ms;
}"""
SEALED = """async () => {
  const { get } = await import(moduleOf("store"));
  const { account } = await get("meta", "me");
  const kept = await get("meta", `pocket|${account}`);
  return Object.values(kept).map((value) => value instanceof ArrayBuffer ? new TextDecoder().decode(value) : String(value)).join(" ");
}"""
SUMS = """cards => cards.map((card) =>
  [...card.querySelectorAll(".row__title, .benefit__amount")].map(({ textContent }) => textContent.trim()))"""
PLAIN = re.compile("ค่าทำขวัญ|บาท|birth|paid_through")


def at_home(phone):
    """The member's page with a signal, until the phone has kept what it says."""
    phone.page.goto("/me")
    phone.page.locator("[data-pocket][data-ready]").wait_for()
    return phone.page


def with_a_pocket(phones, **more):
    phone = ready(phones("member", **more))
    expect(at_home(phone).locator("[data-pocket]")).to_contain_text("ข้อมูล วันนี้")
    return phone


def locked(phone):
    phone.page.goto("/me")
    phone.page.locator("main[data-ready]").wait_for()
    expect(phone.page.locator("[data-unlock]")).to_be_visible()
    expect(phone.page.locator("main")).not_to_contain_text("เกิด · ค่าทำขวัญบุตร", use_inner_text=True)


def test_it_opens_without_a_signal_and_closes_again(village, phones):
    phone = with_a_pocket(phones, width=320)
    shown = phone.page.locator(".benefit summary").evaluate_all(SUMS)
    assert not PLAIN.search(phone.page.evaluate(SEALED))
    with no_signal(village, phone):
        village.kill()
        phone.restart()
        phone.page.clock.install()
        locked(phone)
        phone.fits()
        phone.is_accessible()
        phone.picture("pocket-locked")
        phone.page.locator("[data-unlock]").click()
        expect(phone.page.locator(".benefit")).to_have_count(len(shown))
        assert phone.page.locator("article.benefit").evaluate_all(SUMS) == shown
        expect(phone.page.locator("[data-age]")).to_contain_text("ข้อมูล วันนี้")
        expect(phone.page.locator("[data-funds]")).to_contain_text("สถานะ")
        phone.fits()
        phone.is_accessible()
        phone.picture("pocket-open")
        later(phone, 6 * MINUTE)
        expect(phone.page.locator(".benefit")).to_have_count(0)
        expect(phone.page.locator("[data-unlock]")).to_be_visible()
        later(phone, DAY)
        phone.page.locator("[data-unlock]").click()
        expect(phone.page.locator("[data-age]")).to_contain_text("ข้อมูล เมื่อวาน")
        village.start()


def test_a_lock_that_is_not_opened_opens_nothing(village, phones):
    phone = with_a_pocket(phones)
    with no_signal(village, phone):
        phone.restart()
        phone.passkeys.verify_user(False)
        locked(phone)
        phone.page.locator("[data-unlock]").click()
        expect(phone.page.locator("[data-unlock-refused]")).to_be_visible()
        expect(phone.page.locator(".benefit")).to_have_count(0)


@pytest.mark.parametrize("prf", [True, False])
def test_each_time_it_is_opened_by_an_unlock(village, phones, prf):
    """Also where the key lies open since the last one, and where this phone has no lock for keys: the phone's own lock is asked."""
    phone = with_a_pocket(phones, passkeys=Passkeys(hasPrf=prf))
    with no_signal(village, phone):
        for _ in range(2):
            locked(phone)
            phone.page.locator("[data-unlock]").click()
            expect(phone.page.locator(".benefit").first).to_be_visible()
        phone.page.goto("/phone")
        phone.page.go_back()
        expect(phone.page.locator("[data-unlock]")).to_be_visible()
        expect(phone.page.locator(".benefit")).to_have_count(0)
        phone.passkeys.verify_user(False)
        phone.page.locator("[data-unlock]").click()
        expect(phone.page.locator("[data-unlock-refused]")).to_be_visible()
        expect(phone.page.locator(".benefit")).to_have_count(0)


def test_it_reads_in_letters_of_twice_the_size(village, phones):
    phone = with_a_pocket(phones, width=320, text_scale=2)
    with no_signal(village, phone):
        locked(phone)
        phone.fits()
        phone.picture("pocket-locked-200")
        phone.page.locator("[data-unlock]").click()
        expect(phone.page.locator(".benefit").first).to_be_visible()
        phone.fits()
        phone.is_accessible()
        phone.picture("pocket-open-200")


def test_it_is_told_anew_after_a_day_and_not_before(village, phones):
    phone = with_a_pocket(phones)
    young = phone.page.evaluate(AGED, 0.9 * DAY)
    call(phone, "sync", "flush", "test")
    assert phone.page.evaluate(UPDATED) == young
    old = phone.page.evaluate(AGED, 0.2 * DAY)
    call(phone, "sync", "flush", "test")
    phone.until(f"async () => (await ({UPDATED})()) > {old} + {DAY}")


def test_it_goes_with_the_right_of_the_phone(village, phones):
    phone = with_a_pocket(phones)
    number = chain(phone)["device"]
    phone.expects("sync/status.*401")
    with office(village):
        devices.revoke(number, by=accounts.named("admin"), at=system_clock(), reason="เครื่องหาย")
    call(phone, "sync", "flush", "test")
    phone.until(f"async () => (await ({KEPT})()) === 0")


def test_it_is_gone_after_seven_days_without_a_signal(village, phones):
    phone = with_a_pocket(phones)
    with no_signal(village, phone):
        phone.page.clock.install()
        locked(phone)
        later(phone, 6.5 * DAY)
        assert phone.page.evaluate(KEPT) == 1, "six days and a half are not seven"
        later(phone, DAY)
        phone.until(f"async () => (await ({KEPT})()) === 0")
        expect(phone.page.locator("[data-none]")).to_be_visible()
        phone.picture("pocket-gone")


def test_another_account_sees_nothing_and_is_asked_first(village, phones):
    phone = with_a_pocket(phones)
    of_member = set(phone.passkeys.credentials)
    sign_out(phone)
    phone.until(f"async () => (await ({KEPT})()) === 0")
    phone.enrol(village.invite("volunteer"))
    ready(phone)
    with no_signal(village, phone):
        phone.page.goto("/me")
        expect(phone.page.locator("[data-none]")).to_be_visible()
        expect(phone.page.locator("main")).not_to_contain_text("ค่าทำขวัญ", use_inner_text=True)
    sign_out(phone)
    for credential in set(phone.passkeys.credentials) - of_member:
        phone.passkeys.take_away(credential)
    phone.sign_in()
    page = at_home(ready(phone))
    button = page.get_by_role("button", name="เก็บไว้ดูตอนไม่มีเน็ต")
    expect(button).to_be_visible()
    assert page.evaluate(KEPT) == 0, "two accounts have used this phone"
    phone.is_accessible()
    button.click()
    expect(page.locator("[data-pocket]")).to_contain_text("ข้อมูล วันนี้")
    expect(button).to_be_hidden()
    assert page.evaluate(KEPT) == 1


def test_it_goes_with_the_session(village, phones):
    phone = with_a_pocket(phones)
    phone.context.clear_cookies(name=re.compile("session"))
    call(phone, "sync", "flush", "test")
    phone.until(f"async () => (await ({KEPT})()) === 0")
