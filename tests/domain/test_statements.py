"""A bank's statement: its lines follow from each other, are here once, and each is what a person says it is, to the satang."""

from datetime import date, timedelta

import pytest

from db.models import StatementLine
from pwa.domain import NotFound, Refusal
from pwa.domain.fund import banks, chart, holders, ledger, pots, statement_reading, statements
from pwa.domain.people import accounts
from tests.closing_books import write
from tests.small_fund import NOW

ON = date(2026, 11, 22)
BANK = "ออมสิน 001"
PASTED = "1/11/2569\tยกเงินเข้า\t\t500.00\t500.00\n5/11/2569\tโอนเข้า\t\t1,000.00\t1,500.00\n๙/๑๑/๖๙\tค่าธรรมเนียม\t15.00\t\t1,485.00\n"


@pytest.fixture
def fund(kept_fund):
    for handle in ("treasurer", "auditor"):
        kept_fund.people[handle] = accounts.add(handle, name=handle, unit=kept_fund.units["town"], role=handle, at=NOW)
    banks.write(kept_fund.fund, "ออมสิน", "001", since=ON, by=kept_fund.people["treasurer"], at=NOW)
    write(kept_fund, "income", 500, date(2026, 10, 30), code="4040", source="1000-treasurer")
    write(kept_fund, "deposit", 500, date(2026, 10, 31), source="1000-treasurer", bank=BANK)
    return kept_fund


def add(fund, text):
    return statements.add(fund.fund, BANK, text, by=fund.people["treasurer"], at=NOW, today=ON)


def beside(fund):
    return {one.line.n: one for one in statements.of(fund.fund, BANK)}


def match(fund, line, transaction):
    return statements.match(line, transaction, by=fund.people["treasurer"], at=NOW, on=ON)


def stands(fund):
    way, place = holders.on_the_way(fund.fund, BANK), holders.in_bank(fund.fund, BANK)
    riddles = ledger.account(fund.fund, chart.UNEXPLAINED)
    return tuple(ledger.balance(one) // 100 for one in (way, place, riddles))


def refused(call, *given, **more):
    with pytest.raises(Refusal) as found:
        call(*given, **more)
    return found.value


@pytest.mark.parametrize(
    "text",
    [
        PASTED,
        "\n".join(reversed(PASTED.splitlines())),
        PASTED.replace("\t", ";"),
        "1/11/2569  ยกเงินเข้า  +500  500\n5/11/2569  โอนเข้า  1,000  1,500\n9/11/2569  ค่าธรรมเนียม  -15  1485.00",
    ],
)
def test_a_table_is_read_as_the_bank_wrote_it(text):
    found = statement_reading.read(text, today=ON)
    assert [(one.on.day, one.amount, one.left) for one in found] == [
        (1, 50000, 50000),
        (5, 100000, 150000),
        (9, -1500, 148500),
    ]
    assert [one.words for one in found] == ["ยกเงินเข้า", "โอนเข้า", "ค่าธรรมเนียม"]


@pytest.mark.parametrize(
    ("text", "message", "n"),
    [
        (" \n", statement_reading.EMPTY, None),
        ("โอนเข้า\t\t500\t500", statement_reading.NO_DAY, 1),
        ("31/2/2569\tx\t\t500\t500", statement_reading.NO_DAY, 1),
        ("23/11/2569\tx\t\t500\t500", statement_reading.NO_DAY, 1),
        ("1/11/2569\tx\t500", statement_reading.NO_SUMS, 1),
        ("1/11/2569\tx\t0\t\t500", statement_reading.NO_SUMS, 1),
        ("1/11/2569\tx\t\t500\t500\n2/11/2569\tx\t\t100\t650", statement_reading.NOT_NEXT, 2),
        ("1/11/2569\tx\t\t1\t1\n" * 201, statement_reading.MANY, None),
    ],
)
def test_a_line_that_cannot_be_taken_is_named(text, message, n):
    found = refused(statement_reading.read, text, today=ON)
    assert (found.message, found.field, found.values.get("n")) == (message, "lines", n)


def test_the_same_lines_twice_are_here_once_and_the_next_month_follows(fund):
    assert len(add(fund, PASTED)) == 3 and add(fund, PASTED) == []
    more = PASTED.splitlines()[-1] + "\n12/11/2569\tดอกเบี้ย\t\t1.25\t1,486.25"
    assert [line.amount_satang for line in add(fund, more)] == [125]
    assert add(fund, PASTED.splitlines()[1]) == []
    assert refused(add, fund, "20/11/2569\tx\t\t5\t9999").message == statements.NOT_NEXT
    assert StatementLine.select().count() == 4


def test_a_deposit_arrives_once_by_the_line_that_shows_it(fund):
    add(fund, PASTED)
    [proposed] = beside(fund)[1].proposed
    assert stands(fund) == (500, 0, 0)
    for _ in range(2):
        match(fund, beside(fund)[1].line, proposed.id)
    assert stands(fund) == (0, 500, 0) and beside(fund)[1].proposed == []
    assert refused(match, fund, beside(fund)[2].line, proposed.id).message == statements.TAKEN
    assert refused(match, fund, beside(fund)[1].line, proposed.id + 1).message == statements.TAKEN
    with pytest.raises(NotFound):
        statements.find(fund.fund, 999)


def test_only_what_is_the_same_to_the_satang_and_near_is_proposed_and_matched(fund):
    add(fund, PASTED)
    [proposed] = beside(fund)[1].proposed
    assert beside(fund)[2].proposed == []
    assert refused(match, fund, beside(fund)[2].line, proposed.id).message == statements.OTHER_SUM


def test_money_that_nobody_knows_is_unexplained_until_somebody_does(fund):
    add(fund, PASTED)
    line, owner = beside(fund)[2].line, fund.people["auditor"]
    about = dict(by=fund.people["treasurer"], at=NOW, on=ON)
    for _ in range(2):
        statements.keep_open(line, owner.id, **about)
    assert stands(fund) == (500, 1000, -1000)
    known = write(fund, "income", 1000, date(2026, 11, 5), code="4120", source="bank", bank=BANK)
    assert stands(fund) == (500, 2000, -1000)
    match(fund, line, known.transaction_id)
    assert stands(fund) == (500, 1000, 0)
    assert refused(statements.keep_open, beside(fund)[3].line, owner.id, **about).message == statements.IN_ONLY


def test_an_unexplained_transfer_turns_out_to_be_a_deposit(fund):
    add(fund, PASTED)
    line = beside(fund)[1].line
    statements.keep_open(line, fund.people["auditor"].id, by=fund.people["treasurer"], at=NOW, on=ON)
    assert stands(fund) == (500, 500, -500)
    [proposed] = beside(fund)[1].proposed
    match(fund, line, proposed.id)
    assert stands(fund) == (0, 500, 0)


def test_what_went_out_is_matched_to_its_voucher(fund):
    add(fund, PASTED)
    match(fund, beside(fund)[1].line, beside(fund)[1].proposed[0].id)
    paper = write(
        fund,
        "expense",
        15,
        ON - timedelta(days=13),
        code="6090",
        pot=pots.WHOLE,
        source=f"1100-{BANK.replace(' ', '-')}",
    )
    [proposed] = beside(fund)[3].proposed
    assert proposed == paper.transaction
    match(fund, beside(fund)[3].line, proposed.id)
    assert stands(fund) == (0, 485, 0)


def test_a_page_is_the_newest_lines_and_proposes_what_is_near_them(fund, monkeypatch):
    monkeypatch.setattr(statements, "PAGE", 2)
    add(fund, PASTED)
    first, second = statements.of(fund.fund, BANK), statements.of(fund.fund, BANK, before=2)
    assert [one.line.n for one in first] == [3, 2] and [one.line.n for one in second] == [1]
    assert len(second[0].proposed) == 1 and statements.of(fund.fund, BANK, before=1) == []
