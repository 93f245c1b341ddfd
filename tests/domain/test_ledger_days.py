"""The books day by day are what a plain list of all postings comes to, in whatever order they were written, on both databases."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import db
from db import append_only, ledger_days
from db.models import LedgerDay, LedgerTransaction, Posting
from pwa.domain.fund import holders, ledger, trial_balance
from pwa.domain.fund import ledger_days as days
from pwa.domain.operations import ledger_day_promises, promises
from tests.rivals import press
from tests.small_fund import NOW

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
SPAN = 40
MIGRATION = next(path.stem for path in db.MIGRATIONS.glob("*_ledger_days.py"))
ACTS = st.lists(st.tuples(st.integers(0, SPAN - 1), st.integers(0, 3), st.integers(-3, 3)), min_size=1, max_size=25)


@pytest.fixture
def fund(bare_fund):
    return bare_fund.fund


def hand_of(bare_fund):
    return holders.hand_of(bare_fund.fund, bare_fund.people["volunteer"])


def post(fund, source, lines, day, on=TODAY):
    about = dict(kind="test", source=source, occurred_on=day, on=on, at=NOW)
    return ledger.post(fund, lines=[ledger.Line(*line) for line in lines], **about)


def plain(accounts, through):
    """{(code, pot): [debit, credit]} and {code: the last day at whose end it was at nothing}, added up posting by posting."""
    known = {one.id: one.posted_on for one in LedgerTransaction.select()}
    sums, empty, left, by_day = {}, {}, {}, {}
    for one in Posting.select():
        by_day.setdefault(known[one.transaction_id], []).append(one)
    for day in sorted(day for day in by_day if day <= through):
        for one in by_day[day]:
            code = accounts[one.account_id]
            left[code] = left.get(code, 0) + one.amount_satang
            sums.setdefault((code, one.pot), [0, 0])[one.amount_satang < 0] += abs(one.amount_satang)
        empty |= {code: day for code in {accounts[one.account_id] for one in by_day[day]} if left[code] == 0}
    return sums, empty


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, since=st.integers(0, SPAN), to=st.integers(0, SPAN))
def test_each_day_says_what_its_postings_come_to(acts, since, to, bare_fund):
    """Whatever was posted, and however late: openings, debits, credits and since when a hand is not empty."""
    fund = bare_fund.fund
    hand, bank = hand_of(bare_fund), holders.in_bank(fund, "ออมสิน")
    income, waits = ledger.account(fund, "4010"), ledger.account(fund, "2000")
    moves = [
        lambda n: [(hand, n), (waits, -n)],
        lambda n: [(bank, n), (hand, -n)],
        lambda n: [(waits, n), (income, -n, "yearly")],
        lambda n: [(income, n, "yearly"), (income, -n, "old_age")],
    ]
    start = TODAY - SPAN * DAY
    with db.database.atomic() as undone:
        for number, (after, kind, satang) in enumerate(acts):
            if satang:
                post(fund, f"{number}", moves[kind](satang), start + after * DAY)
        accounts = dict(ledger.LedgerAccount.select(ledger.LedgerAccount.id, ledger.LedgerAccount.code).tuples())
        first, last = start + min(since, to) * DAY, start + to * DAY
        (before, _), (now, empty) = plain(accounts, first - DAY), plain(accounts, last)
        found = trial_balance.of(fund, since=first, to=last)
        assert {(one.code, one.pot): (one.opening, one.debit, one.credit) for one in found.rows} == {
            key: ((was := before.get(key, (0, 0)))[0] - was[1], debit - was[0], credit - was[1])
            for key, (debit, credit) in now.items()
        }
        hands = {code: sums[0] - sums[1] for (code, _), sums in now.items() if code.startswith("1000-")}
        assert {one.code: (one.satang, one.since) for one in found.holders} == {
            code: (satang, empty.get(code)) for code, satang in hands.items() if satang
        }
        assert list(ledger_day_promises.days_are_the_sums_of_postings()) == []
        undone.rollback()


def rows():
    return sorted(LedgerDay.select(*(getattr(LedgerDay, name) for name in NAMES)).tuples())


NAMES = ("account", "pot", "day", "until", "debit_satang", "credit_satang")


def some(bare_fund):
    fund, hand = bare_fund.fund, hand_of(bare_fund)
    waits, income = ledger.account(fund, "2000"), ledger.account(fund, "4010")
    for number, (after, satang) in enumerate(((9, 500), (3, 200), (20, -300), (9, -400), (30, 100), (1, 50))):
        post(fund, f"{number}", [(hand, satang), (waits, -satang)], TODAY - (SPAN - after) * DAY)
    post(fund, "in", [(waits, 150), (income, -100, "yearly"), (income, -50, "old_age")], TODAY - 25 * DAY)


def test_an_older_database_gets_its_days_from_its_postings(bare_fund):
    """What the migration makes of the postings is what the ledger keeps beside them."""
    some(bare_fund)
    kept = rows()
    db.database.execute_sql("DROP TABLE ledger_day")
    db.database.execute_sql(f"DELETE FROM schema_migration WHERE name = '{MIGRATION}'")
    assert db.migrate() == [MIGRATION]
    assert rows() == kept and len(kept) > 9
    post(bare_fund.fund, "later", [(hand_of(bare_fund), 70), (ledger.account(bare_fund.fund, "2000"), -70)], TODAY)
    assert list(ledger_day_promises.days_are_the_sums_of_postings()) == []


BROKEN = {
    "a sum": ("UPDATE ledger_day SET debit_satang = debit_satang + 1 WHERE day = '2026-10-16'", "2026-10-16"),
    "a day less": ("DELETE FROM ledger_day WHERE day = '2026-11-02'", "2026-11-02"),
    "a day more": (
        "INSERT INTO ledger_day (account_id, pot, day, until, debit_satang, credit_satang) "
        "SELECT account_id, pot, '2026-10-17', until, debit_satang, credit_satang FROM ledger_day WHERE day = '2026-10-16'",
        "2026-10-17",
    ),
    "how long it holds": ("UPDATE ledger_day SET until = '2026-10-17' WHERE day = '2026-10-16'", "2026-10-16"),
    "a posting changed below the app": (
        "UPDATE posting SET amount_satang = amount_satang * 2 WHERE transaction_id = 2",
        "2026-10-16",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_promise_names_the_day_that_differs(name, bare_fund):
    some(bare_fund)
    statement, day = BROKEN[name]
    assert list(ledger_day_promises.days_are_the_sums_of_postings()) == []
    with append_only.lifted(db.database.obj):
        db.database.execute_sql(statement)
    found = [one for one in promises.check() if "the day says" in one]
    assert any(f"1000-volunteer, {day}: the day says" in one for one in found), found
    ledger_days.fill(db.database.obj)
    assert list(ledger_day_promises.days_are_the_sums_of_postings()) == []


def test_who_posts_at_the_same_instant_leaves_nothing_out(bare_fund):
    fund, hand, waits = bare_fund.fund, hand_of(bare_fund), ledger.account(bare_fund.fund, "2000")

    def one(number):
        return lambda: post(fund, f"{number}", [(hand, 100), (waits, -100)], TODAY - (number % 3) * DAY)

    assert press(*map(one, range(8))) == [None] * 8
    assert ledger.balance(hand) == 800
    assert days.balance(hand, TODAY - DAY) == 500
    assert list(ledger_day_promises.days_are_the_sums_of_postings()) == []


def test_a_hand_is_held_since_the_day_after_it_was_empty(bare_fund):
    """Also where it became empty and full again on one day, and of a day long past."""
    fund, hand, waits = bare_fund.fund, hand_of(bare_fund), ledger.account(bare_fund.fund, "2000")
    for source, after, satang in (
        ("a", 1, 100),
        ("b", 3, -100),
        ("c", 3, 40),
        ("d", 5, -40),
        ("e", 8, 10),
        ("f", 9, 5),
    ):
        post(fund, source, [(hand, satang), (waits, -satang)], TODAY - (20 - after) * DAY)
    told = {n: days.held([hand.id], TODAY - (20 - n) * DAY).get(hand.id) for n in (0, 1, 3, 4, 5, 7, 8, 9)}
    day = {n: TODAY - (20 - n) * DAY for n in range(10)}
    assert told == {
        0: None,
        1: (100, None, day[1]),
        3: (40, None, day[1]),
        4: (40, None, day[1]),
        5: (0, day[5], day[5]),
        7: (0, day[5], day[7]),
        8: (10, day[5], day[8]),
        9: (15, day[5], day[8]),
    }
