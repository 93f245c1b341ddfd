"""One phone, two volunteers: what the first wrote goes out in the first one's name, and the second sees nothing of it."""

from pwa.domain.people import accounts
from tests.browser.household_form import Form, nobody_home
from tests.browser.stories import NO_SIGNAL, call, held, keeps_every_promise, office, ready, sent, waiting

NAMES_OF_CACHES = "async () => (await caches.keys()).filter((name) => name.startsWith('person-'))"
OPENS = """async ([module, verb, id]) => {
  const address = new URL(`${module}.js`, document.querySelector('script[src*="js/app.js"]').src);
  return (await import(address))[verb](id).then(() => "opened", ({ code, name }) => code ?? name);
}"""


def test_it_sends_for_the_first_and_shows_nothing_to_the_second(village, phones):
    phone = ready(phones("volunteer"))
    phone.expects(NO_SIGNAL)
    village.proxy.fault("reset", "POST /sync/entries")
    entry = nobody_home(phone, "45/2")
    draft = half_written(phone, "47/9")
    sign_out(phone)
    assert phone.page.evaluate(NAMES_OF_CACHES) == []
    phone.picture("signed-out")

    phone.enrol(village.invite("volunteer-2"))
    ready(phone)
    waiting(phone, 1)
    assert phone.page.locator('[data-list="drafts"] .row').count() == 0
    for path in ("/", "/phone", "/saved#" + entry, "/households/new"):
        phone.page.goto(path)
        phone.page.wait_for_load_state("networkidle")
        words = phone.page.locator("body").inner_text()
        assert "45/2" not in words and "47/9" not in words and "สมหญิง" not in words, path
    phone.page.goto("/phone")
    assert phone.page.evaluate(OPENS, ["outbox", "copy", entry]) == "locked"
    assert phone.page.evaluate(OPENS, ["drafts", "open", draft]) == "locked"
    phone.picture("second-sees-nothing")

    own = nobody_home(phone, "3")
    village.proxy.clear()
    call(phone, "sync", "flush", "test")
    sent(phone, 2)
    with office(village):
        names = [str(accounts.named(handle).id) for handle in ("volunteer", "volunteer-2")]
    rows = sorted(held(village, entry, own), key=lambda row: row["seq"])
    assert [one["author"] for one in rows] == names
    assert {(one["outcome"], one["transport"]) for one in rows} == {("received", "proved")}
    assert [one["seq"] for one in rows] == [1, 2]
    keeps_every_promise(village)

    sign_out(phone)


def sign_out(phone):
    phone.page.goto("/phone")
    phone.page.locator('form[action="/session/end"] button').click()
    phone.page.wait_for_url("**/sign-in*")


def half_written(phone, number):
    """A form that is not finished; the id of its draft."""
    phone.page.goto("/households/new")
    form = Form(phone).start_anew()
    form.house(number, "interested")
    phone.page.locator("[data-saved]:visible").wait_for()
    (draft,) = call(phone, "drafts", "list")
    return draft["id"]
