"""One phone, two volunteers: what the first wrote goes out in the first one's name, and the second sees nothing of it.

Changing over needs no network: the first is forgotten at once, and the server hears of it before it is asked anything else.
"""

import re

from playwright.sync_api import expect

from db.models import Device, Session, SessionEnd
from pwa import web
from pwa.access import SESSION
from pwa.domain.people import accounts, sessions
from tests.browser.household_form import Form, half_written, nobody_home
from tests.browser.stories import (
    NO_SIGNAL,
    call,
    held,
    keeps_every_promise,
    network_again,
    no_signal,
    office,
    ready,
    sent,
    sign_out,
    waiting,
)

NEWER_WORKER = "GET /sw.js"  # the browser looks for one by itself, whenever it likes
NAMES_OF_CACHES = "async () => (await caches.keys()).filter((name) => name.startsWith('person-'))"
OPENS = """async ([module, verb, id]) => {
  const address = moduleOf(module);
  return (await import(address))[verb](id).then(() => "opened", ({ code, name }) => code ?? name);
}"""
ENTRY = {
    "kind": "household",
    "form": "household@1",
    "subject": "0199f0a1-0000-4000-8000-000000000001",
    "payload": {"house": {"number": "45/2"}},
}


def test_it_sends_for_the_first_and_shows_nothing_to_the_second(village, phones):
    phone = ready(phones("volunteer"))
    phone.expects(NO_SIGNAL)
    village.proxy.fault("reset", "POST /sync/entries")
    entry = nobody_home(phone, "45/2")
    draft = half_written(phone, "47/9")
    sign_out(phone)
    phone.until(f"async () => (await ({NAMES_OF_CACHES})()).length === 0")
    phone.picture("signed-out")

    phone.enrol(village.invite("volunteer-2"))
    ready(phone)
    waiting(phone, 2)
    expect(phone.page.locator("[data-others]:visible")).to_contain_text("2 รายการ")
    expect(phone.page.locator('[data-list="drafts"] .row')).to_have_count(0)
    phone.picture("others-wait")
    for path in ("/", "/phone", "/saved#" + entry, "/households/new"):
        phone.page.goto(path)
        phone.page.wait_for_load_state("networkidle")
        for words in ("45/2", "47/9", "สมหญิง"):
            expect(phone.page.locator("body"), path).not_to_contain_text(words, use_inner_text=True)
    phone.page.goto("/phone")
    assert phone.page.evaluate(OPENS, ["outbox", "copy", entry]) == "locked"
    assert phone.page.evaluate(OPENS, ["drafts", "open", draft]) == "locked"
    phone.picture("second-sees-nothing")

    own = nobody_home(phone, "3")
    village.proxy.clear()
    call(phone, "sync", "flush", "test")
    sent(phone, 3)
    first, second = who(village, "volunteer", "volunteer-2")
    (custody,) = [one["id"] for one in call(phone, "outbox", "list") if one["kind"] == "draft"]
    rows = sorted(held(village, entry, custody, own), key=lambda row: row["seq"])
    assert [one["author"] for one in rows] == [first, first, second]
    assert {(one["outcome"], one["transport"]) for one in rows} == {("received", "proved")}
    assert [one["seq"] for one in rows] == [1, 2, 3]
    keeps_every_promise(village)
    sign_out(phone)


def test_it_changes_hands_without_a_signal(village, phones):
    phone = ready(phones("volunteer-2"))
    of_second = set(phone.passkeys.credentials)
    sign_out(phone)
    phone.enrol(village.invite("volunteer"))
    ready(phone)
    first, second = who(village, "volunteer", "volunteer-2")
    other_tab = half_way_beside(phone)
    with no_signal(village, phone):
        village.proxy.captive_portal("^(?!POST /sync)")
        entry = nobody_home(phone, "45/2")
        phone.page.goto("/phone")
        phone.page.locator('form[action="/session/end"] button').wait_for()
        sign_out(phone)
        nothing_of_the_first(phone, other_tab)
        for credential in set(phone.passkeys.credentials) - of_second:
            phone.passkeys.take_away(credential)
        form = at_the_form_of_the_next(phone)
        recorder = phone.page.locator("[data-recorder]:visible")
        expect(recorder).to_contain_text(name_of(village, "volunteer-2"))
        expect(recorder).not_to_contain_text("สมหญิง")
        phone.picture("in-the-second-name")
        form.house("8", "absent")
        own = form.save()
        assert call(phone, "person", "me")["account"] == second
        assert with_ended(village, first) == []
        asked = len(village.proxy.requests)
    the_portal_ends_nothing(village, phone, first)
    phone.until(lambda: with_ended(village, first))
    call(phone, "sync", "flush", "test")
    sent(phone, 3)
    ours = [one for one in village.proxy.requests[asked:] if "/static/" not in one and one != NEWER_WORKER]
    assert ours[0] == "POST /session/end"
    known = {one["id"]: (one["author"], one["outcome"], one["transport"]) for one in held(village, entry, own)}
    assert known == {entry: (first, "received", "proved"), own: (second, "received", "proved")}
    phone.page.goto("/phone")
    phone.page.locator("[data-expired]:visible").wait_for()
    keeps_every_promise(village)


def the_portal_ends_nothing(village, phone, first):
    """The network is there, but somebody else's page answers; until it is gone."""
    phone.until(lambda: "POST /session/end" in village.proxy.faulted)
    assert with_ended(village, first) == []
    village.proxy.clear()
    network_again(phone)


def half_way_beside(phone):
    """Another tab in which the first person is filling in a form."""
    first_tab, other_tab = phone.page, phone.tab()
    other_tab.goto("/households/new")
    Form(phone).start_anew().house("47/9", "interested")
    other_tab.locator("[data-saved]:visible").wait_for()
    expect(other_tab.locator("[data-recorder]:visible")).to_contain_text("สมหญิง")
    phone.page = first_tab  # it alone has the screen lock's secrets
    phone.page.bring_to_front()
    return other_tab


def at_the_form_of_the_next(phone):
    """Whoever the screen lock knows signs in and opens a form."""
    phone.page.locator("[data-sign-in]").click()
    phone.page.wait_for_url(re.compile(r"/$"))
    phone.page.goto("/households/new")
    return Form(phone).start_anew()


def nothing_of_the_first(phone, other_tab):
    """Whichever way: another tab, a page asked for, the way back."""
    other_tab.wait_for_url("**/sign-in*")
    expect(phone.page.locator("[data-ending]")).to_be_visible()
    phone.picture("signed-out-without-a-signal")
    assert call(phone, "person", "me") is None and phone.page.evaluate(NAMES_OF_CACHES) == []
    for path in ("/", "/phone", "/households/new", "/review"):
        phone.page.goto(path)
        expect(phone.page.locator("[data-sign-in]"), path).to_be_visible()
        phone.until("() => !document.documentElement.outerHTML.includes('สมหญิง')")
    phone.page.go_back()
    expect(phone.page.locator("[data-sign-in]")).to_be_visible()


def test_it_takes_nothing_more_when_the_server_knows_somebody_else(village, phones):
    phone = ready(phones("volunteer"))
    phone.expects(NO_SIGNAL)
    (first,) = who(village, "volunteer")
    draft = half_written(phone, "47/9")
    with office(village):
        device = Device.get_by_id(call(phone, "store", "get", "meta", "chain")["device"])
        token = sessions.start(accounts.named("volunteer-2"), device=device, at=web.system_clock())
    cookie = {"name": village.config.cookie(SESSION), "value": token, "url": village.origin}
    phone.context.add_cookies([cookie])
    call(phone, "sync", "flush", "test")
    banner = phone.page.locator("[data-other-person]")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text("สมหญิง")
    phone.picture("somebody-else")
    phone.is_accessible()
    assert phone.page.evaluate(OPENS, ["outbox", "add", ENTRY]) == "other-person"
    expect(phone.page.locator("#household[inert]")).to_have_count(1)
    assert [one["id"] for one in call(phone, "drafts", "list")] == [draft]
    phone.sign_in()
    ready(phone)
    expect(phone.page.locator("[data-other-person]")).to_be_hidden()
    assert call(phone, "person", "me")["account"] == first
    assert [one["id"] for one in call(phone, "drafts", "list")] == [draft]


def who(village, *handles):
    with office(village):
        return [str(accounts.named(handle).id) for handle in handles]


def name_of(village, handle):
    with office(village):
        return accounts.named(handle).name


def with_ended(village, account):
    """The newest session of this account, once it has ended."""
    with office(village):
        newest = Session.select().where(Session.account == account).order_by(Session.id.desc()).get()
        return list(SessionEnd.select().where(SessionEnd.session == newest))
