"""One door to the books: what is posted sums to zero and never changes, whoever tries, on both databases."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peewee import IntegrityError

import db
from db import ledger_guards
from db.models import LedgerTransaction, Posting
from pwa.domain.fund import chart, holders, ledger, pots, trial_balance
from pwa.domain.fund.terms import Split
from tests.small_fund import NOW

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture
def fund(bare_fund):
    return bare_fund.fund


@pytest.fixture
def hand(bare_fund):
    return holders.hand_of(bare_fund.fund, bare_fund.people["volunteer"])


def account(fund, code):
    return ledger.account(fund, code)


def post(fund, source, *lines, occurred_on=TODAY, on=TODAY, **more):
    lines = [ledger.Line(*line) for line in lines]
    return ledger.post(fund, kind="test", source=source, occurred_on=occurred_on, on=on, at=NOW, lines=lines, **more)


def test_a_transaction_says_what_it_moved(fund, hand):
    made = post(fund, "a", (hand, 3000), (account(fund, "2000"), -3000))
    assert [(line.account.code, line.satang) for line in ledger.postings(made)] == [
        ("1000-volunteer", 3000),
        ("2000", -3000),
    ]
    assert ledger.balance(hand) == 3000


def test_what_does_not_sum_to_zero_is_never_stored(fund, hand):
    with pytest.raises(ledger.Unbalanced):
        post(fund, "a", (hand, 3000), (account(fund, "2000"), -2999))
    assert Posting.select().count() == 0


def test_the_same_source_is_the_same_transaction(fund, hand):
    lines = (hand, 3000), (account(fund, "2000"), -3000)
    assert post(fund, "a", *lines) == post(fund, "a", *lines)
    with pytest.raises(ledger.Different):
        post(fund, "a", (hand, 1), (account(fund, "2000"), -1))
    assert ledger.balance(hand) == 3000


def test_a_later_day_counts_as_today_and_a_reversal_never_comes_before(fund, hand):
    lines = (hand, 3000), (account(fund, "2000"), -3000)
    late = post(fund, "late", *lines, occurred_on=TODAY + 9 * DAY)
    assert (late.occurred_on, late.posted_on) == (TODAY + 9 * DAY, TODAY)
    about = dict(kind="undone", source="undone/late", occurred_on=TODAY - 30 * DAY, on=TODAY, at=NOW)
    assert ledger.reverse(late, **about).posted_on == TODAY
    assert ledger.balance(hand) == 0


def test_no_hand_goes_below_nothing(fund, hand):
    post(fund, "a", (hand, 3000), (account(fund, "2000"), -3000))
    post(fund, "b", (hand, -5000), (account(fund, "1150-ออมสิน"), 5000))
    over = ledger.of_same_holder(chart.OVER, hand)
    assert (ledger.balance(hand), ledger.balance(over), over.code) == (0, -2000, "2500-volunteer")
    post(fund, "b", (hand, -5000), (account(fund, "1150-ออมสิน"), 5000))
    assert ledger.balance(hand) == 0


LINE_INTO = "INSERT INTO posting (transaction_id, account_id, pot, amount_satang) "
HEAD_INTO = "INSERT INTO ledger_transaction (id, fund_id, occurred_on, posted_on, kind, source, at) "
NEGATED = "account_id, pot, -amount_satang FROM posting WHERE transaction_id = 1"
REVERSAL = "INSERT INTO ledger_transaction (id, fund_id, occurred_on, posted_on, kind, source, at, reverses_id) SELECT"
STANDS = "at, 1 FROM ledger_transaction WHERE id = 1"
RAW = {
    "a change": "UPDATE posting SET amount_satang = 1",
    "a deletion": "DELETE FROM posting",
    "another day": "UPDATE ledger_transaction SET posted_on = '2020-01-01'",
    "a line more": "@ SELECT 1, account_id, '', 5 FROM posting WHERE id = 1",
    "nothing": "@ SELECT 2, account_id, '', 0 FROM posting WHERE id = 1",
    "an empty transaction": (
        "# SELECT 2, fund_id, occurred_on, posted_on, kind, 'x', at FROM ledger_transaction WHERE id = 1"
    ),
    "a second reversal": (
        f"@ SELECT 9, {NEGATED}; {REVERSAL} 9, fund_id, occurred_on, posted_on, kind, 'y', {STANDS}; "
        f"@ SELECT 10, {NEGATED}; {REVERSAL} 10, fund_id, occurred_on, posted_on, kind, 'z', {STANDS}"
    ),
    "a reversal before": f"@ SELECT 9, {NEGATED}; {REVERSAL} 9, fund_id, occurred_on, '2020-01-01', kind, 'y', {STANDS}",
    "a lone posting": ("@ SELECT 77, account_id, '', 5 FROM posting WHERE id = 1"),
    "an unbalanced one": (
        "@ SELECT 9, account_id, '', 5 FROM posting WHERE id = 1; "
        "# "
        "SELECT 9, fund_id, occurred_on, posted_on, kind, 'y', at FROM ledger_transaction WHERE id = 1"
    ),
    "income without its pot": ("@ SELECT 9, id, '', 5 FROM ledger_account WHERE code = '4010'"),
    "a hand with a pot": ("@ SELECT 9, account_id, 'main', 5 FROM posting WHERE id = 1"),
}
ON_SQLITE = {
    "half a satang": "@ SELECT 9, account_id, '', 1.5 FROM posting WHERE id = 1",
    "a word for money": "@ SELECT 9, account_id, '', 'five' FROM posting WHERE id = 1",
    "a replacement": "INSERT OR REPLACE INTO posting (id, transaction_id, account_id, pot, amount_satang) "
        "SELECT 1, 1, account_id, '', 9 FROM posting WHERE id = 1",
    "a replaced transaction": (
        "INSERT OR REPLACE INTO ledger_transaction (id, fund_id, occurred_on, posted_on, kind, source, at) "
        "SELECT id, fund_id, occurred_on, posted_on, 'x', source, at FROM ledger_transaction WHERE id = 1"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", [*RAW, *ON_SQLITE])
def test_the_database_itself_refuses(name, fund, hand):
    if name in ON_SQLITE and db.is_postgres():
        pytest.skip("of SQLite alone")
    account(fund, "4010")
    post(fund, "a", (hand, 3000), (account(fund, "2000"), -3000))
    before = list(Posting.select().tuples()), list(LedgerTransaction.select().tuples())
    with pytest.raises(IntegrityError), db.database.atomic():
        for statement in (RAW | ON_SQLITE)[name].split("; "):
            db.database.execute_sql(statement.replace("@ ", LINE_INTO).replace("# ", HEAD_INTO))
    assert before == (list(Posting.select().tuples()), list(LedgerTransaction.select().tuples()))


def test_the_guards_are_there_and_their_absence_is_seen(fund):
    assert ledger_guards.missing(db.database.obj) == []
    name = "posting_comes_before"
    with pytest.raises(ZeroDivisionError), db.database.atomic():
        db.database.execute_sql(f'DROP TRIGGER "{name}"' + (' ON "posting"' if db.is_postgres() else ""))
        assert ledger_guards.missing(db.database.obj) == [name]
        raise ZeroDivisionError


def test_the_trial_balance_is_the_sum_of_the_postings(fund, hand):
    """Counted out by hand: 30 baht taken on Sunday, 100 the day after, of which 60 went to the bank."""
    post(fund, "a", (hand, 3000), (account(fund, "4010"), -3000, "main"))
    post(fund, "b", (hand, 10000), (account(fund, "2000"), -10000), on=TODAY + DAY, occurred_on=TODAY + DAY)
    post(fund, "c", (account(fund, "1150-ออมสิน"), 6000), (hand, -6000), on=TODAY + DAY, occurred_on=TODAY + DAY)
    found = trial_balance.of(fund, since=TODAY + DAY, to=TODAY + DAY)
    assert [(row.code, row.pot, row.opening, row.debit, row.credit, row.closing) for row in found.rows] == [
        ("1000-volunteer", "", 3000, 10000, 6000, 7000),
        ("1150-ออมสิน", "", 0, 6000, 0, 6000),
        ("2000", "", 0, 0, 10000, -10000),
        ("4010", "main", -3000, 0, 0, -3000),
    ]
    assert (found.unapproved, found.left, found.right) == (10000, 13000, 13000)
    assert [(one.code, one.satang, one.since) for one in found.holders] == [("1000-volunteer", 7000, None)]
    assert trial_balance.of(fund, to=TODAY).right == 3000


@given(
    satang=st.integers(1, 10**9),
    shares=st.lists(st.integers(1, 2500), min_size=1, max_size=3).map(lambda parts: [*parts, 10_000 - sum(parts)]),
)
def test_no_satang_is_lost_between_pots(satang, shares):
    rule = Split("member", tuple((f"p{n}", share) for n, share in enumerate(shares)), "p0")
    parts = dict(pots.split(satang, "member", type("V", (), {"splits": (rule,), "pots": {}})()))
    assert sum(parts.values()) == satang
    for n, share in enumerate(shares[1:], 1):
        assert parts.get(f"p{n}", 0) == satang * share // 10_000
