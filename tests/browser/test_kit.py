"""The field kit on a phone: brought by one tap, read without a signal, locked when idle, gone when its time or its right is over."""

import re
from datetime import timedelta

from pwa import web
from pwa.domain.field import assignments
from pwa.domain.field.phones import Phone
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.registry import review
from pwa.web import BANGKOK
from tests.browser.passkeys import Passkeys
from tests.browser.stories import NO_SIGNAL, call, no_signal, office, ready
from tests.villages import mali

OPENED = """async () => {
  const address = new URL("kit.js", document.querySelector('script[src*="js/app.js"]').src);
  const kit = await import(address);
  return kit.open().then(({ at, ...parts }) => JSON.parse(JSON.stringify(parts)), ({ code }) => code);
}"""
FOUND = """async (text) => {
  const here = document.querySelector('script[src*="js/app.js"]').src;
  const [kit, search] = await Promise.all(["kit.js", "search.js"].map((name) => import(new URL(name, here))));
  return search.find(await kit.open(), text).map(({ person, household, why }) => [person?.name.first_name ?? household.house.number, why]);
}"""
STORED = """async () => {
  const { all, get } = await import(new URL("store.js", document.querySelector('script[src*="js/app.js"]').src));
  const read = (record) => Object.values(record).map((value) =>
    value instanceof ArrayBuffer ? new TextDecoder().decode(value) : JSON.stringify(value)).join(" ");
  return (await all("kit")).map(read).join(" ");
}"""
LEFT = """async () => {
  const { all } = await import(new URL("store.js", document.querySelector('script[src*="js/app.js"]').src));
  return (await all("kit")).length;
}"""
HELD = """async () => {
  const address = new URL("kit.js", document.querySelector('script[src*="js/app.js"]').src);
  window.held = await (await import(address)).open();
  window.told = [];
  addEventListener("kit-changed", ({ detail }) => window.told.push(detail.type));
  return window.held.people.length;
}"""
UNLOCKED = """async () => {
  const address = new URL("kit.js", document.querySelector('script[src*="js/app.js"]').src);
  return (await import(address)).unlock().catch(({ code }) => code);
}"""
DAY = 86_400_000
MINUTE = 60_000


def bring(phone):
    """One tap on the page that the home page leads to."""
    phone.page.goto("/")
    phone.page.locator('a[href="/kit"].row').click()
    phone.page.locator("[data-prepare][data-ready]").click()
    phone.page.locator("[data-kit]:visible").wait_for()
    return call(phone, "kit", "status")


def opened(phone):
    call(phone, "kit", "unlock")
    return phone.page.evaluate(OPENED)


def later(phone, ms):
    """A clock that runs on while nobody touches the phone."""
    phone.page.clock.fast_forward(ms)


def call_back(village, handle="volunteer"):
    with office(village):
        at = web.system_clock()
        on = at.astimezone(BANGKOK).date()
        held = assignments.current(accounts.named(handle), on=on)
        assignments.end(held, by=accounts.named("zone-leader"), at=at, on=on, reason="ทดสอบ")


def send_out_for_long(village):
    with office(village):
        at = web.system_clock()
        on = at.astimezone(BANGKOK).date()
        days = {
            "starts_on": on,
            "ends_on": on + timedelta(days=30),
            "by": accounts.named("zone-leader"),
            "at": at,
            "on": on,
        }
        assignments.give(accounts.named("volunteer"), [units.get("C01")], **days)


def test_a_day_in_the_field_without_a_signal(village, phones):
    phone = ready(phones("volunteer"))
    status = bring(phone)
    assert status["protection"] == "prf" and status["people"] > 10 and status["households"] > 5
    assert {place["code"] for place in status["assignment"]["places"]} == {"C01", "C02"}
    phone.fits()
    phone.is_accessible()
    phone.picture("kit-brought")

    with no_signal(village, phone):
        phone.page.goto("/kit")
        phone.page.locator("[data-kit]:visible").wait_for()
        assert "ปิดผนึก" in phone.page.locator("[data-kit]").inner_text()
        phone.page.goto("/")
        phone.page.locator("[data-kit-age]:visible").wait_for()
        assert "ชุดออกพื้นที่" in phone.page.locator("[data-kit-age]").inner_text()
        kit = opened(phone)
        assert len(kit["people"]) == status["people"] and len(kit["households"]) == status["households"]
        somebody = kit["people"][0]
        assert somebody["name"]["first_name"] in dict(phone.page.evaluate(FOUND, somebody["name"]["first_name"][:3]))
        house = kit["households"][0]["house"]["number"]
        assert [house, "house"] in phone.page.evaluate(FOUND, house)
        phone.page.goto("/phone")
        assert len(phone.page.evaluate(OPENED)["people"]) == status["people"], "unlocked once for all pages"


def test_nothing_lies_on_the_phone_in_plain(village, phones):
    phone = ready(phones("volunteer"))
    bring(phone)
    kit = opened(phone)
    stored = phone.page.evaluate(STORED)
    words = {
        word for person in kit["people"] for word in (*person["name"].values(), person["nickname"]) if len(word) > 3
    }
    assert len(words) > 10 and not [word for word in words if word in stored]
    assert "ชุมชนริมคลอง" in stored, "the search sees what is there"


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


def test_it_brings_only_what_changed(village, phones):
    phone = ready(phones("volunteer"))
    first = bring(phone)
    whole = opened(phone)
    asked = []
    phone.page.on("response", lambda answer: "/kit/downloads" in answer.url and asked.append(answer))
    register_more(village)
    again = call(phone, "kit", "prepare")
    answer = asked[0].json()
    assert len(answer["households"]) == 1 and again["households"] == first["households"] + 1
    merged = phone.page.evaluate(OPENED)
    assert len(merged["households"]) == len(whole["households"]) + 1
    call(phone, "kit", "erase", "asked")
    bring(phone)
    assert opened(phone) == merged, "the whole kit says the same as the differences"


def register_more(village):
    """Somebody else registers a house in the same community, and it is approved."""
    payload = {"house": {"number": "999"}, "visit": {"outcome": "interested"}, "people": [mali()]}
    with office(village):
        at = web.system_clock()
        entry = Phone(accounts.named("volunteer-2"), at=at).record("household", payload, place="C01", at=at)
        review.approve(entry, by=accounts.named("zone-leader"), at=at)


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
    assert "สิ้นสุด" in phone.page.locator("[data-no-kit]").inner_text()
    assert phone.page.locator("[data-prepare]").is_hidden()
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
    assert "ป้องกันระดับพื้นฐาน" in phone.page.locator("[data-kit]").inner_text()
    phone.page.clock.install()
    phone.page.goto("/kit")
    assert len(opened(phone)["people"]) > 10
    later(phone, 6 * MINUTE)
    assert phone.page.evaluate(OPENED) == "locked"
    assert re.search("ป้องกัน", phone.page.locator("[data-kit]").inner_text())
    phone.expects(NO_SIGNAL)
