"""The code of the last tie: written down, found again, kept in backups, and another one once history was changed."""

import uuid
from datetime import date

import pytest
from playhouse import migrations

import db
from db import append_only, care, copies, ties
from db.models import Generation, Key, Tie, Viewing
from pwa.domain.operations import backups, contents, generations, heads, promises, proofs, restores
from tests import databases, small_fund
from tests.small_fund import NOW

SECRET = "ข้าวเหนียว มะม่วง 2569"

pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.fixture
def fund(bare_fund):
    return bare_fund


def look(fund):
    Viewing.create(person=small_fund.PERSON, account=fund.people["registrar"], at=NOW, purpose="ตรวจสิทธิ")


def test_a_head_is_found_again_under_its_number(fund):
    look(fund)
    written = heads.now()
    look(fund)
    assert heads.at(f" {written.number:,} ") == written
    assert heads.now().number == written.number + 1
    assert heads.now().code != written.code
    assert len(written.code.split()) == 4


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "²", "1" * 40, "999999", "1\0"])
def test_a_number_that_nobody_gave_has_none(fund, number):
    assert heads.at(number) is None


def test_it_becomes_another_when_anything_before_it_was_changed(fund):
    """Whoever makes the whole chain fit again cannot make it end in what is on paper."""
    look(fund)
    written = heads.now()
    tied = care.tied()
    with append_only.lifted(db.database.obj):
        db.database.cursor().execute("UPDATE viewing SET purpose = 'x'")
        Tie.delete().execute()
        for table, columns in sorted(tied.items()):
            for rows in ties.pages(db.database.obj, table, columns):
                ties.fasten(db.database.obj, [(table, ",".join(columns), values) for values in rows])
    assert promises.check() == []
    assert heads.at(str(written.number)) != written


def test_a_backup_says_its_head_and_the_restored_chain_goes_on_from_it(fund, tmp_path):
    look(fund)
    written = backups.write(tmp_path / "one.backup", passphrase=SECRET, at=NOW)
    head = written.head
    assert heads.holds(*head)
    look(fund)
    later = heads.now()
    done = restores.restore(tmp_path / "one.backup", passphrase=SECRET, at=NOW, **databases.place(tmp_path / "new"))
    assert done.head == head
    small_fund.recall(tmp_path / "new")
    [mark] = Tie.select().where(Tie.mark == "restored")
    assert (mark.id, mark.previous) == (head[0] + ties.GAP, head[1])
    assert Tie.select().where(Tie.id > mark.id, Tie.table == "key").count() == 1
    assert heads.at(str(later.number)) is None
    look(fund)
    assert promises.check() == []
    assert heads.holds(*head)
    assert heads.holds(later.number, "0" * 64), "lost by the restore, which is marked"
    assert not heads.holds(head[0] - 1, "0" * 64)


def test_a_copy_of_a_copy_has_the_same_head_on_either_database(fund, tmp_path):
    look(fund)
    copies.write(tmp_path / "copy.db")
    with copies.opened(tmp_path / "copy.db") as copy:
        assert contents.of(copy)["head"] == contents.of(db.database.obj)["head"]
        assert copy.execute_sql("SELECT count(*) FROM untied").fetchone() == (0,)
        assert ties.last(copy)[0] == Tie.select().count()


def test_the_proof_of_a_backup_compares_its_head_with_ours(fund, tmp_path):
    look(fund)
    path = tmp_path / "kept" / generations.file_name(NOW)
    path.parent.mkdir()
    generations.note(backups.write(path, passphrase=SECRET, at=NOW), path, at=NOW)
    [file] = generations.listed(path.parent)
    found = {"entries": 0, "photos": 0, "findings": [], "head": list(ties.last(db.database.obj))}
    assert proofs.record(file, found, seconds=1, at=NOW).findings == ""
    found["head"][1] = "0" * 64
    assert "History was changed" in proofs.record(file, found, seconds=1, at=NOW).findings
    assert Generation.select().count() == 1


@pytest.mark.slow
def test_rows_from_before_ties_began_are_tied_as_found(engine, tmp_path):
    """A database of the version before, with rows in it, is brought up to date; a failure would leave it as it was."""
    databases.open_in(tmp_path)
    runner = migrations.Runner(db.database.obj, str(db.MIGRATIONS))
    with db.database.connection_context():
        before = sorted(path.stem for path in db.MIGRATIONS.glob("[0-9]*.py") if path.stem < "0015")[-1]
        runner.up(before)
        for number in range(1200):
            Key.create(kid=f"seal-{number:04}", purpose="seal", public="", created_at=NOW)
        assert db.migrate()[0] == "0015_ties"
        found = Tie.select().where(Tie.mark == "found", Tie.table == "key")
        assert found.count() == 1200
        assert ties.last(db.database.obj)[0] == 1200
        Key.create(kid="seal-new", purpose="seal", public="", created_at=NOW)
        assert [(tie.row, tie.mark) for tie in Tie.select().where(Tie.id > 1200)] == [("seal-new", "")]
        assert [line for line in promises.check() if "tie" in line] == []
    databases.drop(tmp_path)


def test_the_spelling_is_the_same_whatever_the_driver_gives():
    one = uuid.UUID(int=5)
    assert ties.spelled([one, True, date(2026, 11, 28), b"x", "ก\0", None]) == ties.spelled(
        [one.hex, 1, "2026-11-28", memoryview(b"x"), "ก\N{REPLACEMENT CHARACTER}", None]
    )
    assert ties.spelled([1, "2"]) != ties.spelled(["1", 2])
