"""The promises about lists, broken on purpose below the app."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

import db
from db import append_only
from db.models import Claim, Membership
from pwa.domain.fund import membership_acts
from pwa.domain.operations import batch_promises
from pwa.domain.people import accounts
from tests.claim_paying import rich
from tests.claiming import AT, TODAY
from tests.domain.test_batches import pay
from tests.listing import elder, granted, payment, written


def broken():
    return [words for promise in batch_promises.OF_BATCHES for words in promise()]


@contextmanager
def broken_by(table, sql):
    """What the promises say while this is done, which is taken back."""
    with db.database.atomic() as all_of_it:
        append_only.thaw(db.database.obj, table)
        db.database.execute_sql(sql)
        yield broken()
        all_of_it.rollback()


@pytest.mark.parametrize(
    "table, sql, says",
    [
        ("claim", "UPDATE claim SET event_on = '2026-01-02'", "not named by its benefit, person and period"),
        ("claim_act", "DELETE FROM claim_act WHERE kind = 'grant'", "that no meeting decided"),
        ("claim_act", "UPDATE claim_act SET resolution_id = NULL WHERE kind = 'grant'", "that no meeting decided"),
    ],
)
def test_it_sees(app, table, sql, says):
    person, treasurer = elder(1), rich()
    pay(payment(granted(written()), person), treasurer)
    assert broken() == []
    if table == "claim":
        assert Claim.select().where(Claim.person == person.id).count() == 1
        sql += " WHERE id = (SELECT claim_id FROM batch_line)"
    with broken_by(table, sql) as words:
        assert any(says in one for one in words), words


def test_it_sees_what_was_paid_to_the_dead(app):
    person, treasurer = elder(1), rich()
    pay(payment(granted(written()), person), treasurer)
    membership = Membership.get(Membership.person == person.id)
    about = dict(why="deceased", first=TODAY, by=accounts.named("registrar"))
    with db.database.atomic() as all_of_it:
        membership_acts.end(membership, at=AT + timedelta(hours=1), **about)
        assert broken() == [], "nobody knew of it yet when it was paid"
        all_of_it.rollback()
    with db.database.atomic() as all_of_it:
        membership_acts.end(membership, at=AT - timedelta(hours=1), **about)
        assert ["had died" in one for one in broken()] == [True]
        all_of_it.rollback()
