"""What it costs to take lines into custody, in questions to the database: few, and no more for more lines."""

import logging

import pytest

from tests.routes.test_query_budget import Statements
from tests.sync import line, post, receipts

MOST = 20
"""Statements for a request with one line, those not counted that write many rows at one time."""


@pytest.fixture
def asked(phone):
    """`asked(lines)`: how many statements a request with so many lines takes, the second of its phone."""
    log, counter = logging.getLogger("peewee"), Statements()
    before = log.level, log.propagate

    def count(lines):
        post(phone.client, line(phone))
        sent = [line(phone) for _ in range(lines)]
        log.addHandler(counter)
        log.level, log.propagate, counter.count = logging.DEBUG, False, 0
        log.manager._clear_cache()
        answers, _ = receipts(post(phone.client, *sent))
        log.removeHandler(counter)
        assert {answer["outcome"] for answer in answers} == {"received"}
        return counter.count

    yield count
    log.setLevel(before[0])
    log.propagate = before[1]


def test_one_line_asks_little(asked):
    assert asked(1) <= MOST


def test_many_lines_ask_no_more_than_one(asked):
    assert asked(20) <= MOST
