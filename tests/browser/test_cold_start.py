"""A phone loses its power in the field, at any moment: what was acknowledged is there afterwards, once, and drafts are offered."""

from playwright.sync_api import expect

from tests.browser.doorstep import unlocked
from tests.browser.household_form import Form, nobody_home
from tests.browser.phones import wait_until
from tests.browser.stories import call, counts, held, keeps_every_promise, no_signal, ready, sent

# Where a save may be when the battery goes: the page stops there until it is killed.
HOLD_THE_CHAIN = """() => new Promise((held) => {
  navigator.locks.request("chain", () => { held(); return new Promise(() => {}); });
})"""
STOP_AFTER_SEALING = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === "outbox") debugger;
    return put.apply(this, given);
  };
}"""
STOP_AFTER_THE_COMMIT = """() => {
  const post = BroadcastChannel.prototype.postMessage;
  BroadcastChannel.prototype.postMessage = function (message) {
    if (message.type === "changed") debugger;
    return post.call(this, message);
  };
}"""
WAITS_FOR_THE_CHAIN = "async () => (await navigator.locks.query()).pending.some(({ name }) => name === 'chain')"
DELAYS = (0, 15, 40, 90)
TAP = "(button) => void setTimeout(() => button.click())"


def test_it_opens_the_form_without_a_network_after_a_cold_start(village, phones):
    volunteer = ready(phones("volunteer"))
    with no_signal(village, volunteer):
        volunteer.restart()
        entry = nobody_home(volunteer, "45/2")
        volunteer.restart()
        volunteer.page.goto("/")
        volunteer.page.locator('[data-slot="waiting"]', has_text="1").wait_for()
        volunteer.picture("home-one-waits")
    assert [one["seq"] for one in sent(volunteer, 1)] == [1]
    assert [one["plain"]["payload"]["house"]["number"] for one in held(village, entry)] == ["45/2"]
    keeps_every_promise(village)


def test_it_loses_and_doubles_nothing_when_the_power_goes_during_a_save(village, phones):
    volunteer = ready(phones("volunteer"))
    with no_signal(village, volunteer):
        nobody_home(volunteer, "1")
        killed_at(volunteer, HOLD_THE_CHAIN, number="2")
        assert begun(volunteer) == {"saved": 1, "drafts": 1}
        killed_at(volunteer, STOP_AFTER_SEALING, number="3")
        assert begun(volunteer) == {"saved": 1, "drafts": 2}
        killed_at(volunteer, STOP_AFTER_THE_COMMIT, number="4")
        assert begun(volunteer) == {"saved": 2, "drafts": 2}
        for delay in DELAYS:
            killed_after(volunteer, delay, number=f"5/{delay}")
        after = begun(volunteer)
        assert sum(after.values()) == 4 + len(DELAYS), after
        finish_drafts(volunteer, after["drafts"])
    sent(volunteer, 4 + len(DELAYS))
    in_custody(village, volunteer, {"1", "2", "3", "4", *(f"5/{delay}" for delay in DELAYS)})
    keeps_every_promise(village)


def fill_in(phone, number):
    """A visit, all but the tap on save; earlier drafts are left for later."""
    form = Form(phone)
    form.page.goto("/households/new")
    form.start_anew()
    form.house(number, "absent")
    form.page.locator("[data-saved]:visible").wait_for()


def killed_at(phone, moment, *, number):
    """Tap save, and take the battery out when the page stands at this moment."""
    fill_in(phone, number)
    debugger = phone.context.new_cdp_session(phone.page)
    stops = []
    debugger.on("Debugger.paused", lambda event: stops.append(event))
    debugger.send("Debugger.enable")
    phone.page.evaluate(moment)
    phone.page.locator("[data-next]").evaluate(TAP)
    if moment is HOLD_THE_CHAIN:
        phone.until(WAITS_FOR_THE_CHAIN)
    else:
        wait_until(lambda: stops, pause=lambda: phone.page.wait_for_timeout(20))
    phone.restart()


def killed_after(phone, delay, *, number):
    """Tap save, and take the battery out so many milliseconds later, wherever the page is then."""
    fill_in(phone, number)
    phone.page.locator("[data-next]").evaluate(TAP)
    phone.page.wait_for_timeout(delay)
    phone.restart()


def finish_drafts(phone, number):
    """Every form that was not saved is offered again, with what was typed."""
    for left in range(number, 0, -1):
        phone.page.goto("/households/new")
        offers = phone.page.locator("[data-drafts] button")
        expect(offers).to_have_count(left)
        phone.picture("drafts-offered")
        offers.first.click()
        form = Form(phone)
        unlocked(form)
        form.save()


def begun(phone):
    """How many entries and drafts the phone holds."""
    phone.page.goto("/")
    return {"saved": counts(phone)["waiting"], "drafts": len(call(phone, "drafts", "list"))}


def in_custody(village, phone, numbers):
    """Each of these houses arrived once, on one unbroken chain."""
    rows = held(village, *(one["id"] for one in call(phone, "outbox", "list")))
    assert sorted(one["seq"] for one in rows) == list(range(1, len(numbers) + 1))
    assert {one["outcome"] for one in rows} == {"received"}
    assert sorted(one["plain"]["payload"]["house"]["number"] for one in rows) == sorted(numbers)
