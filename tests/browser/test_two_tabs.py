"""Two tabs and the worker want the same at the same time: one chain without a fork, and everything sent once."""

from tests.browser.household_form import Form
from tests.browser.stories import CALL, alarm_for_the_worker, held, keeps_every_promise, no_signal, ready, sent

TAP = "(button) => void setTimeout(() => button.click())"
SAVE_TEN = f"""(tab) => {{
  const save = (number) => ({CALL})(["outbox", "add", {{
    kind: "household", form: "household@1", subject: crypto.randomUUID(), place: "C01",
    payload: {{ house: {{ number: `${{tab}}/${{number}}` }}, visit: {{ outcome: "absent" }}, people: [] }},
  }}]);
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].forEach(save);
}}"""


def test_it_takes_a_seat_for_each_when_two_tabs_save_at_once(village, phones):
    volunteer = ready(phones("volunteer"))
    first = volunteer.page
    second = volunteer.tab()
    for page, number in ((first, "1"), (second, "2")):
        page.goto("/households/new")
        volunteer.page = page
        Form(volunteer).start_anew().house(number, "absent")
    for page in (first, second):
        page.locator("[data-next]").evaluate(TAP)
    entries = []
    for page in (first, second):
        volunteer.page = page
        page.bring_to_front()
        entries.append(Form(volunteer).saved())
    assert sorted(one["seq"] for one in sent(volunteer, 2)) == [1, 2]
    rows = held(village, *entries)
    assert {(one["seq"], one["outcome"]) for one in rows} == {(1, "received"), (2, "received")}
    assert {one["plain"]["payload"]["house"]["number"] for one in rows} == {"1", "2"}
    keeps_every_promise(village)


def test_it_sends_each_once_while_tabs_and_worker_race(village, phones):
    volunteer = ready(phones("volunteer"))
    first = volunteer.page
    second = volunteer.tab()
    second.goto("/phone")
    alarm = alarm_for_the_worker(volunteer, village)
    with no_signal(village, volunteer):
        for page, name in ((first, "a"), (second, "b")):
            page.evaluate(SAVE_TEN, name)
        volunteer.until(f"async () => (await ({CALL})(['outbox', 'counts'])).waiting === 20")
    alarm()
    for page in (first, second):
        page.evaluate(f"() => void ({CALL})(['sync', 'flush', 'test'])")
    kept = sent(volunteer, 20)
    assert {receipt["outcome"] for one in kept for receipt in one["receipts"]} == {"received"}
    rows = held(village, *(one["id"] for one in kept))
    assert sorted((one["seq"], one["outcome"]) for one in rows) == [(seq, "received") for seq in range(1, 21)]
    keeps_every_promise(village)
