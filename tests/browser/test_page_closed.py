"""The volunteer saves, closes the app and walks home: the worker sends when the network is back, with no page looking."""

from tests.browser.household_form import nobody_home
from tests.browser.stories import alarm_for_the_worker, held, keeps_every_promise, no_signal, ready, sent


def test_it_sends_with_the_page_closed(village, phones):
    volunteer = ready(phones("volunteer"))
    alarm = alarm_for_the_worker(volunteer, village)
    with no_signal(village, volunteer):
        entry = nobody_home(volunteer, "45/2")
        volunteer.page.goto("about:blank")
    alarm()
    volunteer.until(lambda: held(village, entry))
    volunteer.page.goto("/")
    (kept,) = sent(volunteer, 1)
    assert [receipt["outcome"] for receipt in kept["receipts"]] == ["received"]
    assert len(village.proxy.seen("POST /sync/entries")) == 1
    keeps_every_promise(village)
