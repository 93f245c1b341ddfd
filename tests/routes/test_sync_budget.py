"""What it costs to take lines into custody, in questions to the database: few, and no more for more lines."""

import pytest

import db
from tests.statements import listening
from tests.sync import line, post, receipts

MOST = 20
"""Statements for a request with one line, those not counted that write many rows at one time."""


@pytest.fixture
def asked(phone):
    """`asked(lines)`: how many statements a request with so many lines takes, the second of its phone."""

    def count(lines):
        post(phone.client, line(phone))
        sent = [line(phone) for _ in range(lines)]
        with listening() as statements:
            answers, _ = receipts(post(phone.client, *sent))
        assert {answer["outcome"] for answer in answers} == {"received"}
        return len(statements)

    return count


def test_one_line_asks_little(asked):
    assert asked(1) <= MOST


def test_many_lines_ask_no_more_than_one(asked):
    assert asked(20) <= MOST


@pytest.mark.only("sqlite")
def test_no_line_looks_at_everybody_who_records(phone):
    post(phone.client, line(phone))
    with listening() as statements:
        post(phone.client, line(phone))
    asked = [(sql, values) for sql, values in statements if '"role_grant"' in sql]
    plans = [step for sql, values in asked for step in plan(sql, values)]
    assert len(asked) == 2
    assert not [step for step in plans if "role_grant_role" in step]
    assert len([step for step in plans if "rolegrant_account_id" in step]) == 2


def plan(sql, values):
    db.database.connect(reuse_if_open=True)
    return [step for *_, step in db.database.connection().execute(f"EXPLAIN QUERY PLAN {sql}", values)]
