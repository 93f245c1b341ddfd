"""A volunteer's day in the field, as the stories tell it: sent out with a kit, the round opened, a house found in it."""

from datetime import timedelta

from pwa import web
from pwa.domain.fieldwork import assignments
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.register import households
from tests.browser.household_form import Form
from tests.browser.stories import call, office, ready

UNLOCK = "[data-unlock]:visible"


def sent_out(village, phone, handle="volunteer"):
    """The leader gives an assignment, and the phone brings its kit; afterwards it may go where there is no signal."""
    with office(village):
        at = web.system_clock()
        today = (at + timedelta(hours=7)).date()
        volunteer = accounts.named(handle)
        days = {"starts_on": today, "ends_on": today + timedelta(days=3)}
        places = units.communities(volunteer, "volunteer")
        assignments.give(volunteer, places, **days, by=accounts.named("zone-leader"), at=at, on=today)
    ready(phone)
    phone.page.goto("/kit")
    phone.page.locator("[data-prepare][data-ready]").click()
    phone.until(f"async () => {{ const kit = await ({CALL_STATUS})(); return kit && kit.households > 0; }}")
    return call(phone, "kit", "status")


CALL_STATUS = """async () => {
  const address = moduleOf("kit");
  return (await import(address)).status();
}"""


def homes(village, handle="volunteer"):
    """The houses of the volunteer's places as the register has them, those with several people first."""
    with office(village):
        rows = households.listed(seen_by=accounts.named(handle))
        return sorted(rows, key=lambda row: -row.people_count)


def open_round(phone):
    """By a tap from the home page, and one on the button that unlocks it where it is locked."""
    phone.page.goto("/")
    phone.page.locator('main a[href="/round"]').click()
    return shown(phone)


def shown(phone):
    phone.page.wait_for_url("**/round")
    phone.until("() => 'ready' in document.querySelector('main').dataset")
    if phone.page.locator(UNLOCK).count():
        phone.page.locator(UNLOCK).click()
    phone.page.locator("[data-round]:not([hidden])").wait_for()
    return phone.page


def row(page, group, words):
    return page.locator(f'[data-list="{group}"] .row', has_text=words)


def look_for(page, words):
    """Type into the search box, and return the rows found."""
    page.locator("[data-search] input").fill(words)
    found = page.locator('[data-list="found"] .row')
    found.first.wait_for()
    return found


def tap(phone, row):
    """Open a house of the round; the phone's lock is asked for by itself."""
    row.click()
    phone.page.wait_for_url("**/households/new#*")
    return Form(phone).shown()
