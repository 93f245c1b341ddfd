"""Funds that a test may break, each in a data folder of its own."""

import pytest

from pwa.domain.operations import archives, promises
from tests import databases, small_fund


@pytest.fixture
def bare_fund(engine, tmp_path):
    """The small fund before anything was recorded."""
    yield small_fund.settle(tmp_path / "data")
    databases.drop(tmp_path / "data")


@pytest.fixture
def kept_fund(bare_fund, pytestconfig):
    """The same, and every promise holds at the end."""
    yield bare_fund
    assert pytestconfig.getoption("unproved") or promises.check() == []


@pytest.fixture
def quick_key(monkeypatch):
    """A backup's passphrase is worked out at once."""
    monkeypatch.setattr(archives, "COST", 4)
