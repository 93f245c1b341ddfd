"""Funds that a test may break, each in a data folder of its own, and a treasurer who has money."""

import pytest

from pwa.domain.operations import archives, promises
from tests import databases, engines, small_fund
from tests.claim_paying import rich


@pytest.fixture
def bare_fund(engine, tmp_path):
    """The small fund before anything was recorded."""
    yield small_fund.settle(tmp_path / "data")
    databases.drop(tmp_path / "data")


@pytest.fixture
def kept_fund(bare_fund, request):
    """The same, and every promise holds at the end."""
    yield bare_fund
    assert not engines.is_proved(request) or promises.check() == []


@pytest.fixture
def quick_key(monkeypatch):
    """A backup's passphrase is worked out at once."""
    monkeypatch.setattr(archives, "COST", 4)


@pytest.fixture
def treasurer(app):
    """The treasurer of the village, with 5,000 baht in the bank and 1,000 in hand."""
    return rich()
