"""What a phone of the version in the field holds when the server becomes today's: everything opens, is sent and is finished, once.

Told three times: with the old page still open, with the caches emptied beside it, and with the new version not let in. Another
version in the field is another archive.
"""

import json
import uuid

import pytest
from playwright.sync_api import expect

from db.models import Entry
from pwa.domain.custody import seats
from tests.browser.doorstep import unlocked
from tests.browser.field_version import FieldVersion
from tests.browser.household_form import Form, half_written, nobody_home
from tests.browser.kit_phone import bring, opened
from tests.browser.phones import Phone
from tests.browser.stories import NO_SIGNAL, call, held, keeps_every_promise, no_signal, office, ready, sent
from tests.browser.test_shared_phone import who, with_ended
from tests.browser.test_update import LOOK_FOR_UPDATE, UPDATE_WAITS, VERSION
from tests.routes.test_released import served

ARCHIVES = {"248af98": 1, "cbc4d9a": 2}
"""The archives, and the version of the envelopes that each one's phones write: the first signed nothing yet."""
PAGES = 6
"""What the oldest of them keeps for the field."""
FORGET_PAGES = "async () => { for (const name of await caches.keys()) await caches.delete(name); }"
LATE = """async () => {
  return (await fetch(moduleOf("sync"))).text();
}"""
"""What the open page has not asked for yet."""
RETURNED = """async () => {
  const address = moduleOf("returns");
  return (await (await import(address)).list()).length;
}"""
COMMENT = "เลขบ้านตามทะเบียนเลขอะไร"


@pytest.fixture(params=ARCHIVES)
def village(request, tmp_path):
    installed = FieldVersion(request.param, tmp_path)
    installed.writes = ARCHIVES[request.param]
    installed.start()
    yield installed
    installed.stop()


@pytest.fixture
def phone(playwright, village, tmp_path):
    made = Phone(playwright, village.origin, tmp_path / "phone")
    made.expects(NO_SIGNAL)
    made.enrol(village.invite("volunteer"))
    yield ready(made, PAGES)
    made.close()
    assert made.unexpected() == []


def test_the_old_page_is_still_open(village, phone):
    work = a_day_in_the_field(village, phone)
    old = phone.page.evaluate(VERSION)
    village.renew()
    typed = finish_what_is_typed(phone)
    comes_back(village, phone, work)
    let_in(phone, old)
    finish_everything(village, phone, work, typed)


def test_the_caches_are_emptied_beside_the_open_page(village, phone):
    work = a_day_in_the_field(village, phone)
    phone.page.evaluate(FORGET_PAGES)
    phone.context.new_cdp_session(phone.page).send("Network.clearBrowserCache")
    village.renew()
    assert phone.page.evaluate(LATE) == served(village.tree / "pwa" / "static" / "js" / "sync.js").decode()
    typed = finish_what_is_typed(phone)
    comes_back(village, phone, work)
    finish_everything(village, phone, work, typed)


def test_the_new_version_is_not_let_in(village, phone):
    work = a_day_in_the_field(village, phone)
    village.renew()
    typed = finish_what_is_typed(phone)
    phone.page.evaluate(LOOK_FOR_UPDATE)
    phone.until(UPDATE_WAITS)
    comes_back(village, phone, work)
    finish_everything(village, phone, work, typed)
    assert phone.page.evaluate(UPDATE_WAITS)


def a_day_in_the_field(village, phone):
    """Kit, a returned entry, a queue, a draft, a sign-out that the server has not heard of, and a form half typed in the open page."""
    bring(phone)
    returned = nobody_home(phone, "45/1")
    sent(phone, 1)
    village.send_back(returned, "ขาดอีกช่องเดียว", "house.number", COMMENT)
    call(phone, "sync", "flush", "test")
    phone.until(RETURNED)
    with no_signal(village, phone):
        queued = [nobody_home(phone, "46/1")]
        draft = half_written(phone, "47/9")
        phone.page.goto("/phone")
        phone.page.locator('form[action="/session/end"] button').click()
        phone.page.locator("[data-ending]:visible").wait_for()
        phone.page.locator("[data-sign-in]").click()
        phone.page.wait_for_url("**/")
        queued.append(nobody_home(phone, "46/2"))
        phone.page.goto("/households/new")
        Form(phone).start_anew().house("48/9", "interested")
        phone.page.locator("[data-saved]:visible").wait_for()
        assert call(phone, "outbox", "counts")["waiting"] == 3, (
            "two houses, and the draft that was handed over at the sign-out"
        )
    return {"returned": returned, "queued": queued, "draft": draft}


def finish_what_is_typed(phone):
    """The page that stood open while the server changed goes on to its end."""
    form = Form(phone)
    expect(phone.page.locator('[name="house.number"]')).to_have_value("48/9")
    form.choose("visit.outcome", "absent")
    return form.save()


def comes_back(village, phone, work):
    """The queue goes out, the sign-out is told, and the person signs in again."""
    (volunteer,) = who(village, "volunteer")
    phone.until(lambda: with_ended(village, volunteer))
    sent(phone, 5)
    phone.sign_in()
    ready(phone)
    phone.until("() => document.documentElement.dataset.account")
    phone.until(lambda: (call(phone, "store", "get", "meta", "signing") or {}).get("answered"))


def let_in(phone, old):
    phone.page.evaluate(LOOK_FOR_UPDATE)
    phone.page.locator("[data-update]:visible").wait_for()
    with phone.page.expect_navigation():
        phone.page.locator("[data-update] button").click()
    phone.until(f"() => ({VERSION})() !== {old!r}")


def finish_everything(village, phone, work, typed):
    """Draft and returned entry are opened and saved, the kit opens; each came once, and a second sending has nothing to send."""
    assert len(opened(phone)["people"]) > 10
    phone.page.goto(f"/households/new#draft={work['draft']}")
    drafted = saved_from(phone, "47/9")
    phone.page.goto("/")
    phone.page.locator(f'[data-list="returned"] [href$="#returned={work["returned"]}"]').click()
    corrected = saved_from(phone, "45/1", comment=COMMENT)
    sent(phone, 7)
    call(phone, "sync", "flush", "test")
    asked = len(village.proxy.requests)
    call(phone, "sync", "flush", "test")
    assert [one for one in village.proxy.requests[asked:] if "POST /sync/entries" in one] == []
    assert call(phone, "drafts", "list") == []
    rows = held(village, work["returned"], *work["queued"], typed, drafted, corrected)
    assert [(row["outcome"], row["transport"]) for row in rows] == [("received", "proved")] * 6
    assert [row["plain"]["payload"]["house"]["number"] for row in rows] == [
        "45/1",
        "46/1",
        "46/2",
        "48/9",
        "47/9",
        "45/1",
    ]
    assert rows[0]["state"] == "replaced" and rows[5]["plain"]["replaces"] == work["returned"]
    assert rows[4]["plain"]["subject"] == work["draft"]
    lines = [json.loads(one["line"]) for one in call(phone, "store", "all", "outbox")]
    signed = [line["v"] for line in sorted(lines, key=lambda line: line["seq"])]
    assert signed == [village.writes] * 5 + [2] * 2, (
        "the number has its key now, and what was written before stays as it was"
    )
    nothing_twice(village, phone)
    keeps_every_promise(village)


def saved_from(phone, number, comment=None):
    form = Form(phone)
    unlocked(form)
    expect(phone.page.locator('[name="house.number"]')).to_have_value(number)
    if comment:
        phone.page.locator('[data-field="house.number"]').get_by_text(comment).wait_for()
    form.choose("visit.outcome", "absent")
    return form.save()


def nothing_twice(village, phone):
    """Every number of this phone has come, each with one line, and each names the one before it."""
    numbers = {one["device"] for one in call(phone, "outbox", "list")}
    with office(village):
        for device in map(uuid.UUID, numbers):
            rows = list(Entry.select().where(Entry.device == device))
            assert len({row.entry_id for row in rows}) == len(rows) == seats.progress(device)["seen_through"]
            assert seats.forks(device) == [] and seats.breaks(device) == []
