"""A report that another machine posts: without a cookie and from no page of ours, and larger than what a stranger may send elsewhere."""

import json

import pytest

from pwa.domain.network import report_files
from pwa.server import sender
from tests import reporting


def posted(server, data):
    """(status, body) of what a machine above answers to the sender of a fund's own."""
    return sender.post(f"http://127.0.0.1:{server.port}/reports", data)


def test_it_is_read_without_a_cookie_and_without_an_origin(patient):
    status, answer = posted(patient, reporting.made(unit="F8"))
    assert (status, json.loads(answer)) == (403, {"state": "unsigned"})


@pytest.mark.parametrize("size", [100_000, report_files.LARGEST])
def test_a_large_one_is_read_to_its_end(patient, size):
    status, answer = posted(patient, b"x" * size)
    assert (status, json.loads(answer)) == (422, {"state": "not_a_report"})


def test_one_larger_than_any_report_is_refused(patient):
    status, answer = posted(patient, b"x" * (report_files.LARGEST + 1))
    assert (status, json.loads(answer)) == (413, {"state": "too_large"})
    assert posted(patient, b"x" * (report_files.LARGEST + 2))[0] == 413
