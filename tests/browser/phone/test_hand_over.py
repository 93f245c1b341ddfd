"""A phone changes hands: the end of a session goes before everything else, and only who was here before is let in offline."""

import pytest

from tests.browser.passkeys import Passkeys
from tests.browser.phone.scripts import ADD, ENTRY, FLUSH, META, REFUSED, SET_META
from tests.browser.phone.test_keys import BEGIN, OPEN, SEAL, UNLOCKED
from tests.browser.phones import Phone

CALL = """async ([module, verb, ...given]) => (await import(moduleOf(module)))[verb](...given)"""
ENDING = {"account": "0199f0a1-0000-4000-8000-00000000000a", "at": 1}
LATER = """async (millis) => {
  const real = Date.now;
  Date.now = () => real() + millis;
}"""
CONTROLLED = """async () => {
  await navigator.serviceWorker.register("/sw.js", { type: "module" });
  await navigator.serviceWorker.ready;
  return Boolean(navigator.serviceWorker.controller);
}"""


def portal(desk):
    desk.reply(200, "<h1>Wi-Fi</h1>", "text/html")


def test_nothing_is_asked_before_the_session_has_ended(ready, office):
    office.ends = portal
    ready.evaluate(ADD, ENTRY)
    ready.evaluate(SET_META, ["ending", ENDING])
    seen = len(office.log)
    assert ready.evaluate(FLUSH)["stop"] is not None
    assert asked(office, seen) == {"POST /session/end"}, "a captive portal's page is no end"
    assert ready.evaluate(META, "ending") == ENDING
    office.ends = None
    seen = len(office.log)
    assert ready.evaluate(FLUSH)["sent"] == 1
    assert office.log[seen] == "POST /session/end" and len(asked(office, seen)) > 1
    assert office.ended == [{"account": [ENDING["account"]]}]
    assert ready.evaluate(META, "ending") is None


def asked(office, since):
    return {one for one in office.log[since:] if "/static/" not in one}


@pytest.fixture
def basic(playwright, office, tmp_path):
    phone = Phone(playwright, office.origin, tmp_path / "basic", passkeys=Passkeys(hasPrf=False))
    phone.page.goto("/bare")
    yield phone
    phone.close()


@pytest.mark.parametrize("kind", ["sturdy", "basic"])
def test_who_was_here_before_comes_back_without_a_network(kind, request, office):
    phone = request.getfixturevalue(kind)
    page = phone.page
    page.evaluate(BEGIN, [office.account, "สมศรี"])
    page.evaluate(SEAL, "ยายบุญมา")
    me = page.evaluate(META, "me")
    office.close()
    page.evaluate(CALL, ["session", "end"])
    assert page.evaluate(META, "me") is None
    assert page.evaluate(META, "ending")["account"] == office.account
    assert page.evaluate("() => caches.keys()") == []
    assert page.evaluate(REFUSED, ["outbox", "add", ENTRY]) == "signed-out"
    assert page.evaluate(CALL, ["session", "arrive"]) == me
    assert page.evaluate(META, "me") == me
    assert page.evaluate("() => caches.keys()") == [f"person-{office.account}"]
    assert page.evaluate(OPEN) == "ยายบุญมา"
    page.evaluate(ADD, ENTRY)


def test_a_passkey_that_was_never_used_here_is_not_let_in(sturdy, office):
    sturdy.page.evaluate(BEGIN, [office.account, "สมศรี"])
    sturdy.page.evaluate(CALL, ["session", "end"])
    sturdy.page.evaluate("""async () => {
      const { all, remove } = await import(moduleOf("store"));
      for (const { id } of await all("keys")) await remove("keys", id);
    }""")
    assert sturdy.page.evaluate(REFUSED, ["session", "arrive"]) == "missing"
    sturdy.passkeys.verify_user(False)
    assert sturdy.page.evaluate(REFUSED, ["session", "arrive"]) == "cancelled"
    assert sturdy.page.evaluate(META, "me") is None


def test_an_unlocked_key_outlives_its_page_and_no_more(sturdy, office):
    page = sturdy.page
    page.evaluate(BEGIN, [office.account, "สมศรี"])
    page.evaluate(CONTROLLED)
    page.reload()
    sturdy.until(CONTROLLED)
    assert page.evaluate(REFUSED, ["keys", "unlock"]) == "accepted"
    page.reload()
    assert page.evaluate(UNLOCKED)
    page.evaluate(LATER, 301_000)
    assert not page.evaluate(UNLOCKED)
    assert page.evaluate(REFUSED, ["keys", "unlock"]) == "accepted"
    page.evaluate(CALL, ["keys", "lock"])
    page.reload()
    assert not page.evaluate(UNLOCKED)


def test_what_is_typed_stays_with_whoever_typed_it(ready, context, office):
    save = ["drafts", "save", "household@1", "0199f0a1-0000-4000-8000-000000000001", {"house": "47/9"}]
    ready.evaluate(CALL, save)
    other = context.new_page()
    other.goto("/bare")
    other.evaluate(CALL, ["keys", "remember", {"account": ENDING["account"], "name": "บุญมา"}])
    assert ready.evaluate(REFUSED, ["outbox", "add", ENTRY]) == "other-person"
    ready.evaluate(CALL, save)
    (draft,) = ready.evaluate(CALL, ["store", "all", "drafts"])
    assert draft["account"] == office.account
    assert other.evaluate(CALL, ["drafts", "list"]) == []
