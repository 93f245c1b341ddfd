"""The night watch does what is small itself, and starts a process of its own only when a backup or a proof is due."""

import subprocess
from datetime import timedelta
from types import SimpleNamespace

import pytest

import db
from db.models import Household, RoleStart
from pwa import web
from pwa.domain.people import accounts
from pwa.domain.register import tables
from pwa.server import watch


@pytest.fixture
def started(monkeypatch):
    """What processes it started, with their words."""
    found = []
    monkeypatch.setattr(subprocess, "run", lambda words, **_: found.append(words[-1]))
    return found


@pytest.fixture
def settings(tmp_path):
    return lambda passphrase: SimpleNamespace(passphrase=passphrase, backups=tmp_path / "backups")


def test_it_renews_what_people_are_found_by_without_a_process_of_its_own(app, settings, started):
    Household.update(keyed=tables.KEYED - 1).execute()
    watch.go_round(settings(""))
    assert not Household.select().where(Household.keyed != tables.KEYED).exists() and not started


def test_it_begins_roles_that_are_due(settled_fund, settings, started):
    at = web.system_clock() - timedelta(hours=25)
    people = settled_fund.people
    accounts.grant(
        people["volunteer"], "treasurer", settled_fund.units["zone"], by=people["admin"], at=at, reason="เลือกตั้ง"
    )
    watch.go_round(settings(""))
    assert RoleStart.select().count() == 1 and not started


def test_only_a_backup_that_is_due_gets_a_process(settled_fund, settings, started):
    watch.go_round(settings("four words are long enough"))
    assert started == ["tend"]


def test_trouble_with_one_thing_is_told_and_the_backup_is_made_all_the_same(settled_fund, settings, started, caplog):
    db.database.execute_sql('ALTER TABLE "household" RENAME TO "elsewhere"')
    watch.go_round(settings("four words are long enough"))
    assert started == ["tend"] and "watch" in caplog.text


def test_trouble_with_the_backup_does_not_end_the_watch(settled_fund, settings, monkeypatch, caplog):
    monkeypatch.setattr(subprocess, "run", lambda words, **_: 1 / 0)
    watch.go_round(settings("four words are long enough"))
    assert "ZeroDivisionError" in caplog.text
