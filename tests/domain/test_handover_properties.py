"""Receipts, voids and hand-overs of a random day, arriving in any order: the books end as a plain list of the same day says."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pwa.domain.custody.phones import Phone
from pwa.domain.fund import bookings
from pwa.domain.operations import promises
from tests import databases, small_fund
from tests.collecting import balances, coins, collector, gift, offer, taking, void
from tests.small_fund import MINUTE, NOW

pytestmark = pytest.mark.slow


@st.composite
def days(draw):
    """What happens: receipts with a sum, some given back before they go on, and hand-overs whose giver reckoned or whose taker counts otherwise."""
    steps, held, names = [], [], []
    for no in range(1, draw(st.integers(1, 6)) + 1):
        steps.append(("receipt", no, draw(st.integers(1, 9)) * 10))
        held.append(no)
        if draw(st.booleans()):
            steps.append(("void", held.pop(draw(st.integers(0, len(held) - 1)))))
        if held and draw(st.booleans()):
            first = draw(st.sampled_from([1, min(held)]))
            steps.append(("handover", (first, no), *(draw(st.integers(-1, 1)) * 10 for _ in range(2))))
            names.append(len(steps) - 1)
            held = []
    if names:
        steps.append(("passed", tuple(names), draw(st.integers(-1, 1)) * 10, 0))
    return steps


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(day=days(), data=st.data())
def test_the_books_end_the_same_in_whatever_order_a_day_arrives(engine, day, data):
    folder = Path(tempfile.mkdtemp()) / "data"
    fund = small_fund.settle(folder)
    lines, order = _told(fund, day)
    arriving = data.draw(st.permutations(range(len(lines))))
    for place, number in enumerate(arriving):
        phone, line = lines[number]
        phone.deliver([line], at=NOW + timedelta(hours=2, minutes=place))
        bookings.catch_up(at=NOW + timedelta(hours=2, minutes=place))
    assert balances() == _model(day, order, arriving)
    assert promises.check() == []
    databases.drop(folder)


def _told(fund, day):
    """([(phone, line)], {step: the numbers of its lines}) as the phones seal them, minute by minute."""
    giver, leader = collector(fund), Phone(fund.people["zone-leader"], at=NOW)
    treasurer = Phone(fund.people["zone-leader-2"], at=NOW)
    lines, order, ids = [], {}, {}

    def tell(step, phone, kind, payload, **about):
        order.setdefault(step, []).append(len(lines))
        lines.append((phone, phone.line(kind, payload, at=NOW + len(lines) * MINUTE, **about)))

    for step, (kind, what, *sums) in enumerate(day):
        if kind == "receipt":
            tell(step, giver, "contribution", gift(what, *sums))
        elif kind == "void":
            tell(step, giver, "receipt_void", void(what, given_back=True))
        else:
            ids[step] = giver.ids()
            should = _should(day, step)
            gives, takes = (giver, leader) if kind == "handover" else (leader, treasurer)
            said = offer((what,), max(should + sums[1], 0)) if kind == "handover" else offer((), should)
            if kind == "passed":
                said["handovers"] = [str(ids[one]) for one in what]
            said["counted"] = coins(should)
            tell(step, gives, "handover", said, entry_id=ids[step])
            tell(step, takes, "handover_receipt", taking(ids[step], max(should + sums[0], 0)))
    return lines, order


def _should(day, step):
    """What a giver has in hand for this hand-over, in baht."""
    if day[step][0] == "passed":
        return sum(max(_should(day, one) + day[one][2], 0) for one in day[step][1])
    held = {}
    for kind, what, *sums in day[:step]:
        if kind == "receipt":
            held[what] = sums[0]
        elif kind == "void":
            held.pop(what)
        else:
            held.clear()
    return sum(held.values())


def _model(day, order, arriving):
    """The balances of that day in plain lists: each receipt goes with the first hand-over naming it that was taken here."""
    came = {number: place for place, number in enumerate(arriving)}
    receipts = {what: sums[0] for kind, what, *sums in day if kind == "receipt"}
    back = {what for kind, what, *_ in day if kind == "void"}
    handovers = [step for step, one in enumerate(day) if one[0] == "handover"]
    handovers.sort(key=lambda step: max(came[number] for number in order[step]))
    left = {no: baht for no, baht in receipts.items() if no not in back}
    short, over, taken = 0, 0, 0
    for step in handovers:
        (_, (first, last), off, _), counts = day[step], 0
        for no in [no for no in left if first <= no <= last]:
            counts += left.pop(no)
        counted = max(_should(day, step) + off, 0)
        taken += counted
        short, over = short + max(counts - counted, 0), over + max(counted - counts, 0)
    found = {
        "1000-volunteer": sum(left.values()) + sum(receipts[no] for no in back),
        "2000": -sum(receipts.values()),
        "1200-volunteer": short,
        "2500-volunteer": -over,
        "1000-zone-leader": taken,
    }
    for one in day:
        if one[0] == "passed":
            counted = max(taken + one[2], 0)
            found |= {"1000-zone-leader": 0, "1000-zone-leader-2": counted}
            found |= {"1200-zone-leader": max(taken - counted, 0), "2500-zone-leader": min(taken - counted, 0)}
    return {code: baht * 100 for code, baht in found.items() if baht}
