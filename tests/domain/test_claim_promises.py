"""The promises about claims, broken on purpose below the app."""

import uuid
from contextlib import contextmanager

import pytest

import db
from db import append_only
from pwa.domain.fund import vouchers
from pwa.domain.fund.voucher_grounds import Asked, paid_out
from pwa.domain.operations import claim_promises
from tests.claim_paying import HAND, paid
from tests.claiming import AT, TODAY, decided


def broken():
    return [words for promise in claim_promises.OF_CLAIMS for words in promise()]


@contextmanager
def broken_by(sql):
    """What the promises say while this is done to the acts, which is taken back."""
    with db.database.atomic() as all_of_it:
        append_only.thaw(db.database.obj, "claim_act")
        db.database.execute_sql(sql)
        yield broken()
        all_of_it.rollback()


OTHERS = "(SELECT account_id FROM claim_act WHERE kind = 'grant')"


@pytest.mark.parametrize(
    "sql, says",
    [
        ("UPDATE claim_act SET amount_satang = 70000 WHERE kind = 'grant'", "grants more than the rules give"),
        ("UPDATE claim_act SET kind = 'hold' WHERE kind = 'propose'", "could not follow certified"),
        ("UPDATE claim_act SET n = 9 WHERE kind = 'pay'", "have a gap before 9"),
        ("UPDATE claim_act SET amount_satang = 10 WHERE kind = 'pay'", "pays another sum"),
        ("UPDATE claim_act SET account_id = " + OTHERS + " WHERE kind = 'propose'", "typed and confirmed by one person"),
    ],
)  # fmt: skip
def test_it_sees(treasurer, sql, says):
    paid(treasurer)
    assert broken() == []
    with broken_by(sql) as found:
        assert any(says in words for words in found), found


def test_a_benefit_without_a_claim(treasurer):
    granted = decided()
    asked = Asked("expense", TODAY, 100, payee="ใคร", ground="อะไร", code="5002", pot="benefit", source=HAND)
    with db.database.atomic() as all_of_it:
        about = dict(command_id=uuid.uuid4(), by=treasurer, at=AT, on=TODAY, lines_of=paid_out)
        vouchers.write(granted.claim.fund, asked, **about)
        assert "without a claim" in broken()[0]
        all_of_it.rollback()
