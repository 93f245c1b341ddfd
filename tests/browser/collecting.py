"""What the stories of collecting share: a volunteer sent to collect, the page opened, a house tapped, the receipts on the phone."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from db.models import Fund
from pwa import web
from pwa.domain.fieldwork import assignments
from pwa.domain.people import accounts
from pwa.domain.places import units
from tests.browser.fields import CALL_STATUS, UNLOCK
from tests.browser.household_form import photo
from tests.browser.stories import office, ready

OWN = """async () => (await import(moduleOf("receipts"))).own().then((all) =>
  all.map(({ payload, name, step, isVoid, subject }) => ({ payload, name, step, isVoid, subject })))"""

CODE = """async () => {
  const { default: decode } = await import(moduleOf("codes").replace("js/lib/codes.js", "vendor/qr-decode-0.7.0.min.js"));
  const canvas = document.querySelector("[data-stub] canvas");
  return decode(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height));
}"""
"""What the code of the receipt that is shown says."""


def sent_to_collect(village, phone, handle="volunteer"):
    """The leader sends the volunteer to collect for the fund of the municipality; the phone brings its kit."""
    with office(village):
        at = web.system_clock()
        today = (at + timedelta(hours=7)).date()
        taker = accounts.named(handle)
        about = dict(
            starts_on=today, ends_on=today + timedelta(days=3), by=accounts.named("zone-leader"), at=at, on=today
        )
        funds = [Fund.get(Fund.code == "F1")]
        assignments.give(taker, units.communities(taker, "volunteer"), collects_for=funds, **about)
    ready(phone)
    phone.page.goto("/kit")
    phone.page.locator("[data-prepare][data-ready]").click()
    phone.until(f"async () => (await ({CALL_STATUS})())?.assignment.collects")
    return phone


def opened(phone, face=""):
    phone.page.goto(f"/collections/new{face}")
    phone.until("() => 'ready' in document.querySelector('main').dataset")
    if phone.page.locator(UNLOCK).count():
        phone.page.locator(UNLOCK).click()
    phone.page.locator("[data-open]:not([hidden])").wait_for()
    return phone.page


def houses(page):
    return page.locator('[data-list="houses"] .collect')


def known(page):
    """A house of which it is known through when its members have paid; its row is found by its name, whatever it says later."""
    name = houses(page).filter(has_text=re.compile(r"ส่งถึง\s\d")).first.locator(".collect__name").inner_text()
    return houses(page).filter(has_text=name)


def own(phone):
    return phone.page.evaluate(OWN)


def tap(house, number=1):
    """A tap, and its receipt is kept on the phone."""
    at_rest(house).locator("input").check()
    expect(house.locator('[data-slot="note"]')).to_contain_text("ใบเสร็จ M")


def at_rest(house):
    """A house whose last tap is done: while it is not, the box springs back under another one."""
    expect(house).not_to_have_attribute("aria-busy", "true")
    return house


def take(page):
    page.locator('form[data-other] [data-slot="take"]').click()


def said(page, field):
    return page.locator(f'[data-field="{field}"] [data-message]')


def again(page, receipt):
    page.goto(f"/collections/new#other={receipt['subject']}")
    page.locator('[data-face="other"]:not([hidden])').wait_for()


def one_person(page, baht):
    """A sum for one member of the house; for all of them together it would be asked whose it is."""
    page.fill("#baht", baht)
    if page.locator("input[name=who]").count() > 1 and page.locator("input[name=who][value=all]").count():
        take(page)
        expect(said(page, "who")).to_contain_text("เงินจำนวนนี้ของใคร")
        page.locator("input[name=who]").nth(1).check()
        page.fill("#baht", baht)


def by_transfer(phone, baht):
    """A donation that was transferred: it asks for the account and for the slip."""
    page = phone.page
    page.locator("[data-other] summary").click()
    page.locator("input[name=channel][value=transfer]").check()
    page.locator("input[name=kind][value=donation]").check()
    if page.locator("input[name=who][value=all]").count():
        page.locator("input[name=who]").nth(1).check()
    page.fill("#baht", baht)
    take(page)
    expect(said(page, "bank_account")).to_have_count(1)
    expect(said(page, "slip")).to_have_count(1)
    page.fill("#bank_account", "ออมสิน")
    page.locator("#slip").set_input_files(photo(phone))
    expect(page.locator("[data-slip-kept]")).to_be_visible()
    take(page)
    expect(page.locator('[data-face="receipt"] [data-slot="channel"]')).to_have_text("โอนเข้า ออมสิน")
