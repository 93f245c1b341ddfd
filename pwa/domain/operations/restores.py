"""Restoring: a backup is unpacked and verified whole beside the data folder, and only then takes its place. Nothing is deleted.

The restored server signs with a new receipt key and goes on 100,000 numbers higher, so that no number is given twice.
"""

import hashlib
import json
import os
import re
import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peewee import DatabaseError, fn

import db
from db import care, copies, ties
from db.fields import EPOCH, MILLISECOND
from db.models import Entry, Key
from pwa.domain import N_, Refusal
from pwa.domain.crypto import keyring
from pwa.domain.custody import backed_up, blobs
from pwa.domain.operations import archives, backups, contents, folders

MEMBER = re.compile(r"ombun\.db|ombun\.json|keys/[a-z0-9-]+\.key|blobs/([0-9a-f]{2})/(\1[0-9a-f]{62})")
STEP = 1024 * 1024
DAMAGED = N_("This backup is damaged or cut off.")
#: Said after every restore: what a backup cannot know must be done again by people.
NOT_HEALED = N_(
    "Decisions made after %(at)s are not in this backup: approvals, returns, rejections, resolutions, erasures, revoked "
    "phones, roles and passkeys from after that time must be made again. Phones send again what they recorded."
)


@dataclass
class Restored:
    at: datetime
    entries: int
    photos: int
    damaged: list
    number_floor: int
    aside: Path | None
    schema_aside: str | None = None
    head: list | None = None


def restore(path, *, passphrase, into, at, replace=False, url=""):
    """Put the backup in the place of the data folder `into`; a failure at any step leaves that folder as it was.

    With the address of a PostgreSQL database (`url`) the tables go there, whichever database the backup was made from.
    """
    into = Path(into)
    _refuse_what_is_in_use(into, url, replace)
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        with folders.scratch(f"{into.name}.restoring-", into.parent) as scratch:
            with open(path, "rb") as file:
                facts = _unpack(archives.Reader(file, passphrase), scratch)
            with folders.opened(scratch):
                _verify(facts)
                floor = _begin_anew(facts, size=os.path.getsize(path), at=at)
            os.sync()
            _refuse_what_is_in_use(into, url, replace)
            aside, schema_aside = _take_the_place(scratch, into, url, f"{at:%Y%m%dT%H%M%S}")
    except (OSError, DatabaseError) as problem:
        raise Refusal(N_("The backup could not be restored: %(why)s"), why=problem) from problem
    told = facts["entries"], facts["photos"], facts["damaged"]
    return Restored(_instant(facts), *told, floor, aside, schema_aside, facts.get("head"))


def _take_the_place(scratch, into, url, stamp):
    """Tables and folder together: the folder is exchanged last, inside the transaction that brings the tables."""
    if not db.is_postgres(url):
        return folders.exchange(scratch, into, stamp), None
    schema = None if copies.is_empty(url) else f"replaced_{stamp.lower()}"
    with copies.loaded(scratch / "ombun.db", url, aside=schema):
        for file in scratch.glob("ombun.db*"):
            file.unlink()
        return folders.exchange(scratch, into, stamp), schema


def _refuse_what_is_in_use(into, url, replace):
    if not folders.is_empty(into) and not replace:
        raise Refusal(N_("%(folder)s is not empty. With --replace it is moved aside, and kept."), folder=into)
    if db.is_postgres(url) and not copies.is_empty(url) and not replace:
        raise Refusal(N_("The database is not empty. With --replace what it holds is moved aside, and kept."))
    if folders.is_occupied(into):
        raise Refusal(N_("The server is running on %(folder)s. Stop it first."), folder=into)


def _unpack(reader, scratch):
    """Every member into the scratch folder; photos are hashed on the way. Returns the facts that the backup says of itself."""
    try:
        with tarfile.open(fileobj=reader, mode="r|") as tar:
            for member in tar:
                name = MEMBER.fullmatch(member.name)
                if not name or not member.isfile():
                    raise Refusal(DAMAGED)
                _unpack_one(tar.extractfile(member), scratch / member.name, name[2])
        reader.finish()
        facts = scratch / backups.FACTS
        told = json.loads(facts.read_bytes())
        facts.unlink()
        return told
    except (tarfile.TarError, ValueError) as problem:
        raise Refusal(DAMAGED) from problem


def _unpack_one(source, target, sha256):
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := source.read(STEP):
            digest.update(piece)
            file.write(piece)
    if sha256 and digest.hexdigest() != sha256:
        raise Refusal(DAMAGED)


def _verify(facts):
    """The database is sound, what the backup says, and not newer than this app; every key and photo that it names is there."""
    known = {path.stem for path in db.MIGRATIONS.glob("[0-9]*.py")}
    if {name for (name,) in db.database.execute_sql("SELECT name FROM schema_migration")} - known:
        raise Refusal(N_("This backup was made by a newer version of Ombun. Update first."))
    differs = contents.differ(facts, db.database.obj)
    db.migrate()
    locked = [key.kid for key in Key.select() if keyring.ring.private(key.kid) is None]
    photos = set(contents.photos(db.database.obj)) - set(facts["damaged"])
    lost = [sha256 for sha256 in photos if not blobs.path(sha256).exists()]
    if care.damage() or differs or locked or lost:
        raise Refusal(DAMAGED)


def _begin_anew(facts, *, size, at):
    """A new receipt key whose numbers begin far above every one that was ever given, ties likewise; the backup is recorded."""
    highest = max(Entry.select(fn.MAX(Entry.number)).scalar() or 0, Key.select(fn.MAX(Key.number_floor)).scalar() or 0)
    newest = Key.select(fn.MAX(Key.created_at)).where(Key.purpose == "receipt").scalar()
    floor = highest + keyring.RECEIPT_GAP
    with db.database.atomic():
        ties.go_on_after_a_restore(db.database.obj)
        keyring.add("receipt", at=max(at, _after(newest)), number_floor=floor)
        if not facts["damaged"]:
            uncovered = [entry for (entry,) in backed_up.incomplete(_instant(facts)).tuples()]
            backed_up.record(through=facts["through"], uncovered=uncovered, at=_instant(facts), size=size)
    return floor


def _after(instant):
    """A millisecond later, so that the new key is the newest whatever this machine's clock says."""
    return instant + MILLISECOND


def _instant(facts):
    return EPOCH + facts["at"] * MILLISECOND
