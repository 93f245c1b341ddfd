"""The promises about claims, broken on purpose below the app."""

import uuid
from contextlib import contextmanager

import pytest

import db
from db import append_only
from db.models import ClaimStanding
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


MIGRATION = next(path.stem for path in db.MIGRATIONS.glob("*_claim_standings.py"))
OTHERS = "(SELECT account_id FROM claim_act WHERE kind = 'grant')"


@pytest.mark.parametrize(
    "sql, says",
    [
        ("UPDATE claim_act SET amount_satang = 70000 WHERE kind = 'grant'", "grants more than the rules give"),
        ("UPDATE claim_act SET kind = 'hold' WHERE kind = 'propose'", "could not follow certified"),
        ("UPDATE claim_act SET n = 9 WHERE kind = 'pay'", "have a gap before 9"),
        ("UPDATE claim_act SET amount_satang = 10 WHERE kind = 'pay'", "pays another sum"),
        ("UPDATE claim_standing SET state = 'refused'", "lists do not say so"),
        ("DELETE FROM claim_standing", "lists do not say so"),
        ("UPDATE claim_act SET account_id = " + OTHERS + " WHERE kind = 'propose'", "typed and confirmed by one person"),
    ],
)  # fmt: skip
def test_it_sees(treasurer, sql, says):
    paid(treasurer)
    assert broken() == []
    with broken_by(sql) as found:
        assert any(says in words for words in found), found


def test_it_sees_what_is_to_be_paid_and_on_nobodys_list(treasurer):
    decided()
    assert broken() == []
    with broken_by("UPDATE claim_standing SET is_due = false") as found:
        assert any("stands on nobody's list" in words for words in found), found


def test_an_older_database_gets_the_state_that_its_acts_left(treasurer):
    """What is paid long ago may still be asked about there once more, what is open never stays away."""
    paid(treasurer)
    rows = ClaimStanding.select(ClaimStanding.claim, ClaimStanding.fund, ClaimStanding.state, ClaimStanding.event_on)
    kept = sorted(rows.tuples())
    db.database.execute_sql("DROP TABLE claim_standing")
    db.database.execute_sql(f"DELETE FROM schema_migration WHERE name = '{MIGRATION}'")
    assert db.migrate() == [MIGRATION]
    assert sorted(rows.tuples()) == kept != []
    assert broken() == []


def test_a_benefit_without_a_claim(treasurer):
    granted = decided()
    asked = Asked("expense", TODAY, 100, payee="ใคร", ground="อะไร", code="5002", pot="benefit", source=HAND)
    with db.database.atomic() as all_of_it:
        about = dict(command_id=uuid.uuid4(), by=treasurer, at=AT, on=TODAY, lines_of=paid_out)
        vouchers.write(granted.claim.fund, asked, **about)
        assert "without a claim" in broken()[0]
        all_of_it.rollback()
