"""What was said of a bank's line by mistake is taken back by a row, its booking reversed, and the line may be said anew."""

from datetime import timedelta

import pytest

from db.models import StatementUndoing
from pwa.domain import Refusal
from pwa.domain.fund import closes, statement_undoings, statements
from pwa.domain.fund.statement_balances import Said
from pwa.domain.operations import promises
from tests.closing_books import write
from tests.domain.test_statements import BANK, ON, PASTED, add, beside, fund, match, refused, stands
from tests.small_fund import NOW

__all__ = ["fund"]
LATER = NOW + timedelta(days=10)


def undo(fund, n, reason="จับคู่ผิดรายการ", at=NOW, on=ON, said=None):
    one = beside(fund)[n]
    said = said or statement_undoings.name_of(one.match, one.riddle)
    return statement_undoings.undo(one.line, said, reason, by=fund.people["treasurer"], at=at, on=on)


def keep(fund, n):
    about = dict(by=fund.people["treasurer"], at=NOW, on=ON)
    return statements.keep_open(beside(fund)[n].line, fund.people["auditor"].id, **about)


def test_a_wrong_match_is_taken_back_and_made_anew(fund):
    add(fund, PASTED)
    [proposed] = beside(fund)[1].proposed
    match(fund, beside(fund)[1].line, proposed.id)
    assert stands(fund) == (0, 500, 0)
    said = statement_undoings.name_of(beside(fund)[1].match, None)
    assert refused(undo, fund, 1, " ").field == "reason"
    made = undo(fund, 1)
    assert undo(fund, 1, said=said) == made and StatementUndoing.select().count() == 1
    assert stands(fund) == (500, 0, 0) and beside(fund)[1].match is None
    assert made.reversal.reverses == made.match.booking and made.reason == "จับคู่ผิดรายการ"
    for _ in range(2):
        match(fund, beside(fund)[1].line, proposed.id)
    assert stands(fund) == (0, 500, 0)
    undo(fund, 1)
    assert stands(fund) == (500, 0, 0) and StatementUndoing.select().count() == 2
    assert [len(found) for found in statement_undoings.of([beside(fund)[1].line]).values()] == [2]
    assert promises.check() == []


def test_what_solved_a_riddle_is_taken_back_and_the_riddle_stands_again(fund):
    add(fund, PASTED)
    line = beside(fund)[2].line
    keep(fund, 2)
    known = write(fund, "income", 1000, ON - timedelta(days=17), code="4120", source="bank", bank=BANK)
    for _ in range(2):
        match(fund, line, known.transaction_id)
        assert stands(fund) == (500, 1000, 0)
        undo(fund, 2)
        assert stands(fund) == (500, 2000, -1000) and beside(fund)[2].riddle is not None
    undo(fund, 2)
    assert stands(fund) == (500, 1000, 0) and beside(fund)[2].riddle is None
    keep(fund, 2)
    assert stands(fund) == (500, 2000, -1000)
    assert promises.check() == []


def test_a_match_that_moved_nothing_is_taken_back_without_a_booking(fund):
    add(fund, PASTED)
    known = write(fund, "income", 1000, ON - timedelta(days=17), code="4120", source="bank", bank=BANK)
    match(fund, beside(fund)[2].line, known.transaction_id)
    assert undo(fund, 2).reversal is None and beside(fund)[2].proposed == [known.transaction]


def test_nothing_is_taken_back_that_is_not_what_was_read(fund):
    add(fund, PASTED)
    assert refused(undo, fund, 1, said=("match", 99)).message == statement_undoings.NOTHING
    made = keep(fund, 2)
    match(fund, beside(fund)[1].line, beside(fund)[1].proposed[0].id)
    other = ("riddle", made.id)
    assert refused(undo, fund, 1, said=other).message == statement_undoings.NOTHING


def test_in_a_closed_month_nothing_is_taken_back(fund):
    add(fund, PASTED)
    [proposed] = beside(fund)[1].proposed
    match(fund, beside(fund)[1].line, proposed.id)
    treasurer, on = fund.people["treasurer"], ON + timedelta(days=15)
    for _ in range(2):
        month = closes.due(fund.fund, at=LATER, on=on)
        booked = {"1100-ออมสิน-001": Said(50000 if month.month == 11 else 0)}
        made = closes.begin(fund.fund, month, booked, by=treasurer, device=None, at=LATER, on=on)
        if month.month == 11:
            break
        closes.sign(made, by=fund.people["auditor"], device=None, at=LATER)
    assert refused(undo, fund, 1, at=LATER, on=on).message == statement_undoings.CLOSED
    closes.sign(made, by=fund.people["auditor"], device=None, at=LATER)
    with pytest.raises(Refusal):
        undo(fund, 1, at=LATER, on=on)
    assert stands(fund) == (0, 500, 0) and not StatementUndoing.select().exists()
