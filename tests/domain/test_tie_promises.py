"""History changed below the app: every guard refuses it on both databases, and what is done behind the guards is named."""

import pytest

import db
from db import append_only, care, models, ties
from db.models import Approval, Digest, NamedPhoto, RoleGrant, Tie, Untied, Viewing
from pwa.domain.operations import digests, frozen_tables, heads, health, promises, tie_promises
from pwa.domain.review import review
from tests import small_fund
from tests.small_fund import NOW

TABLES = sorted({model._meta.table_name for model in frozen_tables.APPEND_ONLY})


@pytest.fixture
def fund(bare_fund):
    return bare_fund


@pytest.fixture
def entry(fund):
    """An approved line among three, and somebody who looked at a person's page."""
    phone = small_fund.phone(fund)
    rows = [phone.record("household", small_fund.household(str(n)), at=NOW, place="canal") for n in range(3)]
    review.approve(rows[1], by=fund.people["zone-leader"], at=NOW)
    Viewing.create(person=small_fund.PERSON, account=fund.people["registrar"], at=NOW, purpose="ตรวจสิทธิ")
    assert promises.check() == []
    return rows[1]


@pytest.fixture
def by_hand(entry):
    """Somebody at the machine itself: no trigger hears them, and afterwards everything looks as before."""

    def change(sql):
        with append_only.lifted(db.database.obj):
            db.database.cursor().execute(sql)

    return change


def found():
    return promises.check()


def other(fund, handle="registrar"):
    value = fund.people[handle].id
    return f"'{value if db.is_postgres() else value.hex}'"


def test_it_names_a_decision_with_another_decider(fund, by_hand):
    by_hand(f"UPDATE approval SET account_id = {other(fund)}")
    [sentence] = found()
    assert sentence.startswith(f"approval {Approval.get().id} was changed after it was recorded (tie ")


def test_it_names_a_viewing_and_a_role_that_were_changed(fund, by_hand):
    grant = RoleGrant.get(RoleGrant.role == "zone_leader")
    by_hand(f"UPDATE viewing SET account_id = {other(fund, 'admin')}")
    by_hand(f"UPDATE role_grant SET role = 'admin' WHERE id = {grant.id}")
    assert [sentence.split(" (")[0] for sentence in found()] == [
        f"role_grant {grant.id} was changed after it was recorded",
        f"viewing {Viewing.get().id} was changed after it was recorded",
    ]


def test_it_names_what_is_gone_and_what_was_put_in(by_hand):
    grant = RoleGrant.get(RoleGrant.role == "registrar")
    by_hand("DELETE FROM viewing")
    columns = "account_id, role, unit_id, granted_by_id, granted_at, reason"
    db.database.cursor().execute(
        f"INSERT INTO role_grant ({columns}) SELECT {columns.replace('role', chr(39) + 'admin' + chr(39), 1)} "
        f"FROM role_grant WHERE id = {grant.id}"
    )
    added = RoleGrant.select().order_by(RoleGrant.id.desc()).first()
    sentences = found()
    assert f"role_grant {added.id} was put in by hand: no tie names it." in sentences
    assert any(sentence.startswith("viewing 1 is gone (tie ") for sentence in sentences)


def test_the_app_goes_on_after_a_row_was_taken_away(fund, by_hand):
    """SQLite gives the number once more; the check says so."""
    by_hand("DELETE FROM viewing")
    for _ in range(2):
        Viewing.create(person=small_fund.PERSON, account=fund.people["registrar"], at=NOW, purpose="x")
    [sentence] = found()
    assert sentence.startswith("viewing 1 is gone")


@pytest.mark.parametrize("table", ["passkey", "membership", "account", "key", "backup", "enrolment"])
def test_it_ties_what_never_changes_of_tables_that_do(fund, table):
    columns = care.tied()[table]
    model = next(model for model in models.ALL if model._meta.table_name == table)
    assert set(columns) <= set(model._meta.columns)
    assert columns[0] == model._meta.primary_key.column_name


def test_a_tie_is_over_every_column_of_a_frozen_table(fund):
    custody = {model._meta.table_name for model in digests.TABLES}
    for table, columns in care.tied().items():
        if table not in tie_promises.PARTLY:
            [model] = [model for model in models.ALL if model._meta.table_name == table]
            assert set(columns) == {field.column_name for field in model._meta.sorted_fields}, table
    assert care.tied().keys() == set(TABLES) - custody - {"tie"} | tie_promises.PARTLY


def test_a_changed_chain_is_named(by_hand):
    by_hand("UPDATE tie SET \"row\" = '77' WHERE id = 3")
    assert "The tie 4 does not name the tie 3: one of them was changed." in found()


def test_ties_that_are_gone_are_named(by_hand):
    by_hand("DELETE FROM tie WHERE id IN (4, 5)")
    assert "The tie 6 does not name the tie 3: one of them was changed." in found()


def test_custody_is_digested_and_what_is_changed_named(fund, by_hand):
    digests.take(at=NOW)
    assert found() == []
    [held] = Digest.select().where(Digest.table == "entry")
    assert (held.first, held.last, len(held.hashes)) == (1, 3, 24)
    by_hand("UPDATE entry SET transport = 'carried' WHERE id = 2")
    by_hand("UPDATE opening SET base_version = 7 WHERE entry_id = 3")
    assert found() == [
        "entry 2 was changed after it was recorded.",
        "opening 3 was changed after it was recorded.",
    ]


def test_the_next_digest_holds_what_came_since(fund, entry):
    digests.take(at=NOW)
    digests.take(at=NOW)
    small_fund.phone(fund).record("household", small_fund.household("9"), at=NOW, place="canal")
    digests.take(at=NOW)
    ranges = Digest.select(Digest.first, Digest.last).where(Digest.table == "entry").order_by(Digest.id).tuples()
    assert [*ranges] == [(1, 3), (4, 4)]
    assert found() == []


def test_a_digest_knows_numbers_that_nobody_has(fund, entry, by_hand):
    with db.database.atomic():
        first = NamedPhoto.create(entry=entry, sha256="a" * 64)
        NamedPhoto.insert(id=first.id + 5, entry=entry, sha256="b" * 64).execute()
    digests.take(at=NOW)
    assert [*digests.held(Digest.get(Digest.table == "named_photo"))] == [first.id, first.id + 5]
    by_hand("UPDATE named_photo SET id = id + 1 WHERE sha256 = '" + "a" * 64 + "'")
    assert [sentence for sentence in found() if sentence.startswith("named_photo")] == [
        f"named_photo {first.id} is gone.",
        f"named_photo {first.id + 1} was put in by hand: its digest has no such row.",
    ]


@pytest.mark.slow
def test_a_history_made_anew_is_not_the_one_that_the_last_check_saw(fund, by_hand):
    """Even a chain that was made to fit again from its beginning, or that lost its end together with its rows."""
    health.note_check(found(), at=NOW)
    assert found() == []
    number, _ = heads.noted()
    by_hand("DELETE FROM viewing")
    by_hand(f"DELETE FROM tie WHERE id >= {Tie.get(Tie.table == 'viewing').id}")
    for _ in range(2):
        assert found() == [
            "History was changed: the tie that the last check found at the end is another one now, or gone."
        ]
        health.note_check(found(), at=NOW)
    assert heads.noted()[0] == number


def test_it_names_a_table_that_may_grow_without_ties(fund):
    db.database.execute_sql("DROP TRIGGER viewing_tied" + (" ON viewing" if db.is_postgres() else ""))
    assert found() == ["viewing may grow without a tie: its trigger is missing."]


def test_nothing_is_left_to_tie_outside_of_a_transaction(entry):
    assert Untied.select().count() == 0
    tied = {(tie.table, tie.row) for tie in Tie.select()}
    assert {("approval", str(Approval.get().id)), ("viewing", str(Viewing.get().id))} <= tied
    assert not {table for table, _ in tied} & {"entry", "seat", "opening"}


def test_a_transaction_that_is_undone_leaves_no_tie(fund):
    before = ties.last(db.database.obj)
    with pytest.raises(ZeroDivisionError), db.database.atomic():
        Viewing.create(person=small_fund.PERSON, account=fund.people["admin"], at=NOW, purpose="x")
        raise ZeroDivisionError
    with db.database.atomic():
        with pytest.raises(ZeroDivisionError), db.database.atomic():
            Viewing.create(person=small_fund.PERSON, account=fund.people["admin"], at=NOW, purpose="y")
            raise ZeroDivisionError
        Viewing.create(person=small_fund.PERSON, account=fund.people["admin"], at=NOW, purpose="z")
    assert ties.last(db.database.obj)[0] == before[0] + 1
    assert found() == []
