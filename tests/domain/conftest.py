"""Funds that a test may break, each in a data folder of its own, and a treasurer who has money."""

import uuid

import pytest

from pwa.domain.fund import banks, versions, vouchers
from pwa.domain.fund.voucher_grounds import Asked
from pwa.domain.operations import archives, promises
from pwa.domain.people import accounts
from tests import databases, engines, small_fund
from tests.claim_paying import HAND
from tests.claiming import AT, TODAY


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
    account, fund = accounts.named("treasurer"), versions.fund_of("F1")
    banks.write(fund, "ธ.ก.ส.", "4471", since=TODAY, by=account, at=AT)
    for source, baht in (("bank", 5000), (HAND, 1000)):
        asked = Asked(
            "income", TODAY, baht * 100, payee="อบต.", ground="สมทบ", code="4040", source=source, bank="ธ.ก.ส. 4471"
        )
        vouchers.write(fund, asked, command_id=uuid.uuid4(), by=account, at=AT, on=TODAY)
    return account
