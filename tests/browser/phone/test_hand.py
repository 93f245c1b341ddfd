"""What should be in a hand, as the phone says it: its own receipts for cash and what the server told, less what went on; never twice."""

import uuid

import pytest

from tests.browser.phone.scripts import ADD, LINES

HANDS = """async () => (await import(moduleOf("hand"))).load().then(({ hands }) =>
  hands.map(({ fund, receipts, parts, satang }) => [fund, receipts.map(({ no, satang }) => [no, satang]), parts.map((one) => one.satang), satang]))"""
TOLD = """async ([account, hands]) => (await import(moduleOf("store"))).put("meta", hands, `hand|${account}`)"""
NAMED = """async (receipts) => (await import(moduleOf("hand"))).named(receipts)"""
OFFER = """async () => {
  const [{ load }, { offer }] = await Promise.all([import(moduleOf("hand")), import(moduleOf("handing"))]);
  return offer((await load()).hands[0], [], "");
}"""
SHOWN = """async (id) => {
  const [{ load }, { framesOfOffer }, { gathering }] = await Promise.all(["hand", "handing", "frames"].map((name) => import(moduleOf(name))));
  const read = gathering();
  const said = [];
  for (const frame of await framesOfOffer((await load()).offers.find((one) => one.id === id))) said.push(await read.add(frame));
  return said.at(-1).value;
}"""
UNDERSTOOD = """async (value) => (await import(moduleOf("handing"))).understood(value)"""
HEAR = """async (said) => (await import(moduleOf("handing"))).hear(said)"""
ANEW = """async (id) => (await import(moduleOf("hand"))).countAnew(id)"""
TAKE_TWICE = """async (said) => {
  const { take } = await import(moduleOf("handing"));
  const counted = [{ satang: 10000, count: 1 }];
  return Promise.all([take(said, counted, ""), take(said, counted, "")]);
}"""
LINE = """async (id) => JSON.parse((await (await import(moduleOf("store"))).get("outbox", id)).line)"""
OTHER = {"giver": "บุญมี", "fund": "F1", "n": 1, "expected_satang": 10000, "ranges": []}


@pytest.fixture
def write(ready):
    """`write(no, 30)`: a receipt for so many baht in cash, kept on this phone; its id."""

    def written(no, baht, kind="contribution", **more):
        about = {
            "channel": "cash",
            "payer": {"name": "แดง"},
            "lines": [],
            "total_satang": baht * 100,
            "paid_on": "2026-11-22",
        }
        payload = {"fund": "F1", "book": "M1", "no": no} | (about if kind == "contribution" else {}) | more
        entry = {"kind": kind, "form": f"{kind}@1", "subject": str(uuid.uuid4()), "payload": payload}
        return ready.evaluate(ADD, entry)["id"]

    return written


def tell(page, office, **hand):
    about = {
        "fund": "F1",
        "name": "กองทุน",
        "receipts": [],
        "gone": [],
        "parts": [],
        "paid": 0,
        "passed": [],
        "taken": [],
    }
    page.evaluate(TOLD, [office.account, [about | hand]])


def test_cash_counts_once_whoever_tells_of_it(ready, office, write):
    write(1, 30)
    write(2, 50, channel="transfer")
    write(3, 70, collector="somebody-else")
    write(4, 90, fund="F2")
    assert ready.evaluate(HANDS) == [["F1", [[1, 3000]], [], 3000], ["F2", [[4, 9000]], [], 9000]]
    tell(ready, office, receipts=[["M1", 1, 3000], ["M1", 9, 1000]], parts=[{"handover": "h", "satang": 500}])
    assert ready.evaluate(HANDS)[0] == ["F1", [[1, 3000], [9, 1000]], [500], 4500]


def test_what_is_void_is_not_in_the_hand(ready, office, write):
    for no in (1, 2, 3):
        write(no, 30)
    write(1, 0, kind="receipt_void", reason="ผิด", never_paid=True)
    write(2, 0, kind="receipt_void", reason="คืน", given_back=True)
    tell(ready, office, receipts=[["M1", 1, 3000], ["M1", 3, 3000]])
    assert ready.evaluate(HANDS) == [["F1", [[3, 3000]], [], 3000]]


def test_a_receipt_in_anothers_place_adds_what_it_differs_by(ready, write):
    write(1, 30)
    write(2, 50, instead_of={"book": "M1", "no": 1})
    assert ready.evaluate(HANDS) == [["F1", [[1, 3000], [2, 2000]], [], 5000]]


def test_what_is_offered_stands_apart_until_it_is_counted_anew(ready, office, write):
    write(1, 30)
    made = ready.evaluate(OFFER)
    write(2, 50)
    assert ready.evaluate(HANDS) == [["F1", [[2, 5000]], [], 5000]]
    ready.evaluate(ANEW, made)
    assert ready.evaluate(HANDS) == [["F1", [[1, 3000], [2, 5000]], [], 8000]]
    tell(ready, office, taken=[made])
    assert ready.evaluate(HANDS) == [["F1", [[2, 5000]], [], 5000]]


def test_what_went_on_at_the_desk_or_was_passed_on_is_there_no_more(ready, office, write):
    write(1, 30)
    write(2, 50)
    tell(ready, office, gone=[{"book": "M1", "ranges": [[1, 1]]}])
    assert ready.evaluate(HANDS) == [["F1", [[2, 5000]], [], 5000]]


def test_what_was_paid_out_of_it_is_there_no_more_and_goes_along_once(ready, office, write):
    write(1, 30)
    tell(ready, office, paid=1000)
    assert ready.evaluate(HANDS) == [["F1", [[1, 3000]], [], 2000]]
    ready.evaluate(OFFER)
    said = office.open_line(ready.evaluate(LINES)[-1])["payload"]
    assert (said["paid_out"], said["expected_satang"]) == ([{"what": "ใบสำคัญ", "amount_satang": 1000}], 2000)
    write(2, 50)
    assert ready.evaluate(HANDS) == [["F1", [[2, 5000]], [], 5000]]


def test_an_offer_names_nobody_who_paid_and_an_answer_ends_it(ready, office, write):
    write(1, 30)
    made = ready.evaluate(OFFER)
    shown = ready.evaluate(SHOWN, made)
    line = shown.pop("line")
    about = {"fund": "F1", "n": 1, "expected_satang": 3000, "ranges": [{"book": "M1", "ranges": [[1, 1]]}]}
    assert shown == {"giver": "สมศรี"} | about and "แดง" not in line
    ready.evaluate(ANEW, made)
    theirs = ready.evaluate(LINE, write(7, 10, fund="F9")) | {"id": str(uuid.uuid4())}
    answer = {"taker": "บุญมี", "handover": made, "counted_satang": 3000, "line": line.replace(made, theirs["id"])}
    ready.evaluate(HEAR, ready.evaluate(UNDERSTOOD, answer))
    assert [hand[0] for hand in ready.evaluate(HANDS)] == ["F9"]


def test_cash_is_taken_once_however_often_it_is_tapped(ready, write):
    offered = ready.evaluate(LINE, write(1, 100, fund="F9"))
    other = str(uuid.uuid4())
    said = ready.evaluate(UNDERSTOOD, OTHER | {"line": f"{offered}".replace("'", '"').replace(offered["id"], other)})
    assert said["kind"] == "offer"
    one, two = ready.evaluate(TAKE_TWICE, said)
    assert one == two
    assert [hand for hand in ready.evaluate(HANDS) if hand[0] == "F1"] == [["F1", [], [10000], 10000]]


def test_what_is_no_hand_over_is_not_understood(ready, write):
    line = ready.evaluate(
        "async (id) => (await (await import(moduleOf('store'))).get('outbox', id)).line", write(1, 30)
    )
    for value in (
        None,
        7,
        [],
        {},
        OTHER,
        OTHER | {"line": "{}"},
        OTHER | {"line": line, "expected_satang": -1},
        OTHER | {"line": line, "expected_satang": 1.5},
        OTHER | {"line": line, "giver": ""},
        {"taker": "ก", "handover": "x", "counted_satang": 1, "line": line},
    ):
        assert ready.evaluate(UNDERSTOOD, value) is None


def test_numbers_are_named_as_ranges(ready):
    receipts = [{"book": "M1", "no": no} for no in (3, 1, 2, 5)] + [{"book": "M2", "no": 4}]
    assert ready.evaluate(NAMED, receipts) == [
        {"book": "M1", "ranges": [[1, 3], [5, 5]]},
        {"book": "M2", "ranges": [[4, 4]]},
    ]
