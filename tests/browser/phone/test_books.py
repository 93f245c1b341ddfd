"""Receipt numbers: taken with the line that they stand on, never twice, none skipped, from books of this number and account alone."""

from tests.browser.phone.conftest import SETUP
from tests.browser.phone.scripts import LINES, META, REFUSED

BRING = """async () => (await import(moduleOf("books"))).bring()"""
LEFT = """async (fund) => (await import(moduleOf("books"))).left(fund)"""
TAKE = """async ([count, fund]) => {
  const { add } = await import(moduleOf("outbox"));
  const taken = [];
  for (let n = 0; n < count; n++) {
    const { payload } = await add({ ...window.receipt, numberOf: fund });
    taken.push(payload.book + "/" + payload.no);
  }
  return taken;
}"""
FOREVER = f"""async () => {{
  window.saved = [];
  for (;;) window.saved.push(...(await ({TAKE})([1, "F1"])));
}}"""
ENTRY = {"kind": "contribution", "form": "contribution@1", "subject": "11111111-1111-4111-8111-111111111111"}
PAYLOAD = {"fund": "F1", "total_satang": 3000}
RENUMBER = """async () => {
  const { get } = await import(moduleOf("store"));
  await (await import(moduleOf("number"))).takeNumber((await get("meta", "chain")).device);
}"""


def book(name, fund="F1", following=1, last=500):
    return {"fund": fund, "book": name, "next": following, "last": last}


def opened(page, office, *books):
    office.books = list(books)
    page.evaluate("(entry) => { window.receipt = entry; }", ENTRY | {"payload": PAYLOAD})
    page.evaluate(BRING)
    return page


def numbers(office, lines):
    said = [office.open_line(line)["payload"] for line in lines]
    return [f"{one['book']}/{one['no']}" for one in said]


def test_numbers_follow_each_other_in_what_is_sealed_and_each_fund_has_its_own(ready, office):
    opened(ready, office, book("M7"), book("M8"), book("M9", "F2"))
    assert ready.evaluate(TAKE, [2, "F1"]) + ready.evaluate(TAKE, [1, "F2"]) == ["M7/1", "M7/2", "M9/1"]
    assert numbers(office, ready.evaluate(LINES)) == ["M7/1", "M7/2", "M9/1"]


def test_two_tabs_take_no_number_twice_and_skip_none(ready, office, context):
    opened(ready, office, book("M7"))
    other = context.new_page()
    other.goto("/bare")
    other.evaluate("(entry) => { window.receipt = entry; }", ENTRY | {"payload": PAYLOAD})
    for tab in (ready, other):
        tab.evaluate("() => { navigator.locks.request = (name, options, work) => (work ?? options)(); }")
        tab.evaluate(f"() => void ({TAKE})([8, 'F1']).then((taken) => (window.taken = taken))")
    for tab in (ready, other):
        tab.wait_for_function("() => window.taken")
    taken = numbers(office, ready.evaluate(LINES))
    assert sorted(taken, key=lambda one: int(one[3:])) == [f"M7/{n}" for n in range(1, 17)]


def test_kill_9_uses_no_number_twice_and_skips_none(sturdy, office):
    page = sturdy.page
    page.evaluate(SETUP, office.account)
    opened(page, office, book("M7"), book("M8"))
    page.evaluate(f"() => void ({FOREVER})()")
    sturdy.until("() => window.saved?.length > 5")
    saved = page.evaluate("() => window.saved")
    sturdy.kill9()
    sturdy.start()
    sturdy.page.goto("/bare")
    opened(sturdy.page, office, book("M7"), book("M8"))
    sturdy.page.evaluate(TAKE, [1, "F1"])
    taken = numbers(office, sturdy.page.evaluate(LINES))
    assert set(saved) <= set(taken)
    assert taken == [f"M7/{n}" for n in range(1, len(taken) + 1)]


def test_a_full_book_goes_over_to_the_spare_which_is_named_when_twenty_are_left(ready, office):
    opened(ready, office, book("M7", following=480), book("M8"))
    assert ready.evaluate(LEFT, "F1") == {"book": "M7", "left": 21, "isLow": False, "spare": "M8"}
    assert ready.evaluate(TAKE, [1, "F1"]) == ["M7/480"]
    assert ready.evaluate(LEFT, "F1") == {"book": "M7", "left": 20, "isLow": True, "spare": "M8"}
    taken = ready.evaluate(TAKE, [21, "F1"])
    assert (taken[0], taken[-2:]) == ("M7/481", ["M7/500", "M8/1"])


def test_without_a_number_nothing_is_saved_and_it_says_so(ready, office):
    opened(ready, office, book("M7", following=500))
    assert ready.evaluate(TAKE, [1, "F1"]) == ["M7/500"]
    entry = ENTRY | {"payload": PAYLOAD, "numberOf": "F1"}
    assert ready.evaluate(REFUSED, ["outbox", "add", entry]) == "no-book"
    assert ready.evaluate(LEFT, "F1") is None and len(ready.evaluate(LINES)) == 1


def test_the_phone_rules_what_is_next_whatever_the_server_has_heard(ready, office):
    opened(ready, office, book("M7"))
    ready.evaluate(TAKE, [3, "F1"])
    opened(ready, office, book("M7", following=2), book("M8"))
    assert ready.evaluate(TAKE, [1, "F1"]) == ["M7/4"]


def test_another_number_of_the_phone_writes_in_no_book_of_the_one_before(ready, office):
    opened(ready, office, book("M7"))
    ready.evaluate(TAKE, [2, "F1"])
    ready.evaluate(RENUMBER)
    entry = ENTRY | {"payload": PAYLOAD, "numberOf": "F1"}
    assert ready.evaluate(REFUSED, ["outbox", "add", entry]) == "no-book"
    opened(ready, office, book("M9"))
    assert ready.evaluate(TAKE, [1, "F1"]) == ["M9/1"]
    held = ready.evaluate(META, f"books|{office.account}")
    assert [one["book"] for one in held["books"]] == ["M9"]
