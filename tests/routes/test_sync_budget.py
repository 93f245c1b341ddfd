"""What it costs to take lines into custody, in questions to the database: few, and no more for more lines."""

import pytest

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
