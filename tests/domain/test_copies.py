"""Whole databases as a file: a fund moves between SQLite and PostgreSQL by a backup, and a restore that fails changes nothing."""

import threading

import pytest

import db
from db import copies, ties
from db.models import Entry, Tie, Unit
from pwa.domain import Refusal
from pwa.domain.crypto import keyring
from pwa.domain.operations import archives, backups, contents, folders, heads, promises, restores
from tests import databases, small_fund
from tests.small_fund import NOW

SECRET = "ข้าวเหนียว มะม่วง 2569"
NOT_THE_SAME = {"key", "backup", "uncovered", "schema_migration", "digest", "tie"}


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr(archives, "COST", 4)
    monkeypatch.setattr(copies, "PAGE", 3)


@pytest.fixture
def fund(engine, tmp_path):
    """A fund with a week of work: entries of two phones, one of them decided, and a photo."""
    fund = small_fund.settle(tmp_path / "data")
    for handle in ("volunteer", "volunteer-2"):
        phone = small_fund.phone(fund, handle)
        picture = phone.picture(b"\xff\xd8\xff" + handle.encode(), "house", at=NOW)
        for number in range(4):
            phone.record("household", small_fund.household(str(number)), at=NOW, place="canal", pictures=[picture])
    yield fund
    databases.drop(tmp_path / "data")


def back_up(path):
    backups.write(path, passphrase=SECRET, at=NOW)
    return path


def restore(path, into, url="", **about):
    return restores.restore(path, **{"passphrase": SECRET, "into": into, "url": url, "at": NOW, **about})


def held():
    found = contents.of(db.database.obj)
    del found["head"]
    found["tables"] = {name: count for name, count in found["tables"].items() if name not in NOT_THE_SAME}
    return found


def test_a_copy_holds_what_was_there(fund, tmp_path):
    copies.write(tmp_path / "copy.db")
    with copies.opened(tmp_path / "copy.db") as copy:
        assert contents.of(copy) == contents.of(db.database.obj)
        lines = Entry.select(Entry.line, Entry.device, Entry.received_at).order_by(Entry.id)
        assert [*lines.tuples().execute(copy)] == [*lines.tuples()]
        assert copy.execute_sql("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.only("postgres")
def test_a_fund_moves_to_sqlite_and_back(fund, tmp_path):
    before, head = held(), ties.last(db.database.obj)
    restore(back_up(tmp_path / "one.backup"), tmp_path / "small")
    assert (tmp_path / "small/ombun.db").exists()
    with folders.opened(tmp_path / "small"):
        assert held() == before
        assert heads.holds(*head)
        assert promises.check() == []
        back_up(tmp_path / "two.backup")
    url = databases.address(tmp_path / "large")
    done = restore(tmp_path / "two.backup", tmp_path / "large", url)
    assert (done.entries, done.photos, done.aside, done.schema_aside) == (8, 2, None, None)
    assert not list((tmp_path / "large").glob("ombun.db*"))
    small_fund.recall(tmp_path / "large")
    assert db.is_postgres()
    assert held() == before
    assert heads.holds(*head)
    assert Tie.select().where(Tie.mark == "restored").count() == 2
    assert promises.check() == []
    newest = Entry.select().order_by(Entry.id.desc()).first().id
    row = small_fund.phone(fund).record("household", small_fund.household("9"), at=NOW, place="canal")
    assert (row.id, row.receipt_kid) == (newest + 1, keyring.newest("receipt").kid)
    assert promises.check() == []


@pytest.mark.only("postgres")
def test_what_was_there_is_put_aside_and_kept(fund, tmp_path):
    url = databases.address(fund.folder)
    backup = back_up(tmp_path / "one.backup")
    small_fund.phone(fund).record("household", small_fund.household("later"), at=NOW, place="canal")
    databases.close()
    with pytest.raises(Refusal, match="not empty"):
        restore(backup, tmp_path / "new", url)
    done = restore(backup, tmp_path / "new", url, replace=True)
    assert done.schema_aside == "replaced_20261122t021500"
    small_fund.recall(fund.folder)
    assert Entry.select().count() == 8
    aside = db.database.execute_sql(f"SELECT count(*) FROM {done.schema_aside}.entry").fetchone()
    assert aside == (9,)


@pytest.mark.only("postgres")
def test_a_restore_that_fails_at_the_last_step_changes_nothing(fund, tmp_path, monkeypatch):
    url = databases.address(fund.folder)
    backup = back_up(tmp_path / "one.backup")
    small_fund.phone(fund).record("household", small_fund.household("later"), at=NOW, place="canal")
    databases.close()

    def broken_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "exchange", broken_disk)
    with pytest.raises(Refusal, match="could not be restored"):
        restore(backup, tmp_path / "new", url, replace=True)
    small_fund.recall(fund.folder)
    assert Entry.select().count() == 9
    assert db.database.execute_sql("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'replaced%%'").fetchall() == []
    assert promises.check() == []


def test_units_may_name_units_that_come_later(fund, tmp_path):
    """A parent may have been added after its child."""
    late = Unit.create(code="late", kind="province", name="จังหวัด")
    Unit.update(admin_parent=late).where(Unit.code == "town").execute()
    backup = back_up(tmp_path / "one.backup")
    restore(backup, **databases.place(tmp_path / "new"))
    small_fund.recall(tmp_path / "new")
    assert Unit.get(Unit.code == "town").admin_parent.code == "late"


def test_it_is_one_moment_while_others_write(fund, tmp_path):
    stop = threading.Event()
    writer = threading.Thread(target=keep_writing, args=(small_fund.phone(fund), stop))
    writer.start()
    try:
        for number in range(3):
            copies.write(tmp_path / f"{number}.db")
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        with copies.opened(tmp_path / f"{number}.db") as copy:
            found = contents.of(copy)
            tables = found["tables"]
            assert found["entries"] == found["through"] == tables["seat"] == tables["opening"] == tables["entry_key"]
            assert copy.execute_sql("PRAGMA foreign_key_check").fetchall() == []


def keep_writing(phone, stop):
    with db.database.connection_context():
        while not stop.is_set():
            phone.record("household", small_fund.household(), at=NOW, place="canal")
