"""What the server says after an answer that is kept here: only what has changed, laid over it; and nothing of it is missed."""

from tests.browser.phone.scripts import ADD, ENTRY, FLUSH, HEAR, META

BACK = """async ([verb, id]) => (await import(moduleOf("returns")))[verb](id)"""
BEGIN = """async (account) => (await import(moduleOf("session"))).begin({ account })"""


def word(entry_id, state, number=1, **more):
    return {"id": entry_id, "number": number, "state": state, "reason": "", "comments": {}, "kind": "household", **more}


def asked(office):
    """Since which answer the phone asked how things stand, each time."""
    return [path.partition("since=")[2] for path in office.asked if path.startswith("/sync/status")]


def tell(office, *entries, as_of, **gone):
    office.entries, office.news = list(entries), {"as_of": as_of, **gone}


def hear(ready, office):
    before = len(office.asked)
    ready.evaluate(FLUSH)
    return [path.partition("since=")[2] for path in office.asked[before:] if path.startswith("/sync/status")]


def test_it_asks_what_is_new_and_lays_it_over_what_it_knows(ready, office):
    one, two, three = (ready.evaluate(ADD, ENTRY)["id"] for _ in range(3))
    tell(office, word(one, "received"), word(two, "returned"), word(three, "quarantined", reason="fork"), as_of="a.1")
    assert hear(ready, office)[0] == ""
    kept = {one: {"number": 1, "state": "received"}, two: {"number": 1, "state": "returned"}}
    kept[three] = {"number": 1, "state": "quarantined", "reason": "fork"}
    assert ready.evaluate(META, "states") == kept
    tell(office, as_of="a.2", gone=[])
    assert hear(ready, office) == ["a.1"]
    assert ready.evaluate(META, "states") == kept
    assert [entry["id"] for entry in ready.evaluate(BACK, ["list", None])] == [two]
    tell(office, word(one, "approved"), word(two, "replaced"), as_of="a.3", gone=[three])
    assert hear(ready, office) == ["a.2"]
    assert ready.evaluate(META, "states") == {
        one: {"number": 1, "state": "approved"},
        two: {"number": 1, "state": "replaced"},
    }
    assert ready.evaluate(BACK, ["list", None]) == []


def test_an_answer_that_says_nothing_new_wakes_nobody(ready, office):
    one = ready.evaluate(ADD, ENTRY)["id"]
    tell(office, word(one, "received"), as_of="a.1")
    ready.evaluate(FLUSH)
    ready.evaluate(HEAR)
    tell(office, as_of="a.2", gone=[])
    ready.evaluate(FLUSH)
    assert ready.evaluate("() => window.heard") == []
    assert ready.evaluate(META, "heard") == "a.2"


def test_what_could_not_be_fetched_is_told_again(ready, office):
    one = ready.evaluate(ADD, ENTRY)["id"]
    tell(office, word(one, "received"), as_of="a.1")
    ready.evaluate(FLUSH)
    tell(office, word(one, "returned"), as_of="a.2", gone=[])
    office.down_for = f"/sync/entries/{one}"
    assert hear(ready, office) == ["a.1"]
    assert ready.evaluate(BACK, ["list", None]) == []
    office.down_for = None
    assert hear(ready, office) == ["a.1"], "the answer before is not counted as heard"
    assert [entry["id"] for entry in ready.evaluate(BACK, ["list", None])] == [one]
    assert hear(ready, office) == ["a.2"]


def test_a_server_that_tells_everything_is_asked_for_everything(ready, office):
    one, two = (ready.evaluate(ADD, ENTRY)["id"] for _ in range(2))
    tell(office, word(one, "received"), word(two, "received"), as_of="a.1")
    ready.evaluate(FLUSH)
    tell(office, word(two, "received"), as_of="b.1")
    assert hear(ready, office) == ["a.1"]
    assert list(ready.evaluate(META, "states")) == [two], "without `gone` it is all there is"
    office.news = {}
    ready.evaluate(FLUSH)
    assert hear(ready, office) == [""], "a server of before says no word to ask by"


def test_whoever_signs_in_hears_everything(ready, office):
    tell(office, as_of="a.1")
    ready.evaluate(FLUSH)
    ready.evaluate(BEGIN, office.account)
    ready.evaluate(FLUSH)
    assert "" in asked(office)[1:]
