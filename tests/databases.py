"""The databases that tests run on: an SQLite file in each data folder, or a PostgreSQL database for each, from a server of our own."""

import atexit
import contextlib
import hashlib
import os
import pwd
import resource
import shutil
import sqlite3
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from urllib.parse import quote

import peewee
import psycopg

import db
from db import models

SERVER = "OMBUN_TEST_POSTGRES"
"""The folder of the running server's socket, told to the processes that run the tests."""
QUICK = (
    "fsync=off synchronous_commit=off full_page_writes=off shared_buffers=32MB max_connections=200 listen_addresses="
)
FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON entry_key FOR EACH STATEMENT EXECUTE FUNCTION full_disk()
"""
ENOUGH = 4 * 1024**3
UNPROMISED = (
    models.Device, models.DeviceUse, models.Session, models.SessionEnd, models.UsedChallenge, models.Viewing, models.Tie
)  # fmt: skip
"""What every visit to a page writes, and no promise is about but that it stays."""
engine = "sqlite"


def use(name):
    """Which of the two the tests run on from now on."""
    global engine
    engine = name


def address(folder):
    """What OMBUN_DATABASE_URL says for a data folder: nothing, or the address of a database of its own, made when it is missing."""
    if engine == "sqlite":
        return ""
    name = _name(folder)
    with contextlib.suppress(psycopg.errors.DuplicateDatabase):
        _command(f'CREATE DATABASE "{name}"')
    return _url(name)


def place(folder):
    """Where a restore into this data folder goes."""
    return {"into": folder, "url": address(folder)}


def open_in(folder):
    return db.open_database(address(folder) or folder / "ombun.db")


def copy(source, target, copy_function=shutil.copy2):
    """Copy a data folder with its database; nobody may have the source open."""
    shutil.copytree(source, target, copy_function=copy_function)
    if engine == "postgres":
        close()
        _command(f'CREATE DATABASE "{_name(target)}" TEMPLATE "{_name(source)}" STRATEGY FILE_COPY')


def move(source, target):
    """Give a finished data folder its name, in one step."""
    if engine == "postgres":
        close()
        _command(f'ALTER DATABASE "{_name(source)}" RENAME TO "{_name(target)}"')
    os.rename(source, target)


def mark():
    """What differs before and after something was written that a promise is about: how many rows, which the newest, how often changed."""
    return set(db.database.execute_sql(_marks()).fetchall())


@cache
def _marks():
    every = [one for one in vars(models).values() if isinstance(one, type) and issubclass(one, peewee.Model)]
    return " UNION ALL ".join(_mark_of(model._meta) for model in every if model not in UNPROMISED)


def _mark_of(model):
    newest = "MAX(id)" if isinstance(model.primary_key, peewee.AutoField) else "0"
    changed = "SUM(version)" if "version" in model.fields else "0"
    return f"SELECT '{model.table_name}', COUNT(*), {newest}, {changed} FROM \"{model.table_name}\""


@contextlib.contextmanager
def held(folder):
    """Another process writes, and takes its time."""
    if engine == "postgres":
        with psycopg.connect(_url(_name(folder)), autocommit=True) as other:
            other.execute("SELECT pg_advisory_lock(hashtext(current_schema()), 1)")
            yield
            other.execute("SELECT pg_advisory_unlock_all()")  # a closed connection lets go only when the server notices
    else:
        with contextlib.closing(sqlite3.connect(folder / "ombun.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")


@contextlib.contextmanager
def full(folder):
    """Nothing more can be written: the system lets no file of SQLite grow, and PostgreSQL finds no room for what goes with a line."""
    if engine == "postgres":
        with psycopg.connect(_url(_name(folder)), autocommit=True) as other:
            other.execute(FULL)
            yield
            other.execute("DROP TRIGGER full_disk ON entry_key; DROP FUNCTION full_disk")
    else:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def thaw(table, *verbs):
    """Take away what keeps a table from being changed, as only somebody at the machine itself could."""
    where = f' ON "{table}"' if engine == "postgres" else ""
    for verb in verbs or ("update", "delete"):
        db.database.execute_sql(f'DROP TRIGGER "{table}_no_{verb}"{where}')


@contextlib.contextmanager
def loose_references():
    """Inside, rows may go that others name."""
    quiet = engine == "postgres"
    db.database.execute_sql("SET session_replication_role = replica" if quiet else "PRAGMA foreign_keys = OFF")
    yield
    db.database.execute_sql("SET session_replication_role = DEFAULT" if quiet else "PRAGMA foreign_keys = ON")


def drop(folder):
    """Forget the database of a folder that nobody needs any more."""
    if engine == "postgres":
        close()
        _command(f'DROP DATABASE IF EXISTS "{_name(folder)}" WITH (FORCE)')


def close():
    if db.database.obj is not None:
        db.database.obj.close_all()


def memory():
    """A folder in memory where the machine has room for one, else None."""
    ram = Path("/dev/shm")
    return ram if ram.exists() and shutil.disk_usage(ram).free > ENOUGH else None


def binary(name):
    """A program of the newest PostgreSQL on this machine."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(places[-1]) if places else shutil.which(name)
    assert found, f"{name} is missing: sudo apt install postgresql"
    return found


@contextlib.contextmanager
def server(settings=QUICK):
    """A PostgreSQL server of our own for the length of a with block; yields the folder of its socket. Started by root, it runs as somebody else."""
    folder = Path(tempfile.mkdtemp(prefix="ombun-pg-", dir=memory() if settings == QUICK else None))
    run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/", **_somebody(folder)}
    data, log = str(folder / "data"), str(folder / "log")
    options = " ".join(f"-c {one}" for one in [*settings.split(), f"unix_socket_directories={folder}"])
    make = [binary("initdb"), "-D", data, "-U", "ombun", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(make, **run)
    try:
        subprocess.run([binary("pg_ctl"), "-D", data, "-l", log, "-w", "-o", options, "start"], **run)
        yield folder
    finally:
        subprocess.run([binary("pg_ctl"), "-D", data, "-m", "immediate", "stop"], **run | {"check": False})
        shutil.rmtree(folder, ignore_errors=True)


def _somebody(folder):
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _name(folder):
    return "t" + hashlib.sha256(str(folder).encode()).hexdigest()[:20]


def _url(name):
    return f"postgresql://ombun@/{name}?host={quote(os.environ[SERVER], safe='')}"


def _command(sql):
    _keeper(_url("postgres")).execute(sql)


@cache
def _keeper(url):
    """The one connection on which this process makes and drops databases: opening one takes half as long as dropping a database."""
    connection = psycopg.connect(url, autocommit=True)
    atexit.register(connection.close)
    return connection
